import { SeatContended } from './enrolment.errors.js';
import { SeatLane } from './seat-lane.js';

/** Work that ends when it is told to. */
function held(): {
  work: () => Promise<string>;
  end: (result: string) => void;
  fail: (error: Error) => void;
} {
  let end!: (result: string) => void;
  let fail!: (error: Error) => void;
  const promise = new Promise<string>((resolve, reject) => ([end, fail] = [resolve, reject]));
  return { work: () => promise, end, fail };
}

const turnOfLoop = () => new Promise((resolve) => setImmediate(resolve));
const lanesOf = (lane: SeatLane) => (lane as unknown as { tails: Map<string, unknown> }).tails;

describe('the lane of a session', () => {
  afterEach(() => jest.restoreAllMocks());

  it('lets one at a time through, in the order they came', async () => {
    const lane = new SeatLane();
    const log: string[] = [];
    const [first, second] = [held(), held()];
    const results = Promise.all([
      lane.run('a', () => (log.push('first begins'), first.work())),
      lane.run('a', () => (log.push('second begins'), second.work())),
      lane.run('a', async () => (log.push('third begins'), 'three')),
    ]);
    await turnOfLoop();
    expect(log).toEqual(['first begins']);
    first.end('one');
    await turnOfLoop();
    expect(log).toEqual(['first begins', 'second begins']);
    second.end('two');
    expect(await results).toEqual(['one', 'two', 'three']);
  });

  it('keeps sessions apart', async () => {
    const lane = new SeatLane();
    const slow = held();
    const waits = lane.run('a', slow.work);
    expect(await lane.run('b', async () => 'at once')).toBe('at once');
    slow.end('at last');
    expect(await waits).toBe('at last');
  });

  it('goes on after somebody failed, and tells only them', async () => {
    const lane = new SeatLane();
    const bad = held();
    const failed = lane.run('a', bad.work);
    const next = lane.run('a', async () => 'fine');
    bad.fail(new Error('broken'));
    await expect(failed).rejects.toThrow('broken');
    expect(await next).toBe('fine');
  });

  it('forgets a lane that is empty, and none in which somebody waits', async () => {
    const lane = new SeatLane();
    const [first, second] = [held(), held()];
    const one = lane.run('a', first.work);
    const two = lane.run('a', second.work);
    first.end('one');
    await one;
    expect(lanesOf(lane).size).toBe(1);
    second.end('two');
    await two;
    expect(lanesOf(lane).size).toBe(0);
  });

  it('gives up after five seconds of waiting, and not before', async () => {
    const now = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
    const lane = new SeatLane();
    const slow = held();
    const log: string[] = [];
    const waits = [
      lane.run('a', slow.work),
      lane.run('a', async () => log.push('in time')),
      lane.run('a', async () => log.push('too late')),
    ];
    await turnOfLoop();
    now.mockReturnValueOnce(1_005_000).mockReturnValue(1_005_001);
    slow.end('');
    const [, inTime, tooLate] = await Promise.allSettled(waits);
    expect([inTime?.status, tooLate?.status, log]).toEqual(['fulfilled', 'rejected', ['in time']]);
    expect((tooLate as PromiseRejectedResult).reason).toBeInstanceOf(SeatContended);
  });
});
