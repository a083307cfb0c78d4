/** The languages every page exists in. */
export const LOCALES = ['ar', 'fr', 'en'] as const;

/** A language of the site. */
export type Locale = (typeof LOCALES)[number];

/** Whether a value names a language of the site. */
export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}
