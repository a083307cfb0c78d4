import { readFileSync } from 'node:fs';
import { nameKey, nameWords } from './name-key.js';

type Pairs = Array<[string, string]>;
const { meet, apart } = JSON.parse(
  readFileSync(new URL('../../test/people/name-pairs.json', import.meta.url), 'utf8'),
) as Record<'meet' | 'apart', Pairs>;

describe('the key of a name', () => {
  it('is tried on 200 pairs that must meet and 200 that must not', () => {
    const distinct = (pairs: Pairs) => new Set(pairs.map((pair) => pair.toSorted().join('|'))).size;
    expect([distinct(meet), distinct(apart)]).toEqual([200, 200]);
    expect(meet.every(([one, other]) => one !== other)).toBe(true);
  });

  it.each(meet)('%s is %s', (one, other) => {
    expect(nameKey(one)).not.toBe('');
    expect(nameKey(one)).toBe(nameKey(other));
  });

  it.each(apart)('%s is not %s', (one, other) => expect(nameKey(one)).not.toBe(nameKey(other)));

  it('keeps the order of words only where words are asked for, and particles only where there is nothing else', () => {
    expect(nameWords('Moulay Rachid El Alaoui')).toEqual(nameWords('رشيد العلوي'));
    expect(nameWords('Alaoui Rachid')).toEqual(nameWords('Rachid Alaoui').toReversed());
    expect(nameWords('Moulay')).toHaveLength(1);
    for (const word of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
      expect(nameWords(`${word} Ali`)).toHaveLength(2);
    for (const nothing of ['', '  ', '-', '🙂', 'ـ', '\u202e']) expect(nameKey(nothing)).toBe('');
  });
});
