import type { LocalizedText, QuizItem } from '../courses/public.js';
import { itemStatistics, signatureOf } from './item-statistics.js';

const text = (words: string): LocalizedText => ({ fr: words, ar: words });
const choice = (id: string) => ({ id, text: text(id), feedback: text(id) });
const ITEM: QuizItem = {
  ...{ id: 'item', kind: 'single', prompt: text('?'), reason: text('!') },
  choices: ['a', 'b', 'c'].map(choice),
  key: 'b',
};

describe('itemStatistics', () => {
  it('gives the share of right first answers and the commonest wrong one', () => {
    const counted = [
      { answer: 'a', count: 1 },
      { answer: 'c', count: 3 },
      { answer: 'b', count: 5 },
      { answer: null, count: 1 },
    ];
    expect(itemStatistics(ITEM, counted)).toEqual({
      itemId: 'item',
      n: 10,
      difficulty: 0.5,
      commonestWrong: { answer: 'c', share: 0.3 },
    });
  });

  it('says nothing of four people', () => {
    expect(itemStatistics(ITEM, [{ answer: 'a', count: 4 }])).toEqual({
      itemId: 'item',
      n: 4,
      difficulty: null,
      commonestWrong: null,
    });
    expect(itemStatistics(ITEM, [{ answer: 'b', count: 5 }])).toMatchObject({
      n: 5,
      difficulty: 1,
      commonestWrong: null,
    });
  });
});

describe('signatureOf', () => {
  it('stays when words change, and goes when the question does', () => {
    expect(signatureOf({ ...ITEM, prompt: text('other') })).toBe(signatureOf(ITEM));
    expect(signatureOf({ ...ITEM, key: 'a' })).not.toBe(signatureOf(ITEM));
    expect(signatureOf({ ...ITEM, choices: ['a', 'b'].map(choice) })).not.toBe(signatureOf(ITEM));
  });
});
