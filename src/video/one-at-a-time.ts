import { FilmFailed } from './film.errors.js';

/** Lets work through in its order, one piece at a time in this process. */
export class OneAtATime {
  private last: Promise<unknown> = Promise.resolve();
  private taken = 0;

  /** Pieces that are at work or wait for their turn. */
  get size(): number {
    return this.taken;
  }

  /** @throws FilmFailed when it is told to stop before its turn */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.last;
    this.taken += 1;
    const mine = before
      .then(async () => {
        if (signal.aborted) throw new FilmFailed('interrupted');
        return work();
      })
      .finally(() => {
        this.taken -= 1;
      });
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
