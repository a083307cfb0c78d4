import { type Locale, t } from '../i18n/i18n.js';
import { formatSize } from '../web/format-size.js';
import type { ListeningLanguage, Speaker } from './listening-language.js';

/** A recording that one can press. */
export interface ShownTrack {
  readonly lang: string;
  readonly src: string;
  readonly language: string;
  readonly synthetic: boolean;
  /** What it weighs, in words, where that is known. */
  readonly size?: string;
}

/** Recordings as the listen button takes them, in the order given. */
export function presentTracks(
  tracks: readonly {
    readonly lang: ListeningLanguage;
    readonly src: string;
    readonly speaker: Speaker;
    readonly bytes?: number;
  }[],
  locale: Locale,
): ShownTrack[] {
  return tracks.map(({ lang, src, speaker, bytes }) => ({
    ...{ lang, src, synthetic: speaker === 'synthetic' },
    language: t(locale, `listening:in.${lang}`),
    ...(bytes === undefined ? {} : { size: formatSize(bytes, locale) }),
  }));
}

/**
 * The languages to choose from: those that something of a page is recorded in, and the page's own, which the browser
 * may have a voice for.
 *
 * @param heard the language of every recording
 * @param lines how many lines can be listened to
 */
export function presentChoice(heard: readonly ListeningLanguage[], lines: number, locale: Locale) {
  const langs = [...new Set<ListeningLanguage>([...heard, ...(locale === 'en' ? [] : [locale])])];
  return {
    options: langs.map((lang) => {
      const count = heard.filter((each) => each === lang).length;
      const language = t(locale, `listening:in.${lang}`);
      const part = t(locale, 'listening:part', { language, n: count, total: lines });
      return { lang, label: count === 0 || count === lines ? language : part };
    }),
  };
}
