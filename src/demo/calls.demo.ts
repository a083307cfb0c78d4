import { Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays } from '../shared/clock/local-date.js';
import { instantOf, wallTimeOf } from '../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../shared/clock/zone-data.js';
import { CAMPAIGN_2021, CAMPAIGN_2027 } from './campaign-ids.js';
import { firstMonday } from './caravane-2027.demo.js';
import { demoId } from './demo-id.js';
import { DemoWriter, type Row } from './demo-writer.js';
import { CRI } from './organisations.demo.js';
import { SeededRandom } from './random.js';
import { trainees } from './trainees-plan.js';

export const CALL_2021 = demoId('call apdn-2021');
export const CALL_2027 = demoId('call caravane-2027');
/** People of 2021 who answered the call before they had a seat. */
export const ANSWERED = 24;
/** From all cities: one booked person in so many. */
export const EVERY = 11;
const HOUR_MS = 3_600_000;
const PAUSE_MS = 97_000;
/** The call of 2027 closes so many days before its first Monday. */
const NOTICE_DAYS = 3;

const words = (fr: string, ar: string, en: string | null = null) => ({ fr, ar, en });
const none = words('', '');
const plain = { help: none, several: false, options: [] };

const FIELDS = [
  {
    ...plain,
    id: 'f1',
    type: 'place',
    required: true,
    label: words('Où travaillez-vous ?', 'أين تشتغلون؟', 'Where do you work?'),
  },
  {
    ...{ id: 'f2', type: 'choice', required: true, several: true, help: none },
    label: words('Que vendez-vous ?', 'ماذا تبيعون؟', 'What do you sell?'),
    options: [
      { id: 'o1', label: words('Tapis et textile', 'الزرابي والنسيج', 'Rugs and textile') },
      { id: 'o2', label: words('Poterie et vannerie', 'الفخار والسلالة', 'Pottery and baskets') },
      { id: 'o3', label: words('Produits alimentaires', 'مواد غذائية', 'Food') },
      { id: 'o4', label: words('Autre chose', 'شيء آخر', 'Something else') },
    ],
  },
  {
    ...{ ...plain, id: 'f3', type: 'number', required: false },
    label: words(
      'Combien de personnes travaillent avec vous ?',
      'كم شخصا يشتغل معكم؟',
      'How many people work with you?',
    ),
  },
  {
    ...{ ...plain, id: 'f4', type: 'text', required: false },
    label: words('Qu’aimeriez-vous apprendre ?', 'ماذا تودون أن تتعلموا؟', 'What would you like to learn?'),
    help: words('Quelques mots suffisent.', 'بضع كلمات تكفي.', 'A few words are enough.'),
  },
  {
    ...{ ...plain, id: 'f5', type: 'photo', required: false },
    label: words('Une photo de votre travail', 'صورة لعملكم', 'A photo of your work'),
  },
];

const WISHES = [
  'Vendre sur internet',
  'Prendre de belles photos',
  'أريد أن أبيع في مدن أخرى',
  'Être payée par carte',
  'الأثمنة',
];

/** A call that is over with its dossiers, and one that is open. */
@Injectable()
export class CallsDemo implements OnModuleInit {
  constructor(private readonly demo: DemoWriter) {}

  onModuleInit(): void {
    this.demo.register('calls', 149, () => this.load());
  }

  private async load(): Promise<void> {
    const monday = firstMonday(wallTimeOf(this.demo.clock.now(), DEFAULT_ZONE).localDate);
    const random = new SeededRandom('calls');
    const dossiers = trainees()
      .filter(({ status }) => status === 'booked')
      .filter((_, n) => n % EVERY === 0)
      .slice(0, ANSWERED)
      .map(({ id, communeCode }, n) => dossierOf(id, communeCode, n, random));
    await this.demo.put('call', [
      callRow({
        ...{ id: CALL_2021, campaign_id: CAMPAIGN_2021, slug: 'appel-apdn-2021', applications: ANSWERED },
        ...{ title: words('Appel aux artisans du Nord, 2021', 'نداء إلى صناع الشمال 2021') },
        ...{ opens: '2021-11-08', closes: '2021-11-26', published_at: '2021-11-05T10:00:00Z' },
      }),
      callRow({
        ...{
          id: CALL_2027,
          campaign_id: CAMPAIGN_2027,
          slug: 'appel-caravane-2027',
          applications: 0,
        },
        title: words(
          'Appel aux artisans pour la caravane 2027',
          'نداء إلى الصناع: قافلة 2027',
          'Call to artisans: the 2027 caravan',
        ),
        ...{
          opens: '2026-11-02',
          closes: addDays(monday, -NOTICE_DAYS),
          published_at: '2026-10-20T10:00:00Z',
        },
      }),
    ]);
    await this.demo.put(
      'application',
      dossiers.map(({ row }) => row),
    );
    await this.demo.put(
      'application_version',
      dossiers.flatMap(({ versions }) => versions),
    );
  }
}

