import { isSameName } from './same-name.js';

const fr = (given: string, family: string) => ({ fr: { given, family } });
const ar = (given: string, family: string) => ({ ar: { given, family } });

describe('isSameName', () => {
  it('does not mind capitals, accents, spaces and ways of spelling', () => {
    expect(isSameName(fr('Fatima', 'El Alaoui'), fr('FATIMA ', 'el alawi'))).toBe(true);
    expect(isSameName(ar('فاطمة', 'العلوي'), ar('فاطمه', 'العلوي'))).toBe(true);
  });

  it('keeps sisters apart, and scripts that only one of them has', () => {
    expect(isSameName(fr('Fatima', 'Alaoui'), fr('Khadija', 'Alaoui'))).toBe(false);
    expect(isSameName(fr('Fatima', 'Alaoui'), ar('فاطمة', 'العلوي'))).toBe(false);
  });

  it('compares names without letters as they stand', () => {
    expect(isSameName(fr('🌸', '🌷'), fr('🌸', '🌷'))).toBe(true);
    expect(isSameName(fr('🌸', '🌷'), fr('🌷', '🌸'))).toBe(false);
  });
});
