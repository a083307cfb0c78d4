import { nameKey, nameWords } from './name-key.js';
import { APART, MEET } from './name-pairs.js';

describe('the key of a name', () => {
  it('is tried on 200 pairs that must meet and 200 that must not', () => {
    const distinct = (pairs: typeof MEET) => new Set(pairs.map((pair) => pair.join('|'))).size;
    expect([distinct(MEET), distinct(APART)]).toEqual([200, 200]);
  });

  it.each(MEET)('%s is %s', (one, other) => {
    expect(nameKey(one)).not.toBe('');
    expect(nameKey(one)).toBe(nameKey(other));
  });

  it.each(APART)('%s is not %s', (one, other) => expect(nameKey(one)).not.toBe(nameKey(other)));
});
