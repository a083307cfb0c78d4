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
import {
  presentChoice as presentChoiceOf,
  presentTracks as presentTracksOf,
  type ShownTrack,
} from '../../shared/listening/tracks.presenter.js';
import { formatPercent } from '../../shared/web/handlebars/format.js';

/** The recordings of a card or question, in the order people speak the languages. */
export function presentTracks(listening: Listening | undefined, line: string, locale: Locale): ShownTrack[] {
  return presentTracksOf(listening?.tracksOf(line) ?? [], locale);
}

/** The languages to choose from above a lesson or a test. */
export function presentChoice(listening: Listening, lines: readonly string[], locale: Locale) {
  const heard = lines.flatMap((line) => listening.tracksOf(line).map(({ lang }) => lang));
  return presentChoiceOf(heard, lines.length, locale);
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
