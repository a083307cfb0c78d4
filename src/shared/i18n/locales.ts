/** Languages of the product, for servers and for phones. */
export const LOCALES = ['ar', 'fr', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export type Params = Readonly<Record<string, string | number | undefined>>;

/** Namespace → words of one language. */
export type Words = Record<string, Record<string, unknown>>;

/** A text of a course in the languages that it has. */
export type LocalizedText = { readonly fr: string; readonly ar: string; readonly en?: string };

export function isLocale(text: unknown): text is Locale {
  return LOCALES.includes(text as Locale);
}

export function directionOf(locale: Locale): 'rtl' | 'ltr' {
  return locale === 'ar' ? 'rtl' : 'ltr';
}
