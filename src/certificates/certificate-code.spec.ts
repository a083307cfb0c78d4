import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import { CODE_LENGTH, groupCode, newCertificateCode, readCertificateCode } from './certificate-code.js';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codes = fc.uint8Array({ minLength: 9, maxLength: 9 }).map((bytes) => newCertificateCode(() => bytes));

describe('the code of a certificate', () => {
  it('has ten characters of the alphabet and reads back as itself', () => {
    holds(
      fc.property(codes, (code) => {
        expect(code).toMatch(new RegExp(`^[${ALPHABET}]{${CODE_LENGTH}}$`));
        expect(readCertificateCode(code)).toBe(code);
      }),
    );
  });

  it('shows every single wrong character, in every place', () => {
    holds(
      fc.property(codes, (code) => {
        for (let place = 0; place < CODE_LENGTH; place++) {
          for (const wrong of ALPHABET) {
            if (wrong === code[place]) continue;
            const typed = code.slice(0, place) + wrong + code.slice(place + 1);
            expect(readCertificateCode(typed)).toBeUndefined();
          }
        }
      }),
    );
  });

  it('shows any two different characters that changed places', () => {
    holds(
      fc.property(codes, fc.nat(CODE_LENGTH - 1), fc.nat(CODE_LENGTH - 1), (code, a, b) => {
        fc.pre(code[a] !== code[b]);
        const typed = [...code];
        [typed[a], typed[b]] = [typed[b] as string, typed[a] as string];
        expect(readCertificateCode(typed.join(''))).toBeUndefined();
      }),
    );
  });

  it('is read as people type it', () => {
    const code = newCertificateCode(() => new Uint8Array([0, 1, 10, 11, 12, 31, 0, 1, 20]));
    const typed = ` ${groupCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `;
    expect(readCertificateCode(typed)).toBe(code);
    expect(readCertificateCode(`${code.slice(0, 4)}-${code.slice(4)}`)).toBe(code);
  });

  it('refuses anything else', () => {
    for (const typed of [
      '',
      'U'.repeat(10),
      '0'.repeat(9),
      '0'.repeat(11),
      '٠'.repeat(10),
      '😀😀',
      '0'.repeat(5000),
    ])
      expect(readCertificateCode(typed)).toBeUndefined();
  });

  it('is hardly ever drawn twice', () => {
    expect(new Set(Array.from({ length: 5000 }, () => newCertificateCode())).size).toBe(5000);
  });
});
