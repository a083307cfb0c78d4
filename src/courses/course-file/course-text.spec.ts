import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { CourseText, CourseTextInvalid } from './course-text.js';

const COURSES = fileURLToPath(new URL('../../../courses', import.meta.url));
const committed = readdirSync(COURSES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .map((path): [string, string] => [path, readFileSync(join(COURSES, path), 'utf8')]);

const canonical = (text: string): string => CourseText.parse(text).toString();

/** Texts as people write them: both scripts, marks that YAML knows, several lines. */
const word = fc.oneof(
  fc.constantFrom(
    'Le prix',
    'الثمن',
    'a: b',
    '# non',
    "l'eau",
    '"oui"',
    '- un',
    '*',
    '&x',
    '!',
    '%',
    '@',
    'yes',
    '12',
    'null',
    '{ a }',
    '',
    ' ',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
const lines = fc.array(text, { minLength: 1, maxLength: 4 }).map((each) => each.join('\n'));
const value = fc.letrec((tie) => ({
  leaf: fc.oneof(
    lines,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  ),
  list: fc.array(tie('any'), { maxLength: 4 }),
  map: fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), tie('any'), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  any: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('list'), tie('map')),
})).any;

describe('the text of a course file', () => {
  it.each(committed)('%s: one form, the same content, written twice the same', (_path, source) => {
    const once = canonical(source);
    expect(parse(once)).toEqual(parse(source));
    expect(canonical(once)).toBe(once);
  });

  it('writes any document so that reading and writing it again changes no byte', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('slug', 'title', 'x-later', 'é'), value), (document) => {
        const once = canonical(stringify(document));
        expect(canonical(once)).toBe(once);
        expect(CourseText.parse(once).get()).toEqual(parse(stringify(document)));
      }),
      { numRuns: 300 },
    );
  });

  it('gives back any text that is set, whatever stands around it', () => {
    fc.assert(
      fc.property(lines, lines, (first, second) => {
        const file = CourseText.parse('a: { fr: x }\nb: # why\n  later: [1, { z: 2 }]\n');
        file.set(['a', 'fr'], first);
        file.set(['b', 'ar'], second);
        const again = CourseText.parse(file.toString());
        expect(again.get()).toEqual({ a: { fr: first }, b: { later: [1, { z: 2 }], ar: second } });
      }),
      { numRuns: 300 },
    );
  });

  it.each([' \n', '\n ', ' \n \n', '\t\n', '\n', 'x\n  \ny', '  \nx\n'])('gives back %j', (words) => {
    const file = CourseText.parse('a: { fr: x }\nb:\n  later: 1\n');
    file.set(['a', 'fr'], words);
    file.set(['b', 'ar'], words);
    expect(CourseText.parse(file.toString()).get()).toEqual({ a: { fr: words }, b: { later: 1, ar: words } });
  });

  it('keeps comments, order, quotes and keys it does not know, also in nested maps', () => {
    const source = `# by hand
slug: "le-prix"
x-later: { deep: { deeper: [ 1, 'two' ] } } # kept
blocks:
  - id: a
    title: { fr: Un, ar: واحد, tamazight: ⵢⴰⵏ }
  # between
  - id: b
    text:
      fr: |
        Un **mot**.
`;
    const file = CourseText.parse(source);
    expect(file.toString()).toBe(source);
    file.set(['blocks', '#a', 'title', 'fr'], 'Deux');
    expect(file.toString()).toBe(source.replace('fr: Un,', 'fr: Deux,'));
    file.move(['blocks'], 0, 1);
    file.move(['blocks'], 1, -1);
    expect(file.get(['x-later'])).toEqual({ deep: { deeper: [1, 'two'] } });
    file.set(['blocks', '#b', 'text', 'fr'], 'Deux\nlignes\n');
    expect(file.get(['blocks', '#b', 'text', 'fr'])).toBe('Deux\nlignes\n');
  });

  it('edits lists: puts in, moves to the ends and no farther, takes out', () => {
    const file = CourseText.parse('blocks: []\n');
    for (const id of ['a', 'b', 'c']) file.insert(['blocks'], 9, { id });
    file.move(['blocks'], 0, 9);
    file.move(['blocks'], 1, -9);
    file.delete(['blocks', '#b']);
    expect(file.get(['blocks'])).toEqual([{ id: 'c' }, { id: 'a' }]);
    expect(file.indexOf(['blocks'], 'a')).toBe(1);
    expect(file.get(['blocks', '#zz'])).toBeUndefined();
    file.move(['blocks'], -1, -9);
    expect(file.indexOf(['blocks'], 'a')).toBe(1);
  });

  it('makes no list with holes, however far away a place is', () => {
    const file = CourseText.parse('items:\n  - q: 1\n');
    const before = file.toString();
    for (const step of ['3000000', '2', '-1', '1e9', 'x', '0x10']) file.set(['items', step, 'q'], 'far');
    expect(file.toString()).toBe(before);
    file.set(['items', '1', 'q'], 2);
    expect(file.get(['items'])).toEqual([{ q: 1 }, { q: 2 }]);
  });

  it('names the line of what does not parse', () => {
    expect(() => CourseText.parse('a: 1\nb: [1\n')).toThrow(CourseTextInvalid);
    expect(() => CourseText.parse('a: 1\nb: "x\n')).toThrow(/^line [23]: /);
  });
});
