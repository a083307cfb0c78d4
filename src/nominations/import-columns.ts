import { foldText } from '../shared/text/fold.js';
import { LOCALES, t } from '../shared/i18n/i18n.js';

/** What a column of a file may hold, in the order in which an export has them. */
export const IMPORT_FIELDS = [
  'id',
  'phone',
  'givenFr',
  'familyFr',
  'givenAr',
  'familyAr',
  'gender',
  'birthYear',
  'commune',
  'city',
  'category',
  'sector',
  'language',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Field of each column; null is not read. */
export type ImportColumns = ReadonlyArray<ImportField | null>;

/** Further headings that people write, besides those of our own exports. Compared without accents and signs. */
const HEADINGS: Readonly<Record<ImportField, readonly string[]>> = {
  id: ['id', 'identifiant qafila', 'qafila id'],
  phone: [
    ...[
      'telephone',
      'tel',
      'gsm',
      'portable',
      'mobile',
      'numero',
      'n tel',
      'numero de telephone',
      'numero telephone',
    ],
    ...['phone', 'phone number', 'mobile phone', 'الهاتف', 'رقم الهاتف', 'الهاتف المحمول', 'المحمول', 'هاتف'],
  ],
  givenFr: ['prenom', 'prenoms', 'first name', 'given name', 'prenom fr'],
  familyFr: ['nom', 'nom de famille', 'last name', 'family name', 'surname', 'nom fr'],
  givenAr: ['الاسم الشخصي', 'الاسم', 'prenom arabe', 'prenom ar', 'prenom en arabe'],
  familyAr: ['الاسم العائلي', 'النسب', 'اللقب', 'nom arabe', 'nom ar', 'nom en arabe'],
  gender: ['sexe', 'genre', 'gender', 'sex', 'الجنس', 'النوع'],
  birthYear: [
    ...[
      'annee de naissance',
      'date de naissance',
      'ne le',
      'naissance',
      'birth year',
      'year of birth',
      'birth date',
    ],
    ...['date of birth', 'سنة الميلاد', 'تاريخ الميلاد', 'تاريخ الازدياد', 'سنة الازدياد'],
  ],
  commune: ['commune', 'municipality', 'الجماعة', 'جماعة'],
  city: ['ville', 'city', 'town', 'المدينة', 'مدينة'],
  category: ['categorie', 'activite', 'statut', 'category', 'activity', 'الفئة', 'الصفة', 'النشاط'],
  sector: ['secteur', 'metier', 'filiere', 'sector', 'craft', 'trade', 'القطاع', 'الحرفة', 'المهنة'],
  language: ['langue', 'language', 'اللغة'],
};

function headingsOf(field: ImportField): string[] {
  return [...HEADINGS[field], ...LOCALES.map((locale) => t(locale, `nominations:column.${field}`))].map(
    foldText,
  );
}

let known: ReadonlyMap<string, ImportField> | undefined;

/** Guesses what each column holds by its heading, in French, Arabic or English; of two of a kind the first counts. */
export function guessColumns(header: readonly string[]): ImportColumns {
  known ??= new Map(
    IMPORT_FIELDS.flatMap((field) => headingsOf(field).map((heading) => [heading, field] as const)),
  );
  const taken = new Set<ImportField>();
  return header.map((heading) => {
    const field = known?.get(foldText(heading));
    if (field === undefined || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
}

/** What is wrong with a choice of columns: a field that two hold, or nothing that says who somebody is. */
export function columnsProblem(columns: ImportColumns): { code: string; field?: ImportField } | undefined {
  const fields = columns.filter((field) => field !== null);
  const twice = fields.find((field, at) => fields.indexOf(field) !== at);
  if (twice) return { code: 'column-twice', field: twice };
  if (fields.includes('id')) return undefined;
  if (!fields.includes('phone')) return { code: 'column-phone-missing' };
  const hasName = (['Fr', 'Ar'] as const).some(
    (script) => fields.includes(`given${script}`) && fields.includes(`family${script}`),
  );
  return hasName ? undefined : { code: 'column-name-missing' };
}
