import { Clock } from '../../src/shared/clock/clock.js';

/** A clock that stands still until a test moves it. */
export class TestClock extends Clock {
  private at: number;

  constructor(at: Date | string = '2027-01-15T09:00:00Z') {
    super();
    this.at = instant(at);
  }

  override now(): Date {
    return new Date(this.at);
  }

  /** Puts the clock at an instant: a Date, or ISO 8601 with its offset. */
  set(at: Date | string): void {
    this.at = instant(at);
  }

  /** @param ms milliseconds to go forward; negative goes back */
  advance(ms: number): void {
    this.at = instant(new Date(this.at + ms));
  }
}

function instant(at: Date | string): number {
  const ms = new Date(at).getTime();
  if (Number.isNaN(ms)) throw new RangeError(`Not an instant: ${String(at)}`);
  return ms;
}
