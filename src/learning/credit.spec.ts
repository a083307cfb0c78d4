import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import { allowanceMs, byTime, interpret, unverifiedMs, type WatchEvent } from './credit.js';
import { lengthOf, type Stretch, union } from './watched.js';

const MINUTE_MS = 60_000;
const DURATION_MS = 10 * MINUTE_MS;

const edge = fc.integer({ min: 0, max: DURATION_MS });
/** Few ids and instants, so that repetitions and ties happen. */
const event: fc.Arbitrary<WatchEvent> = fc
  .record({
    id: fc.integer({ min: 0, max: 9 }).map((n) => `id-${n}`),
    atMs: fc.integer({ min: 0, max: 8 }).map((n) => n * 20_000),
    claim: fc.array(fc.tuple(edge, edge), { maxLength: 3 }).map((all) => union(all)),
    positionMs: edge,
  })
  .map((one) => one);
const events = fc.uniqueArray(event, { selector: ({ id }) => id, maxLength: 10 });

const watch = (id: string, atMs: number, claim: Stretch[], positionMs = 0): WatchEvent => ({
  id,
  atMs,
  claim,
  positionMs,
});

describe('what an event may credit', () => {
  it('is twice the time since the one before, and 30 seconds', () => {
    expect([allowanceMs(), allowanceMs(0), allowanceMs(10_000), allowanceMs(MINUTE_MS)]).toEqual([
      30_000, 30_000, 50_000, 150_000,
    ]);
  });
});

describe('the order of events', () => {
  it('is by time, then by id', () => {
    const [a, b, later] = [watch('a', 0, []), watch('b', 0, []), watch('0', 1, [])];
    expect([byTime(a, b), byTime(b, a), byTime(a, a)]).toEqual([-1, 1, 0]);
    expect(byTime(b, later)).toBeLessThan(0);
    expect(byTime(later, a)).toBeGreaterThan(0);
  });
});

describe('credit for watching', () => {
  it('is none before anything was said', () => expect(interpret([])).toBeUndefined());

  it('is the same in any order, and when events come again', () => {
    const arrivals = events.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all)),
    );
    holds(
      fc.property(arrivals, ([all, other, again]) => {
        expect(interpret([...again, ...other, ...again])).toEqual(interpret(all));
      }),
    );
  });

  it('is never more than was claimed, nor than the clock allows', () => {
    holds(
      fc.property(events, (all) => {
        const credit = interpret(all);
        fc.pre(credit !== undefined);
        const { watched, claimed } = credit;
        expect(union(watched, claimed)).toEqual(claimed);
        expect(claimed).toEqual(union(all.flatMap(({ claim }) => claim)));
        const times = all.map(({ atMs }) => atMs);
        const span = Math.max(...times) - Math.min(...times);
        expect(lengthOf(watched)).toBeLessThanOrEqual(2 * span + 30_000 * all.length);
        expect(unverifiedMs(credit)).toBe(lengthOf(claimed) - lengthOf(watched));
      }),
    );
  });

  it('never shrinks when more is said', () => {
    holds(
      fc.property(events, event, (all, more) => {
        const before = interpret(all);
        fc.pre(before !== undefined && !all.some(({ id }) => id === more.id));
        // Something said between two others lets each of them credit less, never what is claimed less.
        const after = interpret([...all, more]);
        expect(union(after?.claimed ?? [], before.claimed)).toEqual(after?.claimed);
      }),
    );
  });

  it('counts the time since the event before, not since the first', () => {
    const credit = interpret([
      watch('a', 0, []),
      watch('c', 20_000, [[100_000, 300_000]]),
      watch('b', 10_000, [[0, 90_000]]),
    ]);
    // 50 s each: of the first claim from its start, of the second from its own.
    expect(credit).toEqual({
      watched: [
        [0, 50_000],
        [100_000, 150_000],
      ],
      claimed: [
        [0, 90_000],
        [100_000, 300_000],
      ],
      positionMs: 0,
      lastAtMs: 20_000,
      lastId: 'c',
    });
    expect(credit && unverifiedMs(credit)).toBe(190_000);
  });

  it('gives the first event half a minute', () => {
    expect(interpret([watch('a', 1_000_000, [[0, 90_000]])])?.watched).toEqual([[0, 30_000]]);
  });

  it('is not raised by claiming the same again', () => {
    const again = [1, 2, 3, 4].map((n) => watch(`${n}`, 0, [[0, 90_000]]));
    expect(interpret(again)?.watched).toEqual([[0, 30_000]]);
  });

  it('ends where the last event by (time, id) stood', () => {
    const all = [watch('b', 5, [], 70), watch('a', 5, [], 80), watch('z', 4, [], 90)];
    expect(interpret(all)).toMatchObject({ positionMs: 70, lastAtMs: 5, lastId: 'b' });
  });
});
