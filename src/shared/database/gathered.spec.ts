import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { Gathered } from './gathered.js';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('Gathered', () => {
  it('gives each caller its own answer, asking for many at once and for no more than allowed', async () => {
    const asked: number[] = [];
    const gathered = new Gathered(10, async (calls: readonly number[]) => {
      asked.push(calls.length);
      await setTimeout(1);
      return calls.map((call) => call * 2);
    });
    const answers = await Promise.all(numbers(100).map((n) => gathered.of(n)));
    expect(answers).toEqual(numbers(100).map((n) => n * 2));
    expect(Math.max(...asked)).toBe(10);
    expect(asked.reduce((sum, n) => sum + n, 0)).toBe(100);
    expect(asked.length).toBeLessThanOrEqual(12);
  });

  it('has two statements under way at most, and what comes meanwhile gathers for the next', async () => {
    let underWay = 0;
    let most = 0;
    const sizes: number[] = [];
    const gathered = new Gathered(10, async (calls: readonly number[]) => {
      most = Math.max(most, ++underWay);
      sizes.push(calls.length);
      await setTimeout(10);
      underWay -= 1;
      return [...calls];
    });
    const waits: Array<Promise<number>> = [];
    for (const n of numbers(8)) {
      waits.push(gathered.of(n));
      await setImmediate();
    }
    await Promise.all(waits);
    expect(most).toBe(2);
    expect(sizes).toEqual([1, 1, 6]);
  });

  it('goes on after a failure, which is told to those alone who asked with it', async () => {
    const gathered = new Gathered(2, async (calls: readonly string[]) => {
      if (calls.includes('bad')) throw new Error('cannot');
      return calls.map((call) => (call === 'half-bad' ? new Error('not this') : `${call}!`));
    });
    const answers = await Promise.allSettled(
      ['bad', 'with bad', 'half-bad', 'with half-bad', 'good'].map((call) => gathered.of(call)),
    );
    expect(
      answers.map((answer) =>
        answer.status === 'fulfilled' ? answer.value : (answer.reason as Error).message,
      ),
    ).toEqual(['cannot', 'cannot', 'not this', 'with half-bad!', 'good!']);
    expect(await gathered.of('later')).toBe('later!');
  });

  it('asks in the name of nobody, whoever asked first', async () => {
    const scope = new AsyncLocalStorage<string>();
    const seen: Array<string | undefined> = [];
    const gathered = new Gathered(5, async (calls: readonly number[]) => {
      seen.push(scope.getStore());
      return [...calls];
    });
    await scope.run('a transaction', () => gathered.of(1));
    await scope.run('a transaction', () => Promise.all(numbers(12).map((n) => gathered.of(n))));
    expect(seen).toEqual([undefined, undefined, undefined, undefined]);
  });
});
