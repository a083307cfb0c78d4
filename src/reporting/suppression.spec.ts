import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import { type CountedRow, hiddenCells } from './suppression.js';

const row = (key: string, people: number): CountedRow => ({ key: key.split('/'), people });
const table = fc.uniqueArray(
  fc.record({ a: fc.constantFrom('x', 'y', 'z'), b: fc.constantFrom('f', 'm'), people: fc.nat(12) }),
  { selector: ({ a, b }) => `${a}/${b}`, maxLength: 6 },
);

describe('hiddenCells', () => {
  it('tells large cells and zero', () => {
    expect(hiddenCells([row('x', 5), row('y', 0), row('z', 100)])).toEqual(['told', 'told', 'told']);
  });

  it('hides one to four, and the smallest other cell with them', () => {
    expect(hiddenCells([row('x', 4), row('y', 30), row('z', 9)])).toEqual(['few', 'told', 'partner']);
    expect(hiddenCells([row('x', 1), row('y', 2), row('z', 9)])).toEqual(['few', 'few', 'told']);
  });

  it('protects the lines of a cross table, not only its whole', () => {
    const hidden = hiddenCells([row('x/f', 3), row('x/m', 20), row('y/f', 30), row('y/m', 2)]);
    // Each city and each gender would give one cell away on its own.
    expect(hidden).toEqual(['few', 'partner', 'partner', 'few']);
  });

  it('takes a partner that its own margin does not give away', () => {
    // z has men only: the figure of z alone would tell z/m again, so the larger y/m is hidden instead.
    const hidden = hiddenCells([row('x/m', 3), row('y/m', 9), row('y/f', 9), row('x/f', 8), row('z/m', 6)]);
    expect(hidden[4]).toBe('told');
    expect(hidden[1]).toBe('partner');
  });

  it('hides a zero only when no other partner is left', () => {
    expect(hiddenCells([row('x', 3), row('y', 0)])).toEqual(['few', 'partner']);
    expect(hiddenCells([row('x', 3), row('y', 0), row('z', 6)])).toEqual(['few', 'told', 'partner']);
  });

  it('leaves a single row alone: it is its own total', () => {
    expect(hiddenCells([row('x', 3)])).toEqual(['few']);
    expect(hiddenCells([])).toEqual([]);
  });

  it('never leaves one hidden cell alone in a line with others', () => {
    holds(
      fc.property(table, (cells) => {
        const rows = cells.map(({ a, b, people }) => ({ key: [a, b], people }));
        const hidden = hiddenCells(rows);
        rows.forEach(({ people }, n) => expect(hidden[n] === 'few').toBe(people > 0 && people < 5));
        for (const dimension of [0, 1]) {
          for (const value of new Set(rows.map(({ key }) => key[dimension]))) {
            const line = rows.flatMap(({ key }, n) => (key[dimension] === value ? [hidden[n]] : []));
            const count = line.filter((state) => state !== 'told').length;
            if (line.length > 1) expect(count).not.toBe(1);
          }
        }
      }),
    );
  });
});
