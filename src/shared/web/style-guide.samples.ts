import type { Locale } from '../i18n/i18n.js';

/** One sample in French, Arabic and English. */
type Words = readonly [fr: string, ar: string, en: string];

const INDEX: Record<Locale, 0 | 1 | 2> = { fr: 0, ar: 1, en: 2 };

/** Invented people with names long enough to break a careless layout (60 characters and more). */
const LONG_NAME: Words = [
  'Fatima-Zohra Ould El Hadj Abdessalam Benabdelouahab El Ghomari',
  'فاطمة الزهراء بنت الحاج عبد السلام بن عبد الوهاب الغماري الشفشاوني',
  'Fatima-Zohra Ould El Hadj Abdessalam Benabdelouahab El Ghomari',
];

const CITIES: readonly Words[] = [
  ['Tanger', 'طنجة', 'Tangier'],
  ['Asilah', 'أصيلة', 'Asilah'],
  ['Larache', 'العرائش', 'Larache'],
  ['Ksar El Kébir', 'القصر الكبير', 'Ksar El Kebir'],
  ['Ouezzane', 'وزان', 'Ouezzane'],
  ['Chefchaouen', 'شفشاون', 'Chefchaouen'],
  ['Tétouan', 'تطوان', 'Tetouan'],
  ['M’diq', 'المضيق', 'M’diq'],
  ['Fnideq', 'الفنيدق', 'Fnideq'],
  ['Al Hoceïma', 'الحسيمة', 'Al Hoceima'],
];

type Say = (...words: Words) => string;

function tourSamples(say: Say) {
  const states = [
    'done',
    'done',
    'current',
    'cancelled',
    'next',
    'next',
    'next',
    'next',
    'next',
    'next',
  ] as const;
  return CITIES.map((city, i) => ({
    name: say(...city),
    when: say(`lun. ${i + 4} janv.`, `الإثنين ${i + 4} يناير`, `Mon ${i + 4} Jan`),
    note: say(`${i * 3} places libres`, `${i * 3} مكان`, `${i * 3} places left`),
    state: states[i],
    href: states[i] === 'next' ? '#route' : undefined,
  }));
}

function formSamples(say: Say) {
  return {
    name: { label: say('Votre nom', 'اسمك', 'Your name'), value: say(...LONG_NAME) },
    phone: {
      label: say('Votre numéro de téléphone', 'رقم هاتفك', 'Your phone number'),
      hint: say(
        'Nous y envoyons un code, rien d’autre.',
        'نرسل إليه رمزا فقط، لا شيء آخر.',
        'We send a code to it, nothing else.',
      ),
      error: say(
        'Ce numéro est trop court. Il a dix chiffres, comme 06 12 34 56 78.',
        'هذا الرقم قصير. فيه عشرة أرقام، مثل \u206606 12 34 56 78\u2069.',
        'This number is too short. It has ten digits, as 06 12 34 56 78.',
      ),
    },
    code: { label: say('Le code reçu par SMS', 'الرمز المتوصل به في رسالة', 'The code sent by SMS') },
    city: { label: say('Votre ville', 'مدينتك', 'Your city') },
    cities: CITIES.map((city) => ({ value: city[0], label: say(...city) })),
    work: { label: say('Que faites-vous ?', 'ماذا تشتغل؟', 'What do you do?') },
    works: [
      {
        value: 'artisan',
        label: say('Je fabrique', 'أصنع', 'I make things'),
        hint: say('Artisan, maalem', 'صانع تقليدي، معلّم', 'Craftsperson'),
      },
      {
        value: 'commercant',
        label: say('Je vends', 'أبيع', 'I sell'),
        hint: say('Boutique, souk', 'دكان، سوق', 'Shop, market'),
      },
      {
        value: 'cooperative',
        label: say('Je suis dans une coopérative', 'أنا في تعاونية', 'I am in a cooperative'),
      },
    ],
    consent: {
      label: say('J’accepte de recevoir des SMS', 'أقبل التوصل برسائل قصيرة', 'I agree to get SMS'),
    },
    note: { label: say('Autre chose à nous dire ?', 'هل تريد إضافة شيء؟', 'Anything else to tell us?') },
    send: say('Envoyer', 'أرسل', 'Send'),
  };
}

