import { countWords, sentencesOf, sentenceWarnings } from './sentences.js';

describe('sentences', () => {
  it('counts words in both scripts, not dashes or marks', () => {
    expect(countWords("Qui achète ? — L'amie de Salma !")).toBe(5);
    expect(countWords('من يشتري ؟ زبون واحد.')).toBe(4);
  });

  it('ends at marks of both scripts and at lines, not inside numbers', () => {
    expect(sentencesOf('Un prix de 12.5 DH. Bien ? Oui\nnon')).toEqual([
      'Un prix de 12.5 DH.',
      'Bien ?',
      'Oui',
      'non',
    ]);
    expect(sentencesOf('من يشتري؟ زبون واحد؛ لا أكثر.')).toHaveLength(3);
  });

  it('warns above 20 words, and when the median is above 12', () => {
    const words = (count: number): string => `${Array(count).fill('mot').join(' ')}.`;
    expect(sentenceWarnings(words(12))).toEqual([]);
    expect(sentenceWarnings([words(20), words(3), words(4)].join(' '))).toEqual([]);
    expect(sentenceWarnings([words(21), words(3), words(4)].join(' '))).toHaveLength(1);
    expect(sentenceWarnings(words(13))).toEqual(['the median sentence has 13 words (at most 12)']);
  });
});
