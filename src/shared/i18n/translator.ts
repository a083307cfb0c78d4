import i18next, { type i18n as Translator } from 'i18next';
import type { Locale, Words } from './locales.js';

export type { Translator };

/** A key that no language file has: a mistake in the code, found by the build and never shown to a person. */
export class MissingTranslation extends Error {}

/** A translator over the words of some languages. Values are put in as they are: the page escapes. */
export function translatorOf(words: Partial<Record<Locale, Words>>): Translator {
  const made = i18next.createInstance();
  void made.init({
    initAsync: false,
    lng: 'fr',
    fallbackLng: false,
    resources: words,
    interpolation: { escapeValue: false },
    returnNull: false,
    saveMissing: true,
    missingKeyHandler: (languages, namespace, key) => {
      throw new MissingTranslation(`${languages.join()}: ${namespace}:${key}`);
    },
  });
  return made;
}
