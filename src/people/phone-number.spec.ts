import fc from 'fast-check';
import { type CountryCode, getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { holds } from '../../test/support/property.js';
import { formatPhone, maskPhone, parsePhone } from './phone-number.js';

describe('one number, written as people write it', () => {
  it.each([
    '06 12 34 56 78',
    '0612345678',
    '+212612345678',
    '00212612345678',
    '212612345678',
    '612345678',
    '06.12.34.56.78',
    '06-12-34-56-78',
    '06/12/34/56/78',
    '06–12—34−56‐78',
    '(06) 12 34 56 78',
    '+212 (0)6 12 34 56 78',
    '+2120612345678',
    '00 212 6 12 34 56 78',
    '+00212612345678',
    '  0612345678\n',
    '06\u00a012\u202f34\u200956 78',
    '\u202a+212612345678\u202c',
    '\u200e06\u200f12345678\u2066\u2069\ufeff',
    '٠٦١٢٣٤٥٦٧٨',
    '۰۶۱۲۳۴۵۶۷۸',
    '٠٦ ١٢ ٣٤ ٥٦ ٧٨',
    '+٢١٢٦١٢٣٤٥٦٧٨',
    '０６１２３４５６７８',
    '＋212612345678',
  ])('%p', (input) => {
    expect(parsePhone(input)).toEqual({
      e164: '+212612345678',
      country: 'MA',
      kind: 'mobile',
      sms: true,
      unusual: false,
    });
  });
});

describe('kinds', () => {
  it.each([
    ['0712345678', '+212712345678', 'MA', 'mobile', true, false],
    ['0522123456', '+212522123456', 'MA', 'fixed', false, false],
    ['0539912345', '+212539912345', 'MA', 'fixed', false, false],
    ['0528891234', '+212528891234', 'MA', 'fixed', false, false],
    ['0512345678', '+212512345678', 'MA', 'fixed', false, true],
    ['0539123456', '+212539123456', 'MA', 'fixed', false, true],
    ['0801234567', '+212801234567', 'MA', 'toll-free', false, false],
    ['0890123456', '+212890123456', 'MA', 'unknown', false, false],
    ['0808123456', '+212808123456', 'MA', 'unknown', false, false],
    ['0412345678', '+212412345678', 'MA', 'unknown', false, true],
    ['+33612345678', '+33612345678', 'FR', 'mobile', true, false],
    ['0033612345678', '+33612345678', 'FR', 'mobile', true, false],
    ['+33 1 42 68 53 00', '+33142685300', 'FR', 'fixed', false, false],
    ['+34612345678', '+34612345678', 'ES', 'mobile', true, false],
    ['+34 912 34 56 78', '+34912345678', 'ES', 'fixed', false, false],
    ['+32470123456', '+32470123456', 'BE', 'mobile', true, false],
    ['+14155552671', '+14155552671', 'US', 'unknown', true, false],
    ['+445612345678', '+445612345678', 'GB', 'unknown', false, false],
    ['+447012345678', '+447012345678', 'GB', 'unknown', true, false],
    ['+80012345678', '+80012345678', null, 'toll-free', false, false],
  ] as const)('%s', (input, e164, country, kind, sms, unusual) => {
    expect(parsePhone(input)).toEqual({ e164, country, kind, sms, unusual });
  });

  it('takes every 06 and 07 range for a mobile, also those newer than the metadata', () => {
    for (let range = 600; range < 800; range++) {
      expect(parsePhone(`0${range}123456`)).toMatchObject({ kind: 'mobile', sms: true, country: 'MA' });
    }
  });

  it('keeps every 05 number without text messages, and every nine digits as possible', () => {
    for (let range = 100; range < 1000; range++) {
      const parsed = parsePhone(`+212${range}123456`);
      expect(parsed).toMatchObject({ e164: `+212${range}123456`, country: 'MA' });
      if (range >= 500 && range < 600) expect(parsed).toMatchObject({ kind: 'fixed', sms: false });
    }
  });

  it('reads national numbers of another country when told', () => {
    expect(parsePhone('06 12 34 56 78', 'FR')).toMatchObject({ e164: '+33612345678', country: 'FR' });
    expect(parsePhone('+212612345678', 'FR')).toMatchObject({ country: 'MA' });
    expect(parsePhone('00212612345678', 'US')).toMatchObject({ country: 'MA' });
  });
});

describe('what cannot be a number', () => {
  it.each([
    ['', 'phone-empty'],
    ['   ', 'phone-empty'],
    ['\u200f--', 'phone-empty'],
    ['abc', 'phone-not-a-number'],
    ['+', 'phone-not-a-number'],
    ['++212612345678', 'phone-not-a-number'],
    ['06+12345678', 'phone-not-a-number'],
    ['0612345678 (Fatima)', 'phone-not-a-number'],
    ['2,12613E+11', 'phone-not-a-number'],
    ['2.12613E+11', 'phone-not-a-number'],
    ['0612\u0000345678', 'phone-not-a-number'],
    ['<b>0612345678</b>', 'phone-not-a-number'],
    ['0612', 'phone-too-short'],
    ['061234567', 'phone-too-short'],
    ['+212061234567', 'phone-too-short'],
    ['12345', 'phone-too-short'],
    ['+33612', 'phone-too-short'],
    ['06123456789', 'phone-too-long'],
    ['0662123456 / 0612345678', 'phone-too-long'],
    ['+212612345678901', 'phone-too-long'],
    ['1'.repeat(10_000), 'phone-too-long'],
    ['😀'.repeat(10_000), 'phone-too-long'],
    ['+999123456789', 'phone-country-unknown'],
  ] as const)('%p is refused', (input, invalid) => expect(parsePhone(input)).toEqual({ invalid }));
});

it('looks at 64 characters and no more', () => {
  expect(parsePhone(`${' '.repeat(54)}0612345678`)).toMatchObject({ e164: '+212612345678' });
  expect(parsePhone(`${' '.repeat(54)}06123456 78`)).toEqual({ invalid: 'phone-too-long' });
});

describe('shown', () => {
  it.each([
    ['+212612345678', '06 12 34 56 78', '06 •• •• •• 78'],
    ['+212522123456', '05 22 12 34 56', '05 •• •• •• 56'],
    ['+33612345678', '+33 6 12 34 56 78', '+33 6 •• •• •• 78'],
    ['+34612345678', '+34 612 34 56 78', '+34 6•• •• •• 78'],
    ['+14155552671', '+1 415 555 2671', '+1 4•• ••• ••71'],
  ])('%s', (e164, shown, masked) => {
    expect(formatPhone(e164)).toBe(shown);
    expect(maskPhone(e164)).toBe(masked);
  });

  it('gives back what is not E.164, and masks it but for two digits', () => {
    expect(formatPhone('12')).toBe('12');
    expect(formatPhone('hello')).toBe('hello');
    expect(maskPhone('+999123456')).toBe('+9••••••56');
  });
});

describe('for any number', () => {
  const moroccan = fc.integer({ min: 100_000_000, max: 999_999_999 }).map((national) => `+212${national}`);
  const foreign = fc
    .tuple(fc.constantFrom(...getCountries()), fc.integer({ min: 0, max: 999 }))
    .map(([country, tail]) => {
      const number = getExampleNumber(country as CountryCode, examples)?.number ?? '+33612345678';
      return number.slice(0, -3) + String(tail).padStart(3, '0');
    });
  const number = fc.oneof(moroccan, foreign);

  it('what is shown is read as the same number', () => {
    holds(
      fc.property(number, (e164) => {
        const parsed = parsePhone(e164);
        fc.pre(parsed.invalid === undefined);
        expect(parsePhone(formatPhone(e164))).toEqual(parsed);
        if (parsed.invalid === undefined) expect(formatPhone(parsed.e164)).toBe(formatPhone(e164));
      }),
    );
  });

  it('signs of writing and other digits change nothing', () => {
    const sign = fc.constantFrom('', ' ', '.', '-', '/', '\u200f', '\u00a0', '–', ' - ');
    const digits = fc.constantFrom('0123456789', '٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹');
    holds(
      fc.property(moroccan, digits, fc.array(sign, { minLength: 10, maxLength: 10 }), (e164, set, signs) => {
        const national = `0${e164.slice(4)}`;
        const written = [...national]
          .map((digit, n) => (set[Number(digit)] ?? '') + (signs[n] ?? ''))
          .join('');
        expect(parsePhone(written)).toEqual(parsePhone(e164));
      }),
    );
  });

  it('a mask hides all but the country, one digit and the last two', () => {
    holds(
      fc.property(number, (e164) => {
        const masked = maskPhone(e164);
        expect(masked.length).toBe(formatPhone(e164).length);
        expect(masked.slice(-2)).toBe(e164.slice(-2));
        const parsed = parsePhone(e164);
        if (parsed.invalid === undefined && parsed.country === 'MA')
          expect(masked).toMatch(/^0\d •• •• •• \d\d$/);
        else expect(masked.match(/•/g)?.length ?? 0).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('any text gives a number or a reason', () => {
    holds(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom(...'+0123456789 ()-.٠١٦/') }),
        ),
        (text) => {
          const parsed = parsePhone(text);
          if (parsed.invalid === undefined) expect(parsed.e164).toMatch(/^\+[1-9]\d{4,16}$/);
          else expect(parsed.invalid).toMatch(/^phone-[a-z-]+$/);
        },
      ),
    );
  });
});
