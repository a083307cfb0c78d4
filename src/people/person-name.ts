/** The scripts a name may be written in; `fr` stands for Latin script. */
export type NameScript = 'fr' | 'ar';

/** Given and family name in one script, exactly as typed. */
export interface NameParts {
  readonly given: string;
  readonly family: string;
}

/** A person's name; either script is enough, and neither is made from the other. */
export interface PersonName {
  readonly fr?: NameParts;
  readonly ar?: NameParts;
}

/** Why a part of a name is refused; each has its sentence in the locales. */
export type NameProblemCode = 'required' | 'not-text' | 'not-an-object' | 'too-long' | 'not-unicode';

/** One refused member, as a field error of a problem. */
export interface NameProblem {
  /** JSON pointer inside the name: `/fr/given`, `` for the name itself. */
  readonly pointer: string;
  readonly code: NameProblemCode;
  readonly params: Readonly<Record<string, number>>;
}

/** Longest given or family name, in Unicode code points: what PostgreSQL's `char_length` counts. */
export const MAX_NAME_LENGTH = 100;

const SCRIPTS: readonly NameScript[] = ['fr', 'ar'];
const PARTS = ['given', 'family'] as const;
/** Neither space nor control: something a reader sees. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]/u;
/** The Arabic article, where at least two letters follow: العلوي, but not ال alone. */
const ARTICLE = /^ال(?=\p{M}*\p{L}\p{M}*\p{L})/u;

/**
 * Checks a name from outside. A good one comes back unchanged, member by member and letter by letter: no trimming, no
 * normalising, no capitals. Members that we do not know are dropped; a script that is null or absent is left out.
 */
export function checkPersonName(input: unknown): { name: PersonName } | { problems: readonly NameProblem[] } {
  if (!isRecord(input)) return { problems: [problem('', input == null ? 'required' : 'not-an-object')] };
  const given = SCRIPTS.filter((script) => input[script] != null);
  if (given.length === 0) return { problems: [problem('', 'required')] };
  const problems = given.flatMap((script) => scriptProblems(input[script], `/${script}`));
  if (problems.length > 0) return { problems };
  const parts = given.map((script) => {
    const { given, family } = input[script] as NameParts;
    return [script, { given, family }] as const;
  });
  return { name: Object.fromEntries(parts) };
}

/** `Fatima Alaoui`, `فاطمة العلوي`: in the reader's script where there is one, else in the other. */
export function displayName(name: PersonName, locale: string): string {
  const { given, family } = partsFor(name, locale);
  return `${given.trim()} ${family.trim()}`.trim();
}

/**
 * `Fatima A.`, `فاطمة ع.`: for screens that several people see. The initial is a whole grapheme, and in Arabic the
 * first after the article, which half of all family names share.
 */
export function shortName(name: PersonName, locale: string): string {
  const { given, family } = partsFor(name, locale);
  const initial = firstGrapheme(family.trim().replace(ARTICLE, '')).toUpperCase();
  return `${given.trim()} ${initial === '' ? '' : `${initial}.`}`.trim();
}

/** Family name first, for sorting with the collation of the reader's language. */
export function sortKey(name: PersonName, locale: string): string {
  const { given, family } = partsFor(name, locale);
  return `${family.trim()}, ${given.trim()}`;
}

/** Compares two names for a list in the reader's language; equal names compare as 0. */
export function comparePersonNames(locale: string): (a: PersonName, b: PersonName) => number {
  const { compare } = new Intl.Collator(locale);
  return (a, b) => compare(sortKey(a, locale), sortKey(b, locale));
}

function partsFor(name: PersonName, locale: string): NameParts {
  const [first, second] = locale.startsWith('ar') ? [name.ar, name.fr] : [name.fr, name.ar];
  return first ?? second ?? { given: '', family: '' };
}

function firstGrapheme(text: string): string {
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    if (VISIBLE.test(segment)) return segment;
  }
  return '';
}

function scriptProblems(input: unknown, pointer: string): NameProblem[] {
  if (!isRecord(input)) return [problem(pointer, 'not-an-object')];
  return PARTS.flatMap((part) => {
    const code = textProblem(input[part]);
    if (!code) return [];
    return [problem(`${pointer}/${part}`, code, code === 'too-long' ? { max: MAX_NAME_LENGTH } : {})];
  });
}

function textProblem(value: unknown): NameProblemCode | undefined {
  if (value == null) return 'required';
  if (typeof value !== 'string') return 'not-text';
  if (/[\0\p{Surrogate}]/u.test(value)) return 'not-unicode';
  if ([...value].length > MAX_NAME_LENGTH) return 'too-long';
  return VISIBLE.test(value) ? undefined : 'required';
}

function problem(
  pointer: string,
  code: NameProblemCode,
  params: Readonly<Record<string, number>> = {},
): NameProblem {
  return { pointer, code, params };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
