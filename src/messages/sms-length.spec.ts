import fc from 'fast-check';
import { measureSms, smsSegments } from './gsm-text.js';

const times = (letter: string, count: number): string => letter.repeat(count);

/** What, the text, its alphabet, its places and its SMS: worked out by hand from GSM 03.38 and 3GPP 23.040. */
const BY_HAND: [string, string, 'gsm' | 'ucs2', number, number][] = [
  ['an empty text', '', 'gsm', 0, 1],
  ['plain letters', 'Bonjour', 'gsm', 7, 1],
  ['a line break', 'a\nb', 'gsm', 3, 1],
  ['French with é and à', 'Place réservée à Tétouan', 'gsm', 24, 1],
  ['the odd letters of the alphabet', '@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ', 'gsm', 29, 1],
  ['the extension table', '^{}\\[~]|€', 'gsm', 18, 1],
  ['a form feed', '\f', 'gsm', 2, 1],
  ['square brackets', "[M'diq]", 'gsm', 9, 1],
  ['160 letters', times('a', 160), 'gsm', 160, 1],
  ['161 letters', times('a', 161), 'gsm', 161, 2],
  ['160 é', times('é', 160), 'gsm', 160, 1],
  ['306 letters', times('a', 306), 'gsm', 306, 2],
  ['307 letters', times('a', 307), 'gsm', 307, 3],
  ['459 letters', times('a', 459), 'gsm', 459, 3],
  ['460 letters', times('a', 460), 'gsm', 460, 4],
  ['80 €', times('€', 80), 'gsm', 160, 1],
  ['81 €', times('€', 81), 'gsm', 162, 2],
  ['152 €, 76 in a part', times('€', 152), 'gsm', 304, 2],
  ['153 €, none of them cut', times('€', 153), 'gsm', 306, 3],
  ['€ at the end of 160', `${times('a', 158)}€`, 'gsm', 160, 1],
  ['€ across 160', `${times('a', 159)}€`, 'gsm', 161, 2],
  ['€ across the end of a part, with room', `${times('a', 152)}€${times('a', 151)}`, 'gsm', 305, 2],
  ['€ across the end of a part, without', `${times('a', 152)}€${times('a', 152)}`, 'gsm', 306, 3],
  ['€ just before the end of a part', `${times('a', 151)}€${times('a', 153)}`, 'gsm', 306, 2],
  ['a ç', 'ç', 'ucs2', 1, 1],
  ['a grave accent alone', '`', 'ucs2', 1, 1],
  ['a Greek letter that has no place', 'α', 'ucs2', 1, 1],
  ['marks of direction', '\u2068Ali\u2069', 'ucs2', 5, 1],
  ['one ê in 70', `${times('a', 69)}ê`, 'ucs2', 70, 1],
  ['one ê in 71', `${times('a', 70)}ê`, 'ucs2', 71, 2],
  ['€ takes one place beside ’', `${times('€', 69)}’`, 'ucs2', 70, 1],
  ['Arabic', 'سلام', 'ucs2', 4, 1],
  ['Arabic with vowel signs', 'م\u064fحم\u0651د', 'ucs2', 6, 1],
  ['Arabic with a time', 'قرب 12:30', 'ucs2', 9, 1],
  ['70 Arabic letters', times('ع', 70), 'ucs2', 70, 1],
  ['71 Arabic letters', times('ع', 71), 'ucs2', 71, 2],
  ['134 Arabic letters', times('ع', 134), 'ucs2', 134, 2],
  ['135 Arabic letters', times('ع', 135), 'ucs2', 135, 3],
  ['201 Arabic letters', times('ع', 201), 'ucs2', 201, 3],
  ['202 Arabic letters', times('ع', 202), 'ucs2', 202, 4],
  ['35 pairs', times('😀', 35), 'ucs2', 70, 1],
  ['36 pairs', times('😀', 36), 'ucs2', 72, 2],
  ['66 pairs, 33 in a part', times('😀', 66), 'ucs2', 132, 2],
  ['67 pairs, none of them cut', times('😀', 67), 'ucs2', 134, 3],
  ['a pair across the end of a part, with room', `${times('ع', 66)}😀${times('ع', 65)}`, 'ucs2', 133, 2],
  ['a pair across the end of a part, without', `${times('ع', 66)}😀${times('ع', 66)}`, 'ucs2', 134, 3],
  ['a pair just before the end of a part', `${times('ع', 65)}😀${times('ع', 67)}`, 'ucs2', 134, 2],
];

describe('the length of an SMS', () => {
  it.each(BY_HAND)('of %s is what it was by hand', (_what, text, encoding, units, segments) => {
    expect(measureSms(text)).toEqual({ encoding, units, segments });
  });

  it('is never less than the places need, nor more than one lost in each part explains', () => {
    const letters = fc.array(fc.constantFrom('a', 'é', '€', '[', 'ع', '😀'), { maxLength: 700 });
    fc.assert(
      fc.property(letters, (some) => {
        const { encoding, units, segments } = measureSms(some.join(''));
        const [single, part] = encoding === 'gsm' ? [160, 153] : [70, 67];
        if (units <= single) return expect(segments).toBe(1);
        expect(segments).toBeGreaterThanOrEqual(Math.ceil(units / part));
        expect(segments).toBeLessThanOrEqual(Math.ceil(units / (part - 1)));
      }),
    );
  });

  it('never shrinks when something is added', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', '€', 'ع', '😀'), maxLength: 400 });
    fc.assert(
      fc.property(letters, letters, (text, more) => {
        expect(smsSegments(text + more)).toBeGreaterThanOrEqual(smsSegments(text));
      }),
    );
  });
});
