import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import type { LocalizedText, TestItem } from '../courses/public.js';
import { answersOfLetters, letterOf, readGridLine } from './answer-grid.js';

const text = (words: string): LocalizedText => ({ fr: words, ar: words });
const base = (id: string) => ({ id, module: 'm', prompt: text(id), reason: text(id) });
const choice = (id: string) => ({ id, text: text(id), feedback: text(id) });
const ITEMS: TestItem[] = [
  { ...base('one'), kind: 'single', choices: ['x', 'y', 'z'].map(choice), key: 'y' },
  { ...base('two'), kind: 'boolean', key: true },
];

describe('readGridLine', () => {
  it.each<[string, unknown]>([
    ['7: A B C A D', { n: 7, letters: ['A', 'B', 'C', 'A', 'D'] }],
    ['7:abcad', { n: 7, letters: ['A', 'B', 'C', 'A', 'D'] }],
    [' 12 : A,B;C - a ', { n: 12, letters: ['A', 'B', 'C', '-', 'A'] }],
    ['٧: أ ب ج د', { n: 7, letters: ['A', 'B', 'C', 'D'] }],
    ['۷: ا ب ـ'.replace(' ـ', ' –'), { n: 7, letters: ['A', 'B', '-'] }],
    ['7 A B C', undefined],
    ['A B C', undefined],
    ['7:', undefined],
    ['7: A 1', undefined],
    ['7: A ?', undefined],
    ['1000: A', undefined],
    ['', undefined],
  ])('reads %j', (line, expected) => expect(readGridLine(line)).toEqual(expected));

  it('never throws', () => holds(fc.property(fc.string(), (line) => void readGridLine(line))));

  it('gives back every line that cards can give', () => {
    const letters = fc.array(fc.constantFrom('A', 'B', 'C', 'D', '-'), { minLength: 1, maxLength: 20 });
    holds(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        letters,
        fc.constantFrom(' ', '', ', '),
        (n, given, between) =>
          expect(readGridLine(`${n}: ${given.join(between)}`)).toEqual({ n, letters: given }),
      ),
    );
  });
});

describe('answersOfLetters', () => {
  it('takes letters for choices, A or V for true, a dash for nothing', () => {
    expect(answersOfLetters(ITEMS, ['B', 'A'])).toEqual({ one: 'y', two: true });
    expect(answersOfLetters(ITEMS, ['C', 'F'])).toEqual({ one: 'z', two: false });
    expect(answersOfLetters(ITEMS, ['-', 'V'])).toEqual({ two: true });
  });

  it('refuses a letter too many or too few, and one that no choice has', () => {
    for (const letters of [['A'], ['A', 'A', 'A'], ['D', 'A'], ['A', 'C']])
      expect(answersOfLetters(ITEMS, letters)).toBeUndefined();
  });

  it('shows six letters', () => expect([0, 5, 6].map(letterOf)).toEqual(['A', 'F', '']));
});
