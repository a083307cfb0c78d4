import {
  readText,
  type TextRules,
  type LocalizedText,
  type Place,
  type YamlMapReader,
} from '../../courses/public.js';

/** What the parts of a scenario refer to each other by, and where; checked once everything is read. */
export interface References {
  readonly facts: {
    readonly fact: string;
    readonly values: readonly unknown[];
    readonly ordered: boolean;
    readonly place: Place;
  }[];
  readonly goods: { readonly id: string; readonly place: Place }[];
  readonly customers: { readonly id: string; readonly place: Place }[];
  readonly opened: { readonly id: string; readonly place: Place }[];
  readonly pictures: { readonly id: string; readonly place: Place }[];
}

export function noReferences(): References {
  return { facts: [], goods: [], customers: [], opened: [], pictures: [] };
}

/** A text that is there in French, Arabic and English. */
export function readWords(map: YamlMapReader, key: string, rules: TextRules = {}): LocalizedText {
  const text = readText(map, key, rules);
  if (text.fr !== '' && text.en === undefined)
    map.error(map.placeOfKey(key), `${key} has no translation "en"`);
  return text;
}

/** Dirhams with at most two decimals, as integer centimes. */
export function readDirhams(
  map: YamlMapReader,
  key: string,
  range: { min: number; max: number; otherwise?: number },
): number {
  const dirhams = map.number(key, { ...range, integer: false });
  const centimes = Math.round(dirhams * 100);
  if (Math.abs(dirhams * 100 - centimes) > 1e-6)
    map.error(map.placeOfKey(key), `${key} has more than two decimals`);
  return centimes;
}

/** The name of a drawing. */
export function readPicture(map: YamlMapReader, key: string, references: References): string {
  const { value, place } = map.slug(key);
  if (value !== '') references.pictures.push({ id: value, place });
  return value;
}

/** Unknown keys are typing mistakes: a scenario has no other readers. */
export function refuseUnknown(map: YamlMapReader): void {
  for (const key of Object.keys(map.extra().extra ?? {}))
    map.error(map.placeOfKey(key), `unknown key "${key}"`);
}
