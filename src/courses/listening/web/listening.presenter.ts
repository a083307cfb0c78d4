import { type Locale, t } from '../../../shared/i18n/i18n.js';
import { formatNumber, formatPercent, pickText } from '../../../shared/web/handlebars/format.js';
import { presentState } from '../../../shared/listening/booth.presenter.js';
import {
  BY_SPEAKERS,
  type ListeningLanguage,
  writtenFor,
} from '../../../shared/listening/listening-language.js';
import type { AuthoredCourse } from '../../authoring/course-author.query.js';
import {
  type LanguageCoverage,
  percentHeard,
  type StateOf,
  totalOf,
  type UnitCoverage,
} from '../coverage.js';
import type { ImportOutcome } from '../recordings-import.service.js';
import { type Script, scriptOf, type SpokenLine, type SpokenUnit } from '../spoken-line.js';

/** Address of the authors' page on what of a course is recorded. */
export function listeningHref(
  course: Pick<AuthoredCourse, 'slug'>,
  locale: Locale,
  ...parts: string[]
): string {
  return [`/${locale}/staff/courses/${course.slug}/listening`, ...parts.map(encodeURIComponent)].join('/');
}

/** Address of the booth for a line. */
export function boothHref(
  course: AuthoredCourse,
  unit: SpokenUnit,
  line: SpokenLine,
  lang: string,
  locale: Locale,
): string {
  return `${listeningHref(course, locale, unit.folder, line.part)}?lang=${lang}`;
}

/** The course at the head of each of these pages. */
export function presentHead(course: AuthoredCourse, locale: Locale) {
  return {
    title: pickText(course.title, locale).text || course.slug,
    href: `/${locale}/staff/courses/${course.slug}`,
    listeningHref: listeningHref(course, locale),
  };
}

/** Units by languages: how much of each is heard, with a link to what is missing. */
export function presentOverview(course: AuthoredCourse, units: readonly UnitCoverage[], locale: Locale) {
  const total = totalOf(units);
  return {
    languages: BY_SPEAKERS.map((lang) => t(locale, `listening:language.${lang}`)),
    rows: units.map(({ unit, lines, languages }) => ({
      title: pickText(unit.title, locale).text || unit.folder,
      cells: languages.map((one) =>
        presentCell(one, lines, locale, `${listeningHref(course, locale, unit.folder)}?lang=${one.lang}`),
      ),
    })),
    totals: total.languages.map((one) => ({
      text: formatPercent(percentHeard(one, total.lines), locale),
      language: t(locale, `listening:language.${one.lang}`),
    })),
  };
}

function presentCell(coverage: LanguageCoverage, lines: number, locale: Locale, href: string) {
  const { lang, person, synthetic, outdated } = coverage;
  const heard = person + synthetic;
  return {
    ...{ href, isWhole: heard === lines, isEmpty: lines === 0 },
    language: t(locale, `listening:language.${lang}`),
    text: t(locale, 'courses:listening.overview.of', {
      heard: formatNumber(heard, locale),
      lines: formatNumber(lines, locale),
    }),
    ...(synthetic > 0
      ? { synthetic: t(locale, 'courses:listening.overview.synthetic', { count: synthetic }) }
      : {}),
    ...(outdated > 0
      ? { outdated: t(locale, 'courses:listening.overview.outdated', { count: outdated }) }
      : {}),
  };
}

/** The lines of a unit, each with how it stands in a language. */
export function presentLines(
  course: AuthoredCourse,
  unit: SpokenUnit,
  lang: ListeningLanguage,
  stateOf: StateOf,
  locale: Locale,
) {
  return unit.lines.map((line) => ({
    title: pickText(line.title, locale).text || line.part,
    kind: t(locale, `courses:listening.kind.${line.kind}`),
    file: `${line.part}.m4a`,
    href: boothHref(course, unit, line, lang, locale),
    state: presentState(stateOf(line, lang), locale),
  }));
}

/** What somebody reads aloud; for languages that are told and not read, the French stands beside it. */
export function presentScript(line: SpokenLine, lang: ListeningLanguage): Script[] {
  return [scriptOf(line, lang), ...(writtenFor(lang) === lang ? [] : [scriptOf(line, 'fr')])];
}

/** What became of each file of a folder. */
export function presentOutcomes(outcomes: readonly ImportOutcome[], locale: Locale) {
  return outcomes.map(({ path, line, error }) => ({
    path,
    ...(line === undefined ? {} : { line }),
    ...(error ? { error: t(locale, `errors:${error.code}.detail`, error.params) } : {}),
  }));
}
