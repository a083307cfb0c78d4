import { lettersNotInFonts } from './letters-not-in-fonts.js';

describe('lettersNotInFonts', () => {
  it('names each letter once, also those that are named by number', () => {
    const says = (text: string): string => `"the text \`\\"${text}\\"\` could not be displayed"`;
    const message = [says('🧶'), says('👩\\\\u{200d}🌾🧶')].join('\n');
    expect([...lettersNotInFonts(message)]).toEqual(['🧶', '👩', '\u200d', '🌾']);
  });

  it('names none when the print failed for another reason', () => {
    expect(lettersNotInFonts('missing document date')).toBe('');
  });
});
