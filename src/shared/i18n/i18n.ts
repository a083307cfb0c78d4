import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLocale, type Locale, LOCALES, type Params, type Words } from './locales.js';
import { type Translator, translatorOf } from './translator.js';

export * from './locales.js';
export { MissingTranslation } from './translator.js';

const SOURCE_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

function* localeFolders(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    if (entry.name === 'locales') yield path;
    else yield* localeFolders(path);
  }
}

/**
 * The words of every `locales/` folder below `root`. The namespace is the folder's own: `people/locales/fr.json`
 * holds `people:…`, `shared/web/locales/fr.json` holds `web:…`.
 */
export function readWords(locale: Locale, root = SOURCE_ROOT): Words {
  const words: Words = {};
  for (const folder of localeFolders(root)) {
    words[basename(dirname(folder))] = JSON.parse(
      readFileSync(join(folder, `${locale}.json`), 'utf8'),
    ) as Record<string, unknown>;
  }
  return words;
}

let translator: Translator | undefined;

function translate(): Translator {
  translator ??= translatorOf(Object.fromEntries(LOCALES.map((locale) => [locale, readWords(locale)])));
  return translator;
}

/**
 * The sentence of a key in a language, with its values put in (not escaped: the page does that).
 *
 * @param key `namespace:key`
 * @throws MissingTranslation
 */
export function t(locale: Locale, key: string, params: Params = {}): string {
  return translate().t(key, { ...params, lng: locale });
}

/** True when the key exists; for codes that come from elsewhere. */
export function hasWords(locale: Locale, key: string): boolean {
  return translate().exists(key, { lng: locale });
}

/** The best language of an `Accept-Language` header, French when it names none of ours. */
export function localeFrom(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';');
      const quality = Number(
        rest
          .find((r) => r.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      );
      return { tag: tag.toLowerCase().split('-')[0], quality: Number.isFinite(quality) ? quality : 0 };
    })
    .sort((a, b) => b.quality - a.quality);
  const found = wanted.find(({ tag, quality }) => quality > 0 && isLocale(tag))?.tag;
  return isLocale(found) ? found : 'fr';
}
