import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import { checkDigit, isSoundCode, makeCode } from './pass-code.js';

const code = fc.nat(2 ** 32 - 1).map(makeCode);

describe('the spoken code', () => {
  it('has the check digit of the published example', () => expect(checkDigit('572')).toBe('4'));

  it('is eight digits that check', () => {
    holds(fc.property(code, (made) => isSoundCode(made) && made.length === 8));
    expect(makeCode(0)).toBe('00000000');
    expect(makeCode(5_724_123)).toHaveLength(8);
  });

  it('shows every digit misheard', () => {
    holds(
      fc.property(code, fc.nat(7), fc.integer({ min: 1, max: 9 }), (made, place, by) => {
        const digit = (Number(made[place]) + by) % 10;
        return !isSoundCode(made.slice(0, place) + digit + made.slice(place + 1));
      }),
    );
  });

  it('shows every two neighbours swapped', () => {
    holds(
      fc.property(code, fc.nat(6), (made, place) => {
        const [a, b] = [made[place], made[place + 1]];
        fc.pre(a !== b);
        return !isSoundCode(`${made.slice(0, place)}${b}${a}${made.slice(place + 2)}`);
      }),
    );
  });

  it.each(['', '1234567', '123456789', 'abcdefgh', '0000000a', '٠٠٠٠٠٠٠٠', ' 00000000'])(
    '%j is none',
    (text) => expect(isSoundCode(text)).toBe(false),
  );
});
