import { formatFile, formatSize } from './format-size.js';

describe('the size of a file in words', () => {
  it.each([
    [0, 'fr', '1 Ko'],
    [239_700, 'fr', '240 Ko'],
    [999_499, 'fr', '999 Ko'],
    [999_500, 'fr', '1,0 Mo'],
    [10_485_760, 'fr', '10,5 Mo'],
    [10_000_000, 'fr', '10 Mo'],
    [239_700, 'en', '240 KB'],
    [1_234_567, 'en', '1.2 MB'],
    [239_700, 'ar', '240 كيلو'],
    [1_234_567, 'ar', '1,2 ميغا'],
  ] as const)('%d bytes in %s', (bytes, locale, words) => {
    expect(formatSize(bytes, locale)).toBe(words);
  });
});

describe('a file in words', () => {
  it('keeps its Latin type apart from Arabic, so that the size stays behind it', () => {
    expect(formatFile('files/a.pdf', 240_000, 'fr')).toBe('PDF, 240 Ko');
    expect(formatFile('files/a.pdf', 240_000, 'ar')).toMatch(/^[\u2066-\u2068]PDF\u2069، 240 كيلو$/);
  });
});
