import { isGap, pointsOf, standingOf } from './scoring.js';
import type { SelectionDesign } from './selection.js';

const criteria = [
  { id: 'c1', label: { fr: 'a', ar: 'ا' }, weight: 3 },
  { id: 'c2', label: { fr: 'b', ar: 'ب' }, weight: 1 },
];
const design = (scorers: 1 | 2): SelectionDesign => ({
  ...{ places: 1, reserve: 0, rules: [], quotas: [], criteria, scorers },
});

describe('scores', () => {
  it('count as often as their weight says', () => {
    expect(pointsOf(criteria, { c1: 4, c2: 1 })).toBe(13);
    expect(pointsOf(criteria, { c1: 5, c2: 5 })).toBe(20);
  });

  it('are a gap above 30 % of the scale, not at it', () => {
    expect(isGap(criteria, 14, 8)).toBe(false);
    expect(isGap(criteria, 14, 7)).toBe(true);
    expect(isGap(criteria, 7, 14)).toBe(true);
  });

  it('are whole once every scorer has given theirs, and a third look stands for both', () => {
    const look = (slot: number, points: number) => ({ slot, points });
    expect(standingOf(design(1), [])).toEqual({ kind: 'open' });
    expect(standingOf(design(1), [look(1, 13)])).toEqual({ kind: 'done', total: 13 });
    expect(standingOf(design(2), [look(1, 13)])).toEqual({ kind: 'open' });
    expect(standingOf(design(2), [look(1, 13), look(2, 10)])).toEqual({ kind: 'done', total: 23 });
    expect(standingOf(design(2), [look(1, 20), look(2, 10)])).toEqual({ kind: 'gap' });
    expect(standingOf(design(2), [look(1, 20), look(2, 10), look(3, 12)])).toEqual({
      kind: 'done',
      total: 24,
    });
  });
});
