import { nextStep, POST_OPENS_MS, type TestStanding } from './test-phase.js';

const START = new Date('2027-01-15T09:25:00Z');
const later = (ms: number): Date => new Date(START.getTime() + ms);
const NOTHING: TestStanding = { pre: undefined, post: undefined, learnedAt: undefined };
const pre = { at: START, method: 'screen' } as const;

describe('nextStep', () => {
  it.each<[string, Partial<TestStanding>, Date, string]>([
    ['the first test to somebody new', {}, START, 'pre'],
    ['the second to somebody who began without the first', { learnedAt: START }, START, 'post'],
    ['to wait right after the first', { pre }, later(1), 'early'],
    ['to wait while only what came before was learned', { pre, learnedAt: START }, later(1), 'early'],
    ['the second once something was learned', { pre, learnedAt: later(1) }, later(2), 'post'],
    ['the second three hours later', { pre }, later(POST_OPENS_MS), 'post'],
    [
      'to be asked aloud again',
      { pre: { at: START, method: 'read-aloud' } },
      later(POST_OPENS_MS),
      'read-aloud',
    ],
    ['the result', { pre, post: { method: 'screen' } }, START, 'done'],
    ['the result of the second alone', { post: { method: 'read-aloud' } }, START, 'done'],
  ])('gives %s', (_what, standing, now, step) =>
    expect(nextStep({ ...NOTHING, ...standing }, now)).toBe(step),
  );
});
