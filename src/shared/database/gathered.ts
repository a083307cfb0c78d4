import { AsyncLocalStorage } from 'node:async_hooks';
import DataLoader from 'dataloader';

/** Statements under way at once; what is asked meanwhile gathers for the next. */
const UNDER_WAY = 2;

/**
 * What many requests ask of the database at the same moment, asked at once: each waits for its own answer only. A single
 * request waits for nobody.
 */
export class Gathered<Call, Answer> {
  private readonly loader: DataLoader<Call, Answer>;
  private readonly waiting: Array<() => void> = [];
  private underWay = 0;
  /** Whoever asked first, what is asked together belongs to no transaction and to no one's connection. */
  private readonly outside = AsyncLocalStorage.snapshot();

  /**
   * @param atOnce calls that are answered together at most
   * @param ask gives an answer to each call in turn, an Error where only that one failed; never called with none
   */
  constructor(
    atOnce: number,
    private readonly ask: (calls: readonly Call[]) => Promise<Array<Answer | Error>>,
  ) {
    this.loader = new DataLoader((calls) => this.answer(calls), {
      cache: false,
      maxBatchSize: atOnce,
      batchScheduleFn: (send) => this.schedule(send),
    });
  }

  of(call: Call): Promise<Answer> {
    return this.loader.load(call);
  }

  /** Sends once all that has arrived is read, and not before there is room. */
  private schedule(send: () => void): void {
    if (this.underWay >= UNDER_WAY) {
      this.waiting.push(send);
      return;
    }
    this.underWay += 1;
    this.outside(setImmediate, send);
  }

  private async answer(calls: readonly Call[]): Promise<Array<Answer | Error>> {
    try {
      return await this.ask(calls);
    } finally {
      this.underWay -= 1;
      const next = this.waiting.shift();
      if (next) this.schedule(next);
    }
  }
}
