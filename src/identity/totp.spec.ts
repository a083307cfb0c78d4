import { fromBase32, totpAt, totpStep } from './totp.js';

// The key of RFC 6238's appendix B, "12345678901234567890".
const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('totp', () => {
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('gives the code of the RFC at second %d', (second, code) => {
    expect(totpAt(fromBase32(KEY), Math.floor(second / 30))).toBe(code);
    expect(totpStep(KEY, code, new Date(second * 1000))).toBe(Math.floor(second / 30));
  });

  it('takes the code one step early or late, and no other', () => {
    const code = totpAt(fromBase32(KEY), 100);
    const at = (step: number) => totpStep(KEY, code, new Date(step * 30_000));
    expect([98, 99, 100, 101, 102].map(at)).toEqual([undefined, 100, 100, 100, undefined]);
  });

  it('reads secrets as apps write them and refuses others', () => {
    expect(fromBase32('gezd gnbv gy3t qojq====').toString()).toBe('1234567890');
    expect(() => fromBase32('0189')).toThrow(RangeError);
  });
});
