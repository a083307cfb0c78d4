import { MAX_DEPTH, MAX_VALUES, misshapen, notUnicode } from './body-shape.js';

const nested = (levels: number): unknown => {
  let value: unknown = 'x';
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

describe('the shape of a body', () => {
  it('has twenty levels at most, and the member that has more is named', () => {
    expect(misshapen(nested(MAX_DEPTH))).toBeUndefined();
    expect(misshapen({ good: 1, 'b/~d': nested(MAX_DEPTH) })).toEqual({
      pointer: '/b~1~0d',
      code: 'too-deep',
      params: { max: 20 },
    });
  });

  it('has five thousand values at most, and the member that has more is named', () => {
    const list = (n: number): unknown => Array.from({ length: n }, () => ({}));
    expect(misshapen({ a: list(MAX_VALUES - 2) })).toBeUndefined();
    expect(misshapen({ a: { b: list(MAX_VALUES + 1) } })?.pointer).toBe('/a/b');
    expect(misshapen({ a: list(MAX_VALUES - 1) })).toEqual({
      pointer: '/a',
      code: 'too-many',
      params: { max: 5_000 },
    });
    const members = Object.fromEntries(Array.from({ length: MAX_VALUES }, (_, i) => [`a${i}`, i]));
    expect(misshapen(members)).toMatchObject({ pointer: '', code: 'too-many' });
  });

  it('is judged without going down by recursion', () => {
    expect(misshapen({ a: nested(100_000) })?.code).toBe('too-deep');
    expect(notUnicode({ a: nested(100_000) })).toEqual([]);
  });

  it('holds whole characters only, wherever a text stands', () => {
    expect(notUnicode({ a: 'a\0', b: [{ c: '\ud800' }, 'x\udc00'], d: '👩🏽‍🌾قافلة' })).toEqual(
      expect.arrayContaining([
        { pointer: '/a', code: 'not-unicode' },
        { pointer: '/b/0/c', code: 'not-unicode' },
        { pointer: '/b/1', code: 'not-unicode' },
      ]),
    );
    expect(notUnicode({ d: '👩🏽‍🌾قافلة', e: null, f: 7, g: true })).toEqual([]);
    expect(notUnicode(undefined)).toEqual([]);
  });
});
