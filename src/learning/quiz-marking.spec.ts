import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import type { LocalizedText, QuizBlock, QuizItem } from '../courses/public.js';
import { type Answer, isRight, markQuiz, numberOf, readAnswers } from './quiz-marking.js';

const text = (words: string): LocalizedText => ({ fr: words, ar: words });
const piece = (id: string) => ({ id, text: text(id) });
const choice = (id: string) => ({ ...piece(id), feedback: text(`feedback ${id}`) });
const base = (id: string) => ({ id, prompt: text(id), reason: text(`reason ${id}`) });
const IDS = ['a', 'b', 'c', 'd'];

const SINGLE: QuizItem = { ...base('single'), kind: 'single', choices: IDS.map(choice), key: 'b' };
const MULTIPLE: QuizItem = {
  ...base('multiple'),
  kind: 'multiple',
  choices: IDS.map(choice),
  key: ['a', 'c'],
};
const BOOLEAN: QuizItem = {
  ...base('boolean'),
  ...{ kind: 'boolean', key: false },
  feedback: { true: text('feedback true'), false: text('feedback false') },
};
const NUMBER: QuizItem = { ...base('number'), kind: 'number', key: 12.5, tolerance: 0.1 };
const ORDER: QuizItem = {
  ...base('order'),
  kind: 'order',
  choices: IDS.map(piece),
  key: ['c', 'a', 'd', 'b'],
};
const MATCH: QuizItem = {
  ...base('match'),
  kind: 'match',
  choices: ['x', 'y'].map(piece),
  options: IDS.map(piece),
  key: { x: 'd', y: 'a' },
};
const PICTURE: QuizItem = {
  ...base('picture'),
  kind: 'picture',
  choices: IDS.map((id) => ({ ...choice(id), image: { file: 'images/x.svg', alt: text(id) } })),
  key: 'd',
};
const QUIZ: QuizBlock = {
  ...{ kind: 'quiz', id: 'quiz', title: text('Quiz'), pass: 60 },
  items: [SINGLE, MULTIPLE, BOOLEAN, NUMBER, ORDER, MATCH, PICTURE],
};
const KEYS = Object.fromEntries(QUIZ.items.map((item) => [item.id, item.key]));

const read = (given: unknown) => readAnswers(QUIZ, given);
const codeOf = (id: string, value: unknown) => read({ [id]: value }).errors[0]?.code;
const valueOf = (id: string, value: unknown) => read({ [id]: value }).answers[id];

