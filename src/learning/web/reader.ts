import type { LocalizedText } from '../../courses/public.js';
import { directionOf, type Locale } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';

/** A text with its language where that is not the page's: then the page says so. */
export interface ShownText {
  readonly text: string;
  readonly lang?: Locale;
  readonly dir?: 'rtl' | 'ltr';
}

/** Reads texts in one language and remembers which other language it had to take, so that the page can say so. */
export class Reader {
  /** Language of the texts that were not there, or null while all were. */
  fallbackLang: Locale | null = null;

  constructor(readonly locale: Locale) {}

  plain(text: LocalizedText): string {
    return this.pick(text).text;
  }

  shown(text: LocalizedText): ShownText {
    const { text: words, locale } = this.pick(text);
    return locale === this.locale ? { text: words } : { text: words, lang: locale, dir: directionOf(locale) };
  }

  private pick(text: LocalizedText): { text: string; locale: Locale } {
    const found = pickText(text, this.locale);
    if (found.locale !== this.locale) this.fallbackLang = found.locale;
    return found;
  }
}
