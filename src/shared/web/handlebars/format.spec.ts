import { formatMoney, formatNumber, formatPercent, isolate, isolateDigits, pickText } from './format.js';
import { formatPhone } from './phone-text.js';

describe('numbers as Morocco writes them', () => {
  it.each([
    [123450, 'fr', '1\u202f234,50\u00a0DH'],
    [123450, 'ar', '1.234,50\u00a0درهم'],
    [123450, 'en', '1,234.50\u00a0DH'],
    [50000000, 'fr', '500\u202f000,00\u00a0DH'],
    [5, 'fr', '0,05\u00a0DH'],
    [-1, 'fr', '−0,01\u00a0DH'],
    [0, 'ar', '0,00\u00a0درهم'],
  ] as const)('%i centimes in %s', (centimes, locale, text) => {
    expect(formatMoney(centimes, locale)).toBe(text);
  });

  it('leaves out the zeros of whole dirhams only when asked, and never real centimes', () => {
    expect(formatMoney(50000000, 'fr', true)).toBe('500\u202f000\u00a0DH');
    expect(formatMoney(50000010, 'fr', true)).toBe('500\u202f000,10\u00a0DH');
  });

  it('keeps Latin digits, groups by three and shows a dash for what is no number', () => {
    expect(formatNumber(1234567, 'ar')).toBe('1.234.567');
    expect(formatNumber(999, 'fr')).toBe('999');
    expect(formatNumber(7.5, 'fr')).toBe('7,5');
    expect(formatNumber(2, 'en', 1)).toBe('2.0');
    expect(formatNumber(-0.001, 'fr', 1)).toBe('0,0');
    expect(formatNumber(Number.NaN, 'fr')).toBe('–');
  });

  it('keeps the percent sign behind its digits after an Arabic word', () => {
    expect(formatPercent(42, 'fr')).toBe('42\u00a0%');
    expect(formatPercent(42, 'ar')).toBe('\u206642%\u2069');
  });
});

describe('telephone numbers', () => {
  it.each([
    ['+212612345678', '06 12 34 56 78'],
    ['+212539000000', '05 39 00 00 00'],
    ['+33612345678', '+33 6 12 34 56 78'],
    ['not a number', 'not a number'],
  ])('%s', (e164, text) => {
    expect(formatPhone(e164)).toBe(text);
  });
});

describe('texts in several languages', () => {
  it('takes the reader’s language, else the nearest, else nothing', () => {
    expect(pickText({ fr: 'Poterie', ar: 'الخزف' }, 'ar')).toEqual({ text: 'الخزف', locale: 'ar' });
    expect(pickText({ ar: 'الخزف' }, 'fr')).toEqual({ text: 'الخزف', locale: 'ar' });
    expect(pickText({ ar: 'الخزف', fr: '' }, 'fr')).toEqual({ text: 'الخزف', locale: 'ar' });
    expect(pickText({ ar: 'الخزف', en: 'Pottery' }, 'fr')).toEqual({ text: 'Pottery', locale: 'en' });
    expect(pickText(null, 'fr')).toEqual({ text: '', locale: 'fr' });
  });

  it('isolates only what is of the other script', () => {
    expect(isolate('Tétouan', 'ar')).toBe('\u2068Tétouan\u2069');
    expect(isolate('06 12 34 56 78', 'ar')).toBe('\u206806 12 34 56 78\u2069');
    expect(isolate('تطوان', 'ar')).toBe('تطوان');
    expect(isolate('Tétouan', 'fr')).toBe('Tétouan');
    expect(isolate('تطوان', 'fr')).toBe('\u2068تطوان\u2069');
  });

  it('keeps the groups of a number in order inside an Arabic sentence, once', () => {
    expect(isolateDigits('مثل 06 12 34 56 78.', 'ar')).toBe('مثل \u206606 12 34 56 78\u2069.');
    expect(isolateDigits('مثل \u206806 12 34 56 78\u2069.', 'ar')).toBe('مثل \u206806 12 34 56 78\u2069.');
    expect(isolateDigits('يوم 15 دجنبر 2027', 'ar')).toBe('يوم 15 دجنبر 2027');
    expect(isolateDigits('comme 06 12 34 56 78', 'fr')).toBe('comme 06 12 34 56 78');
  });
});
