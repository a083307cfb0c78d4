import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import {
  checkPersonName,
  comparePersonNames,
  displayName,
  MAX_NAME_LENGTH,
  type PersonName,
  shortName,
  sortKey,
} from './person-name.js';

const FATIMA: PersonName = {
  fr: { given: 'Fatima Zahra', family: 'Alaoui' },
  ar: { given: 'فاطمة الزهراء', family: 'العلوي' },
};
const LATIN_ONLY: PersonName = { fr: { given: 'Aïcha', family: 'Ben Ali' } };
const ARABIC_ONLY: PersonName = { ar: { given: 'عائشة', family: 'بنعلي' } };
const latin = (given: string, family: string): PersonName => ({ fr: { given, family } });
const FAMILY_EMOJI = '👩‍👩‍👧‍👦';

describe('checkPersonName', () => {
  it('takes either script or both and gives them back unchanged', () => {
    for (const name of [FATIMA, LATIN_ONLY, ARABIC_ONLY]) expect(checkPersonName(name)).toEqual({ name });
  });

  it.each([
    '  spaces  inside and  around ',
    'e\u0301 not composed',
    '\u202eBidi\u202c \u2067controls\u2069',
    FAMILY_EMOJI,
    '<b>Robert"); DROP TABLE person;--</b>',
    "O'Neil-d’Été",
    'line\nbreak\tand\u0001control',
    'محمّد',
    'ⵎⵓⵃⵎⵎⴷ',
    'x',
    '𝔘'.repeat(MAX_NAME_LENGTH),
    '١٢٣',
  ])('keeps %p as it is', (text) => {
    const name = latin(text, text);
    expect(checkPersonName(name)).toEqual({ name });
  });

  it.each([
    ['', 'required'],
    ['   ', 'required'],
    ['\u200f\u202a\u00a0\n\u200b\u3164', 'required'],
    ['\u0301', 'required'],
    [undefined, 'required'],
    [null, 'required'],
    ['a\0b', 'not-unicode'],
    ['\ud83d', 'not-unicode'],
    ['a\udc00b', 'not-unicode'],
    ['a'.repeat(MAX_NAME_LENGTH + 1), 'too-long'],
    ['😀'.repeat(MAX_NAME_LENGTH + 1), 'too-long'],
    ['م'.repeat(10_000), 'too-long'],
    [7, 'not-text'],
    [{}, 'not-text'],
    [['Fatima'], 'not-text'],
  ])('refuses %p with %s at its pointer', (value, code) => {
    const params = code === 'too-long' ? { max: 100 } : {};
    expect(checkPersonName({ fr: { given: value, family: 'Alaoui' } })).toEqual({
      problems: [{ pointer: '/fr/given', code, params }],
    });
    expect(checkPersonName({ fr: LATIN_ONLY.fr, ar: { given: 'عائشة', family: value } })).toEqual({
      problems: [{ pointer: '/ar/family', code, params }],
    });
  });

  it('names every bad member at once', () => {
    const result = checkPersonName({ fr: { given: '', family: '\0' }, ar: 'فاطمة' });
    expect('problems' in result && result.problems.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/fr/given required',
      '/fr/family not-unicode',
      '/ar not-an-object',
    ]);
  });

  it.each([
    [undefined, 'required'],
    [null, 'required'],
    [{}, 'required'],
    [{ fr: null }, 'required'],
    [{ en: { given: 'a', family: 'b' } }, 'required'],
    ['Fatima Alaoui', 'not-an-object'],
    [[], 'not-an-object'],
    [5, 'not-an-object'],
  ])('refuses %p as a name', (input, code) =>
    expect(checkPersonName(input)).toEqual({ problems: [{ pointer: '', code, params: {} }] }),
  );

  it('drops members nobody asked for', () => {
    expect(checkPersonName({ fr: { ...LATIN_ONLY.fr, title: 'Mme' }, ar: null, nick: 'x' })).toEqual({
      name: LATIN_ONLY,
    });
  });
});

describe('shown names', () => {
  it.each([
    [FATIMA, 'Fatima Zahra Alaoui', 'Fatima Zahra A.', 'فاطمة الزهراء العلوي', 'فاطمة الزهراء ع.'],
    [LATIN_ONLY, 'Aïcha Ben Ali', 'Aïcha B.', 'Aïcha Ben Ali', 'Aïcha B.'],
    [ARABIC_ONLY, 'عائشة بنعلي', 'عائشة ب.', 'عائشة بنعلي', 'عائشة ب.'],
  ])('%#', (name, fr, frShort, ar, arShort) => {
    for (const locale of ['fr', 'en', 'fr-MA']) {
      expect(displayName(name, locale)).toBe(fr);
      expect(shortName(name, locale)).toBe(frShort);
    }
    expect(displayName(name, 'ar')).toBe(ar);
    expect(shortName(name, 'ar-MA')).toBe(arShort);
  });

  it.each([
    ['alaoui', 'F. A.'],
    ['  Alaoui', 'F. A.'],
    ['E\u0301mile', 'F. E\u0301.'],
    [`${FAMILY_EMOJI}x`, `F. ${FAMILY_EMOJI}.`],
    ['\u202e\u200fAlaoui', 'F. A.'],
    ['🇲🇦🇫🇷', 'F. 🇲🇦.'],
    ['مُحمد', 'F. مُ.'],
    ['ال', 'F. ا.'],
    ['الي', 'F. ا.'],
    ['الشريف', 'F. ش.'],
    ['اَلعلوي', 'F. اَ.'],
    ['-Alaoui', 'F. -.'],
  ])('takes the first whole grapheme of %p', (family, short) => {
    expect(shortName(latin('F.', family), 'fr')).toBe(short);
  });

  it('does not fail without a name', () => {
    expect([displayName({}, 'fr'), shortName({}, 'ar'), sortKey({}, 'fr')]).toEqual(['', '', ', ']);
  });

  it('shows every accepted name, unchanged but for spaces around it', () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    holds(
      fc.property(part, part, (given, family) => {
        const checked = checkPersonName(latin(given, family));
        fc.pre('name' in checked);
        if ('name' in checked) {
          expect(checked.name).toEqual(latin(given, family));
          expect(displayName(checked.name, 'fr')).toBe(`${given.trim()} ${family.trim()}`);
          expect(shortName(checked.name, 'ar').startsWith(`${given.trim()} `)).toBe(true);
          expect(shortName(checked.name, 'ar')).toMatch(/\.$/);
        }
      }),
    );
  });
});

describe('order', () => {
  it('is by family, then given name', () => {
    const names = [
      latin('Zineb', 'Éddahbi'),
      latin('Omar', 'Edrissi'),
      latin('Anas', 'Éddahbi'),
      latin('Ali', 'fassi'),
    ];
    const sorted = names.sort(comparePersonNames('fr')).map((name) => sortKey(name, 'fr'));
    expect(sorted).toEqual(['Éddahbi, Anas', 'Éddahbi, Zineb', 'Edrissi, Omar', 'fassi, Ali']);
    expect(comparePersonNames('fr')(LATIN_ONLY, { ...LATIN_ONLY })).toBe(0);
  });

  it('is that of the Arabic alphabet for Arabic readers', () => {
    const names = ['يوسفي', 'بنعلي', 'أمراني', 'تازي'].map((family): PersonName => ({
      ar: { given: 'ع', family },
    }));
    expect(names.sort(comparePersonNames('ar')).map((name) => name.ar?.family)).toEqual([
      'أمراني',
      'بنعلي',
      'تازي',
      'يوسفي',
    ]);
  });
});
