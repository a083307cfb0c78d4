import { TestClock } from '../../../test/support/test-clock.js';
import { Clock } from './clock.js';

describe('Clock', () => {
  it('tells the present', () => {
    const before = Date.now();
    const now = new Clock().now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('can be moved by a test, and what it gave cannot move it', () => {
    const clock = new TestClock('2026-09-20T00:59:00Z');
    clock.advance(60_000);
    expect(clock.now().toISOString()).toBe('2026-09-20T01:00:00.000Z');
    clock.now().setTime(0);
    expect(clock.now().toISOString()).toBe('2026-09-20T01:00:00.000Z');
    clock.set(new Date('2021-12-13T08:00:00Z'));
    expect(clock.now().getTime()).toBe(Date.UTC(2021, 11, 13, 8));
    expect(() => clock.set('tomorrow')).toThrow(RangeError);
  });
});
