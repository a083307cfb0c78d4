import { Clock } from '../../src/shared/clock/clock.js';

/** A clock that stands still until a test moves it, or lets it run. */
export class TestClock extends Clock {
  private at: number;
  /** Milliseconds of the machine's clock since which time has been passing here too. */
  private runsSince: number | undefined;

  constructor(at: Date | string = '2027-01-15T09:00:00Z') {
    super();
    this.at = instant(at);
  }

  override now(): Date {
    return new Date(this.at + (this.runsSince === undefined ? 0 : Date.now() - this.runsSince));
  }

  /** From now on time passes as it does outside: for browsers, whose own clocks never stand still. */
  run(): void {
    this.at = this.now().getTime();
    this.runsSince = Date.now();
  }

  /** Puts the clock at an instant: a Date, or ISO 8601 with its offset. */
  set(at: Date | string): void {
    this.at = instant(at);
    if (this.runsSince !== undefined) this.runsSince = Date.now();
  }

  /** @param ms milliseconds to go forward; negative goes back */
  advance(ms: number): void {
    this.set(new Date(this.now().getTime() + ms));
  }
}

function instant(at: Date | string): number {
  const ms = new Date(at).getTime();
  if (Number.isNaN(ms)) throw new RangeError(`Not an instant: ${String(at)}`);
  return ms;
}
