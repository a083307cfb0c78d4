import { sentenceWarnings } from '../course-file/sentences.js';
import { codeOf } from './draft-finding.js';

describe('what the readers warn of', () => {
  it('is said to authors in their language, whatever words it quotes', () => {
    const [long, median] = sentenceWarnings(`captions are missing ${'mot '.repeat(20)}.`);
    expect([long, median].map((warning) => codeOf(`text.fr: ${warning}`))).toEqual([
      { code: 'long-sentence', params: { have: '23', max: '20' } },
      { code: 'long-sentences', params: { have: '23', max: '12' } },
    ]);
    expect(codeOf('feedback of the answer "true" is not written').code).toBe('no-feedback');
  });
});
