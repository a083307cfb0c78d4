import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import type { LocalizedText, QuizBlock, QuizItem } from '../courses/public.js';
import { arrangementOf, ARRANGEMENTS, drawPaper, shownChoices } from './quiz-paper.js';

const text = (words: string): LocalizedText => ({ fr: words, ar: words });
const piece = (id: string) => ({ id, text: text(id), feedback: text(id) });
const item = (n: number): QuizItem & { kind: 'single' } => ({
  ...{ id: `item-${n}`, kind: 'single', prompt: text(''), reason: text(''), key: 'a' },
  choices: ['a', 'b', 'c', 'd'].map(piece),
});
const POOL: QuizBlock = {
  ...{ kind: 'quiz', id: 'quiz', title: text(''), pass: 60, draw: 5 },
  items: Array.from({ length: 9 }, (_, n) => item(n)),
};
const ORDER: QuizItem & { kind: 'order' } = {
  ...{ id: 'o', kind: 'order', prompt: text(''), reason: text('') },
  choices: ['a', 'b', 'c'].map(piece),
  key: ['b', 'a', 'c'],
};
const papers = fc.record({ personId: fc.uuid(), moduleId: fc.uuid(), n: fc.integer({ min: 1, max: 50 }) });
const idsOf = ({ items }: QuizBlock) => items.map(({ id }) => id);

describe('a paper', () => {
  it('draws as many different items as it says, in the order of the file, the same each time', () => {
    holds(
      fc.property(papers, (of) => {
        const drawn = idsOf(drawPaper(POOL, of));
        expect(new Set(drawn).size).toBe(5);
        expect([...drawn].sort()).toEqual(drawn);
        expect(idsOf(drawPaper(POOL, { ...of }))).toEqual(drawn);
      }),
    );
  });

  it('draws every item about as often as any other', () => {
    const count = new Map<string, number>();
    for (let n = 1; n <= 1800; n++)
      for (const id of idsOf(drawPaper(POOL, { personId: 'p', moduleId: 'm', n })))
        count.set(id, (count.get(id) ?? 0) + 1);
    expect(count.size).toBe(9);
    for (const times of count.values()) expect(Math.abs(times - 1000)).toBeLessThan(120);
  });

  it('asks everything where nothing is drawn', () => {
    const { draw: _, ...whole } = POOL;
    expect(drawPaper(whole, { personId: 'p', moduleId: 'm', n: 1 })).toBe(whole);
  });

  it('is arranged in one of a few ways', () => {
    holds(fc.property(papers, (of) => arrangementOf(of) >= 0 && arrangementOf(of) < ARRANGEMENTS));
  });
});

describe('the choices of an item', () => {
  const arrangements = Array.from({ length: ARRANGEMENTS }, (_, n) => n);
  const shown = (one: QuizItem & { kind: 'single' }, quiz: { shuffle?: boolean }, n: number) =>
    shownChoices(one, one.choices, quiz, n).map(({ id }) => id);

  it('are all there in each arrangement, and not always in the same order', () => {
    const seen = arrangements.map((n) => shown(item(1), {}, n));
    for (const ids of seen) expect([...ids].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(new Set(seen.map(String)).size).toBeGreaterThan(4);
  });

  it('stay where the file has them when the item or the quiz says so', () => {
    for (const n of arrangements) {
      expect(shown({ ...item(1), shuffle: false }, {}, n)).toEqual(['a', 'b', 'c', 'd']);
      expect(shown(item(1), { shuffle: false }, n)).toEqual(['a', 'b', 'c', 'd']);
    }
  });

  it('to be put in order never stand in order', () => {
    for (const n of arrangements)
      expect(shownChoices(ORDER, ORDER.choices, { shuffle: false }, n).map(({ id }) => id)).not.toEqual(
        ORDER.key,
      );
  });
});