interface CallPlan {
  readonly id: string;
  readonly campaign_id: string;
  readonly slug: string;
  readonly applications: number;
  readonly title: object;
  readonly opens: string;
  readonly closes: string;
  readonly published_at: string;
}

/** A call of the demo, published. */
export function callRow({ opens, closes, published_at, ...plan }: CallPlan): Row {
  return {
    ...plan,
    ...{ organisation_id: CRI, state: 'published', fields: FIELDS, zone: DEFAULT_ZONE, revision: 2 },
    body: words(
      'La chambre prépare les journées de formation à la vente en ligne.\n\nDites-nous qui vous êtes et où vous travaillez : nous choisirons les villes et les horaires avec vos réponses.',
      'تعد الغرفة أيام التكوين في البيع عبر الإنترنت.\n\nقولوا لنا من أنتم وأين تشتغلون: سنختار المدن والأوقات بناء على أجوبتكم.',
      'The chamber is preparing the days of training in selling online.\n\nTell us who you are and where you work: we will choose cities and hours by your answers.',
    ),
    ...{ opens_date: opens, opens_time: '09:00', closes_date: closes, closes_time: '18:00' },
    opens_at: instantOf({ date: opens, time: '09:00', zone: DEFAULT_ZONE }),
    closes_at: instantOf({ date: closes, time: '18:00', zone: DEFAULT_ZONE }),
    ...{ created_at: published_at, changed_at: published_at, published_at },
  };
}

/** Which call a dossier is of, from when on dossiers come, and whether none is changed or taken back. */
interface DossierPlan {
  readonly call: string;
  readonly from: string;
  readonly isPlain: boolean;
}

const OF_2021: DossierPlan = { call: CALL_2021, from: '2021-11-08T09:12:00Z', isPlain: false };

/** One dossier: of 2021 one in six was changed a day later, one in twelve taken back. */
export function dossierOf(
  personId: string,
  commune: string | null,
  n: number,
  random: SeededRandom,
  { call, from, isPlain }: DossierPlan = OF_2021,
): { row: Row; versions: Row[] } {
  const id = demoId(isPlain ? `application ${call} ${personId}` : `application ${personId}`);
  const sentAt = Date.parse(from) + (Math.floor(n / 2) * 24 + (n % 2) * 5) * HOUR_MS + n * PAUSE_MS;
  const answers = {
    ...(commune === null ? {} : { f1: commune }),
    f2: [`o${random.between(1, 4)}`],
    f3: random.between(1, 9),
    ...(random.chance(0.6) ? { f4: random.pick(WISHES) } : {}),
  };
  const needs = random.chance(0.3) ? [random.pick(['transport', 'child', 'wheelchair'])] : [];
  const first = { application_id: id, n: 1, kind: 'sent', at: new Date(sentAt), answers, needs };
  const laterAt = new Date(sentAt + 24 * HOUR_MS);
  const later = { application_id: id, n: 2, at: laterAt, needs };
  const isChanged = !isPlain && n % 6 === 5;
  const isWithdrawn = !isPlain && n % 12 === 8;
  const last = isChanged ? { ...answers, f3: answers.f3 + 1 } : answers;
  const second = isChanged
    ? [{ ...later, kind: 'changed', answers: last }]
    : isWithdrawn
      ? [{ ...later, kind: 'withdrawn', answers }]
      : [];
  return {
    row: {
      ...{ id, organisation_id: CRI, call_id: call, person_id: personId, n: n + 1 },
      ...{ state: isWithdrawn ? 'withdrawn' : 'sent', answers: last, needs, commune_code: commune },
      ...{ version: 1 + second.length, created_at: new Date(sentAt) },
      changed_at: second.length > 0 ? laterAt : new Date(sentAt),
    },
    versions: [first, ...second],
  };
}
