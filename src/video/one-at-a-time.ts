import { FilmFailed } from './film.errors.js';

/** Lets work through in its order, one piece at a time in this process. */
export class OneAtATime {
  private last: Promise<unknown> = Promise.resolve();

  /** @throws FilmFailed when it is told to stop before its turn */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.last;
    const mine = before.then(async () => {
      if (signal.aborted) throw new FilmFailed('interrupted');
      return work();
    });
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
