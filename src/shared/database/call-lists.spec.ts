import { bySlot, GATHERED_CALLS, listsOf } from './call-lists.js';

describe('lists of calls', () => {
  it('gives for each value the list of all calls, always of the same length', () => {
    const [ids, times, ...rest] = listsOf([
      ['a', 1],
      ['b', 2],
    ]);
    expect(ids).toEqual(['a', 'b', ...Array(GATHERED_CALLS - 2).fill(null)]);
    expect(times).toEqual([1, 2, ...Array(GATHERED_CALLS - 2).fill(null)]);
    expect(rest).toEqual([]);
  });

  it('gives each call its row by the slot, in any order, and nothing where there is none', () => {
    const rows = [
      { slot: 3, name: 'third' },
      { slot: 1, name: 'first' },
    ];
    expect(bySlot(rows, ['x', 'y', 'z'])).toEqual([rows[1], undefined, rows[0]]);
  });
});