function tableSamples(say: Say) {
  const person = (name: Words, city: Words, kind: 'good' | 'warn' | 'bad', status: Words, hours: string) => ({
    cells: [
      { text: say(...name), href: '#table' },
      { text: say(...city) },
      { badge: { kind, text: say(...status) } },
      { text: hours },
    ],
  });
  return {
    caption: say('Inscrits à Tétouan', 'المسجلون في تطوان', 'Enrolled in Tetouan'),
    columns: [
      { label: say('Nom', 'الاسم', 'Name'), sortHref: '#table', sorted: 'ascending' },
      { label: say('Ville', 'المدينة', 'City'), sortHref: '#table' },
      { label: say('État', 'الحالة', 'State') },
      { label: say('Heures', 'الساعات', 'Hours'), kind: 'number' },
    ],
    rows: [
      person(LONG_NAME, CITIES[6] ?? LONG_NAME, 'good', ['Place réservée', 'مكان محجوز', 'Booked'], '7,5'),
      person(
        ['أحمد العلمي', 'Ahmed El Alami', 'أحمد العلمي'],
        CITIES[3] ?? LONG_NAME,
        'warn',
        ['À confirmer', 'للتأكيد', 'To confirm'],
        '3,0',
      ),
      person(
        ['Aziza Amrani', 'عزيزة العمراني', 'Aziza Amrani'],
        CITIES[9] ?? LONG_NAME,
        'bad',
        ['Annulée', 'ملغاة', 'Cancelled'],
        '0,0',
      ),
    ],
    total: [{ text: say('Total', 'المجموع', 'Total') }, { text: '' }, { text: '' }, { text: '10,5' }],
  };
}

function figureSamples(say: Say) {
  return {
    stats: [
      {
        label: say('personnes présentes', 'أشخاص حضروا', 'people attended'),
        figure: '212',
        of: say('sur 300', 'من 300', 'of 300'),
      },
      { label: say('femmes', 'نساء', 'women'), figure: say('54 %', '\u206654%\u2069', '54%') },
      { label: say('villes', 'مدن', 'cities'), figure: '10' },
    ],
    bars: CITIES.slice(0, 5).map((city, i) => ({
      label: say(...city),
      figure: String(48 - i * 9),
      share: 96 - i * 18,
      target: 80,
    })),
    columns: [90, 85, 60, 75, 40, 30].map((height, n) => ({
      ...{ x: n * 16, y: 100 - height, width: 16, height },
      isMost: n === 2,
    })),
    progress: {
      label: say('Cours de vente en ligne', 'درس البيع عبر الإنترنت', 'Selling online'),
      text: say('2 modules sur 6', 'وحدتان من 6', '2 of 6 modules'),
    },
  };
}

function noticeSamples(say: Say) {
  return {
    title: say('Votre place est réservée', 'مكانك محجوز', 'Your place is booked'),
    sentence: say(
      'À Tétouan, mardi 15 décembre, 9 h.',
      'في تطوان، الثلاثاء 15 دجنبر، على الساعة 9.',
      'In Tetouan, Tuesday 15 December, 9:00.',
    ),
    empty: say(
      'Vos attestations s’afficheront ici',
      'ستظهر شهاداتك هنا',
      'Your certificates will appear here',
    ),
    emptyText: say('Réservez une place pour commencer.', 'احجز مكانا لتبدأ.', 'Book a place to begin.'),
    act: say('Réserver ma place', 'أحجز مكاني', 'Book my place'),
    other: say('Voir les villes', 'عرض المدن', 'See the cities'),
    danger: say('Annuler ma place', 'إلغاء مكاني', 'Cancel my place'),
    question: say('Faut-il apporter son téléphone ?', 'هل يجب إحضار الهاتف؟', 'Should I bring my phone?'),
    answer: say('Oui, chargé si possible.', 'نعم، مشحونا إن أمكن.', 'Yes, charged if possible.'),
  };
}

/** What the style guide shows: every component with a long name, a full state, an empty one, in the reader's language. */
export function styleGuideSamples(locale: Locale) {
  const say: Say = (...words) => words[INDEX[locale]];
  const notice = noticeSamples(say);
  return {
    longName: say(...LONG_NAME),
    otherScript: locale === 'ar' ? LONG_NAME[0] : LONG_NAME[1],
    phone: '+212612345678',
    amount: 123450,
    notice,
    form: formSamples(say),
    stops: tourSamples(say),
    table: tableSamples(say),
    figures: figureSamples(say),
    tabs: [
      { label: say('Inscrits', 'المسجلون', 'Enrolled'), href: '#table', current: true },
      { label: say('Liste d’attente', 'لائحة الانتظار', 'Waiting list'), href: '#table' },
      { label: say('Présences', 'الحضور', 'Attendance'), href: '#table' },
    ],
    ticket: {
      city: say('Tétouan', 'تطوان', 'Tetouan'),
      course: say('Vente en ligne', 'البيع عبر الإنترنت', 'Selling online'),
      date: say('Mardi 15 décembre', 'الثلاثاء 15 دجنبر', 'Tuesday 15 December'),
      time: say('9 h à 16 h', 'من 9 إلى 16', '9:00 to 16:00'),
      place: say('Maison de l’artisan', 'دار الصانع', 'House of crafts'),
      landmark: say('En face de la gare routière', 'أمام المحطة الطرقية', 'Opposite the coach station'),
      name: say(...LONG_NAME),
      code: '48205917',
    },
    details: [
      {
        term: say('Jour', 'اليوم', 'Day'),
        text: say('Mardi 15 décembre', 'الثلاثاء 15 دجنبر', 'Tuesday 15 December'),
      },
      {
        term: say('Lieu', 'المكان', 'Place'),
        text: say('Maison de l’artisan', 'دار الصانع', 'House of crafts'),
      },
    ],
  };
}
