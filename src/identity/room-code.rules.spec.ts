import { secondsUntilNext, STAFF_ROLES } from './room-code.rules.js';

const NOW = new Date('2027-01-15T09:00:00Z');
const ago = (...minutes: number[]): Date[] => minutes.map((m) => new Date(NOW.getTime() - m * 60_000));

describe('how many room codes one person gets', () => {
  it.each([
    ['none yet', [], 0],
    ['four in this hour', ago(1, 2, 3, 4), 0],
    ['five in this hour, the first 20 min ago', ago(1, 2, 3, 4, 20), 40 * 60],
    ['five, the first exactly an hour ago', ago(1, 2, 3, 4, 60), 0],
    ['fifteen today, spread out', ago(...Array.from({ length: 15 }, (_, i) => 90 + i * 20)), 1070 * 60],
    ['fifteen, the first a day ago', ago(...Array.from({ length: 14 }, (_, i) => 90 + i * 20), 24 * 60), 0],
  ])('%s', (_, shownAt, seconds) => {
    expect(secondsUntilNext(shownAt, NOW)).toBe(seconds);
  });

  it('rounds a part of a second up, so that nobody is told to come too early', () => {
    const first = new Date(NOW.getTime() - 3_599_500);
    expect(secondsUntilNext([...ago(1, 2, 3, 4), first], NOW)).toBe(1);
  });
});

describe('who enters by no room code', () => {
  it('is everybody with a role of the staff, and no learner', () => {
    expect([...STAFF_ROLES].sort()).toEqual([
      ...['admin', 'auditor', 'coordinator', 'external-trainer', 'funder', 'manager', 'partner', 'trainer'],
    ]);
  });
});
