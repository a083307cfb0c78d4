/** Milliseconds between two notes of how far the work is. */
const EVERY_MS = 1000;

/** Writes how far a film is, once a second at most and one note after the other. */
export class FilmProgress {
  private last = -Infinity;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly write: (done: number, total: number) => Promise<void>) {}

  show(done: number, total: number): void {
    const now = performance.now();
    if (now - this.last < EVERY_MS && done < total) return;
    this.last = now;
    // A note that is lost is followed by another; the work goes on.
    this.writing = this.writing.then(() => this.write(done, total)).catch(() => undefined);
  }

  /** Resolves when the last note is written. */
  async end(): Promise<void> {
    await this.writing;
  }
}
