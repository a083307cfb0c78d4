import fc from 'fast-check';
import { BY_SPEAKERS, isListeningLanguage } from '../../shared/listening/listening-language.js';
import { coverageOf, type LineState, percentHeard, totalOf } from './coverage.js';
import type { SpokenLine, SpokenUnit } from './spoken-line.js';

const NONE: LineState = { heard: null, isOutdated: false };
const unit = (id: string, names: readonly string[]): SpokenUnit => ({
  id,
  folder: id,
  title: { fr: id, ar: id },
  lines: names.map((name) => ({ id: `${id}/${name}` }) as SpokenLine),
});
const UNITS = [unit('a', ['1', '2', '3']), unit('b', ['1'])];

describe('what of a course can be heard', () => {
  it('counts who speaks, and what was read in earlier words', () => {
    const states: Record<string, LineState> = {
      'a/1 ary': { heard: 'person', isOutdated: false },
      'a/2 ary': { heard: 'synthetic', isOutdated: true },
      'a/3 ary': { heard: null, isOutdated: true },
      'b/1 ary': { heard: 'person', isOutdated: false },
    };
    const units = coverageOf(UNITS, (line, lang) => states[`${line.id} ${lang}`] ?? NONE);
    expect(units.map(({ languages }) => languages[0])).toEqual([
      { lang: 'ary', person: 1, synthetic: 1, outdated: 2 },
      { lang: 'ary', person: 1, synthetic: 0, outdated: 0 },
    ]);
    const { lines, languages } = totalOf(units);
    expect(lines).toBe(4);
    expect(languages.map(({ lang }) => lang)).toEqual([...BY_SPEAKERS]);
    expect(languages[0]).toEqual({ lang: 'ary', person: 2, synthetic: 1, outdated: 2 });
    expect(percentHeard(languages[0]!, lines)).toBe(75);
    expect(percentHeard(languages[1]!, lines)).toBe(0);
  });

  it('says 100 only when nothing is missing, and 0 only when nothing is there', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(2000), fc.nat(2000), (person, synthetic, missing) => {
        const lines = person + synthetic + missing;
        const percent = percentHeard({ lang: 'fr', person, synthetic, outdated: 0 }, lines);
        expect(percent === 100).toBe(lines > 0 && missing === 0);
        expect(percent === 0).toBe(person + synthetic === 0);
      }),
    );
  });

  it('knows five languages to listen in', () => {
    expect(['fr', 'ar', 'ary', 'rif', 'zgh'].every(isListeningLanguage)).toBe(true);
    expect(['en', '', 'FR', undefined, 3].some(isListeningLanguage)).toBe(false);
  });
});
