/** Pauses before one try and the next, in milliseconds: some four minutes of a bad network. */
const PAUSES_MS = [2000, 4000, 8000, 15_000, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000];

/** When playing is tried again after it failed: soon at first, then seldom, and as soon as the network says it is back. */
export class NextTry {
  private timer: number | undefined;
  private tries = 0;
  private again: (() => void) | undefined;

  constructor() {
    window.addEventListener('online', () => this.now());
  }

  /** It failed: `again` is called after a while, unless this was the last try. */
  after(again: () => void): void {
    this.cancel();
    this.again = again;
    const pause = PAUSES_MS[this.tries];
    if (pause !== undefined) this.timer = window.setTimeout(() => this.now(), pause);
    this.tries += 1;
  }

  /** Tries at once what waits to be tried. */
  now(): void {
    const { again } = this;
    this.cancel();
    again?.();
  }

  /** Something else is loaded: what waits is not tried. */
  cancel(): void {
    window.clearTimeout(this.timer);
    this.again = undefined;
  }

  /** It plays: the next failure is the first again. */
  over(): void {
    this.tries = 0;
  }
}
