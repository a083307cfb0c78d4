import { BY_SPEAKERS, type ListeningLanguage } from '../../shared/listening/listening-language.js';
import type { SpokenLine, SpokenUnit } from './spoken-line.js';

/** How a line stands in a language. */
export interface LineState {
  /** Who is heard; null where nobody is. */
  readonly heard: 'person' | 'synthetic' | null;
  /** There is a recording, but of earlier words: it is not played. */
  readonly isOutdated: boolean;
}

/** What can be heard of some lines in one language. */
export interface LanguageCoverage {
  readonly lang: ListeningLanguage;
  readonly person: number;
  readonly synthetic: number;
  /** Lines with a recording of earlier words alone. */
  readonly outdated: number;
}

export interface UnitCoverage {
  readonly unit: SpokenUnit;
  readonly lines: number;
  readonly languages: readonly LanguageCoverage[];
}

/** Tells how a line stands; {@link coverageOf} asks it for every line and language. */
export type StateOf = (line: SpokenLine, lang: ListeningLanguage) => LineState;

/** What of a course can be heard, unit by unit. */
export function coverageOf(units: readonly SpokenUnit[], stateOf: StateOf): UnitCoverage[] {
  return units.map((unit) => ({
    unit,
    lines: unit.lines.length,
    languages: BY_SPEAKERS.map((lang) =>
      countStates(
        lang,
        unit.lines.map((line) => stateOf(line, lang)),
      ),
    ),
  }));
}

/** The same over a whole course. */
export function totalOf(units: readonly UnitCoverage[]): { lines: number; languages: LanguageCoverage[] } {
  const sum = (lang: ListeningLanguage, key: 'person' | 'synthetic' | 'outdated'): number =>
    units.reduce((all, { languages }) => all + (languages.find((each) => each.lang === lang)?.[key] ?? 0), 0);
  return {
    lines: units.reduce((all, { lines }) => all + lines, 0),
    languages: BY_SPEAKERS.map((lang) => ({
      lang,
      person: sum(lang, 'person'),
      synthetic: sum(lang, 'synthetic'),
      outdated: sum(lang, 'outdated'),
    })),
  };
}

/** Whole percent that can be heard: 100 only when nothing is missing, 0 only when nothing is there. */
export function percentHeard({ person, synthetic }: LanguageCoverage, lines: number): number {
  const heard = person + synthetic;
  if (lines === 0 || heard === 0) return 0;
  return heard === lines ? 100 : Math.min(99, Math.max(1, Math.round((100 * heard) / lines)));
}

function countStates(lang: ListeningLanguage, states: readonly LineState[]): LanguageCoverage {
  const heard = (by: LineState['heard']): number => states.filter((state) => state.heard === by).length;
  const outdated = states.filter(({ isOutdated }) => isOutdated).length;
  return { lang, person: heard('person'), synthetic: heard('synthetic'), outdated };
}
