import {
  coverageOf,
  type Listening,
  percentHeard,
  type PublishedCourse,
  spokenUnits,
  totalOf,
  type ListeningShelf,
} from '../../courses/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatPercent } from '../../shared/web/handlebars/format.js';

/** A recording that one can press. */
export interface ShownTrack {
  readonly lang: string;
  readonly src: string;
  readonly language: string;
  readonly synthetic: boolean;
}

/** The recordings of a card or question, in the order people speak the languages. */
export function presentTracks(listening: Listening | undefined, line: string, locale: Locale): ShownTrack[] {
  return (listening?.tracksOf(line) ?? []).map(({ lang, src, speaker }) => ({
    ...{ lang, src, synthetic: speaker === 'synthetic' },
    language: t(locale, `learning:languageOf.${lang}`),
  }));
}

/**
 * The languages to choose from above a lesson or a test: those that something of it is recorded in, and the page's own,
 * which the browser may have a voice for.
 */
export function presentChoice(listening: Listening, lines: readonly string[], locale: Locale) {
  const heard = lines.flatMap((line) => listening.tracksOf(line).map(({ lang }) => lang));
  const langs = [...new Set<string>([...heard, ...(locale === 'en' ? [] : [locale])])];
  return {
    options: langs.map((lang) => {
      const count = heard.filter((each) => each === lang).length;
      const language = t(locale, `learning:languageOf.${lang}`);
      const part = t(locale, 'learning:listening.part', { language, n: count, total: lines.length });
      return { lang, label: count === 0 || count === lines.length ? language : part };
    }),
  };
}

/** What a course's page says of the languages it can be heard in; undefined where nothing can. */
export async function presentCoverage(shelf: ListeningShelf, course: PublishedCourse, locale: Locale) {
  const units = coverageOf(spokenUnits(course.document), await shelf.publishedStates(course));
  const { lines, languages } = totalOf(units);
  const rows = languages
    .filter(({ person, synthetic }) => person + synthetic > 0)
    .map((each) => {
      const percent = percentHeard(each, lines);
      const part = percent === 100 ? 'all' : 'some';
      return {
        ...{ value: percent, label: t(locale, `learning:languageOf.${each.lang}`) },
        text: t(locale, `learning:listening.${part}`, { percent: formatPercent(percent, locale) }),
        synthetic: each.person === 0 ? 'all' : each.synthetic > 0 ? 'some' : undefined,
      };
    });
  return { rows };
}