describe('numberOf', () => {
  it.each<[unknown, number | undefined]>([
    ['12,5', 12.5],
    ['12.5', 12.5],
    ['١٢٫٥', 12.5],
    ['١٢,٥', 12.5],
    ['۱۲٫۵', 12.5],
    ['۱۲.۵', 12.5],
    [' 12,5 ', 12.5],
    ['1 250,5', 1250.5],
    ['1\u202f250', 1250],
    ['١٬٢٥٠', 1250],
    ['-3', -3],
    [',5', 0.5],
    [12.5, 12.5],
    ['', undefined],
    ['12,5 DH', undefined],
    ['1,2,3', undefined],
    ['١٢٫٥٫٦', undefined],
    ['1e5', undefined],
    ['NaN', undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [null, undefined],
    [['12'], undefined],
  ])('reads %p as %p', (given, expected) => expect(numberOf(given)).toBe(expected));
});

describe('readAnswers', () => {
  it('takes each kind in each of its shapes', () => {
    expect(valueOf('multiple', ['c', 'a'])).toEqual(['a', 'c']);
    expect(valueOf('boolean', 'false')).toBe(false);
    expect(valueOf('order', ['d', 'c', 'b', 'a'])).toEqual(['d', 'c', 'b', 'a']);
    expect(valueOf('match', { y: 'b', x: 'b' })).toEqual({ x: 'b', y: 'b' });
    expect(
      valueOf('match', [
        ['y', 'b'],
        ['x', 'a'],
      ]),
    ).toEqual({ x: 'a', y: 'b' });
    expect(valueOf('picture', 'd')).toBe('d');
  });

  it.each<[string, unknown, string]>([
    ['single', 'z', 'not-a-choice'],
    ['single', 3, 'not-text'],
    ['single', '', 'required'],
    ['picture', ['a'], 'not-text'],
    ['multiple', 'a', 'not-a-list'],
    ['multiple', ['a', 'a'], 'repeated'],
    ['boolean', 'oui', 'not-a-yes-or-no'],
    ['number', 'beaucoup', 'not-a-number'],
    ['order', 'a', 'not-a-list'],
    ['order', ['a', 'b', 'c'], 'too-few'],
    ['order', ['a', 'b', 'c', ''], 'too-few'],
    ['order', ['a', 'b', 'c', 'c'], 'repeated'],
    ['order', ['a', 'b', 'c', 'z'], 'not-a-choice'],
    ['match', 'a', 'not-an-object'],
    ['match', [['x']], 'not-an-object'],
    ['match', { x: 'a' }, 'too-few'],
    ['match', { x: 'a', y: '' }, 'too-few'],
    ['match', { x: 'a', y: 'z' }, 'not-a-choice'],
    ['match', { x: 'a', y: 'a', z: 'a' }, 'not-a-choice'],
    [
      'match',
      [
        ['x', 'a'],
        ['x', 'b'],
        ['y', 'b'],
      ],
      'repeated',
    ],
    ['match', JSON.parse('{"__proto__":"a","x":"a"}'), 'not-a-choice'],
    ['nothing', 'a', 'unknown-field'],
  ])('refuses %s answered by %j', (id, value, code) => expect(codeOf(id, value)).toBe(code));

  it('never throws, whatever is sent', () => {
    holds(
      fc.property(
        fc.dictionary(fc.constantFrom(...QUIZ.items.map(({ id }) => id)), fc.anything()),
        (given) => {
          const { answers, errors } = read(given);
          expect(Object.keys(answers).length + errors.length).toBeGreaterThanOrEqual(
            Object.keys(given).length,
          );
        },
      ),
    );
  });
});

describe('markQuiz', () => {
  it('gives every point to the keys, and none for nothing', () => {
    const { answers, errors } = read(KEYS);
    expect(errors).toEqual([]);
    expect(markQuiz(QUIZ, answers)).toMatchObject({ score: 7, max: 7, passed: true });
    expect(markQuiz(QUIZ, {})).toMatchObject({ score: 0, max: 7, passed: false });
  });

  it('passes at the mark and not below it', () => {
    const half = { ...QUIZ, items: QUIZ.items.slice(0, 5) };
    const right = (n: number) =>
      Object.fromEntries(half.items.slice(0, n).map((item) => [item.id, item.key]));
    expect([markQuiz(half, right(3)).passed, markQuiz(half, right(2)).passed]).toEqual([true, false]);
  });

  it('marks an order and pairs as a whole', () => {
    expect([isRight(ORDER, ['c', 'a', 'd', 'b']), isRight(ORDER, ['c', 'a', 'b', 'd'])]).toEqual([
      true,
      false,
    ]);
    expect([isRight(MATCH, { y: 'a', x: 'd' }), isRight(MATCH, { x: 'd', y: 'd' })]).toEqual([true, false]);
  });

  it('allows a number its tolerance, both ends included', () => {
    const marks = [12.4, 12.6, 12.39, 12.61].map((value) => isRight(NUMBER, value));
    expect(marks).toEqual([true, true, false, false]);
  });

  it('tells why for what was chosen, then the reason', () => {
    const { items } = markQuiz(QUIZ, { single: 'a', picture: 'd' });
    expect(items[0]?.texts.map(({ fr }) => fr)).toEqual(['feedback a', 'reason single']);
    expect(items.at(-1)).toMatchObject({ correct: true });
    const saidOf = (answer: boolean) =>
      markQuiz(QUIZ, { boolean: answer }).items[2]?.texts.map(({ fr }) => fr);
    expect([saidOf(true), saidOf(false)]).toEqual([
      ['feedback true', 'reason boolean'],
      ['feedback false', 'reason boolean'],
    ]);
    expect(items[2]?.texts.map(({ fr }) => fr)).toEqual(['reason boolean']);
    expect(items[4]?.texts.map(({ fr }) => fr)).toEqual(['reason order']);
  });

  const answers = fc.record<Record<string, Answer>>(
    {
      single: fc.constantFrom(...IDS),
      multiple: fc.subarray(IDS),
      boolean: fc.boolean(),
      number: fc.double({ min: 0, max: 25, noNaN: true }),
      order: fc.shuffledSubarray(IDS, { minLength: 4 }),
      match: fc.record({ x: fc.constantFrom(...IDS), y: fc.constantFrom(...IDS) }),
      picture: fc.constantFrom(...IDS),
    },
    { requiredKeys: [] },
  );

  it('is the sum of its items, each marked by itself, in any order of the answers', () => {
    holds(
      fc.property(answers, (given) => {
        const marking = markQuiz(QUIZ, given);
        const alone = QUIZ.items.map((item) => markQuiz({ ...QUIZ, items: [item] }, given).score);
        expect(marking.score).toBe(alone.reduce((sum, score) => sum + score, 0));
        expect(markQuiz(QUIZ, Object.fromEntries(Object.entries(given).reverse()))).toEqual(marking);
      }),
    );
  });

  it('never loses a point by answering one more item rightly', () => {
    holds(
      fc.property(answers, fc.constantFrom(...QUIZ.items), (given, item) => {
        const better = markQuiz(QUIZ, { ...given, [item.id]: item.key });
        expect(better.score).toBeGreaterThanOrEqual(markQuiz(QUIZ, given).score);
      }),
    );
  });
});
