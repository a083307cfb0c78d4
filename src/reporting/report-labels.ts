import { cityBySlug, placeName, provinces } from '../shared/geography/geography.js';
import { hasWords, type Locale, t } from '../shared/i18n/i18n.js';
import type { Dimension } from './dimensions.js';

/** Who words a code: what a person says of themselves is worded by `people`, the rest here. */
const WORDED_BY_PEOPLE: ReadonlySet<Dimension> = new Set(['category', 'sector']);

/** What a person reads for a code of a dimension; a code without words (a new city) is shown as it is. */
export function valueLabel(locale: Locale, dimension: Dimension, code: string): string {
  if (code === 'unknown') return t(locale, 'reporting:unknown');
  if (dimension === 'city') {
    const city = cityBySlug(code);
    return city ? placeName(city.name, locale) : code;
  }
  if (dimension === 'province') {
    const province = provinces().find((known) => known.code === code);
    return province ? placeName(province.name, locale) : code;
  }
  const key = WORDED_BY_PEOPLE.has(dimension)
    ? `people:${dimension}.${code}`
    : `reporting:value.${dimension}.${code}`;
  return hasWords(locale, key) ? t(locale, key) : code;
}

export function dimensionLabel(locale: Locale, dimension: Dimension): string {
  return t(locale, `reporting:dimension.${dimension}`);
}
