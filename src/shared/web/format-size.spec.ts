import { formatSize } from './format-size.js';

describe('the size of a file in words', () => {
  it.each([
    [0, 'fr', '1 Ko'],
    [239_700, 'fr', '240 Ko'],
    [999_499, 'fr', '999 Ko'],
    [999_500, 'fr', '1,0 Mo'],
    [10_485_760, 'fr', '10,5 Mo'],
    [239_700, 'en', '240 KB'],
    [1_234_567, 'en', '1.2 MB'],
    [239_700, 'ar', '240 كيلو'],
    [1_234_567, 'ar', '1,2 ميغا'],
  ] as const)('%d bytes in %s', (bytes, locale, words) => {
    expect(formatSize(bytes, locale)).toBe(words);
  });
});
