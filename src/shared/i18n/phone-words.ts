/** Stands for `i18n.ts` in what is bundled for phones: the same words, which came with what was stored. */
import { type Locale, type Params, type Words } from './locales.js';
import { type Translator, translatorOf } from './translator.js';

export * from './locales.js';

let translator: Translator | undefined;

/** To be called before anything is said. */
export function useWords(locale: Locale, words: Words): void {
  translator = translatorOf({ [locale]: words });
}

function translate(): Translator {
  if (!translator) throw new Error('No words yet');
  return translator;
}

/** The sentence of a key, `namespace:key`. @throws MissingTranslation */
export function t(locale: Locale, key: string, params: Params = {}): string {
  return translate().t(key, { ...params, lng: locale });
}

/** True when the key exists; for codes that come from elsewhere. */
export function hasWords(locale: Locale, key: string): boolean {
  return translate().exists(key, { lng: locale });
}
