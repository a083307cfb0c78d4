/** Time runs at most twice as fast in a video as in the room: the highest speed on offer, in seconds per millisecond. */
const FASTEST = 2 / 1000;
/** What two clocks may disagree between two ticks, in seconds of video. */
const SLACK = 1;

/** Remembers which stretches of a video were played, in seconds: half-open, as they came, joined where they touch. */
export class Played {
  private stretches: [number, number][] = [];
  private last: { seconds: number; atMs: number } | undefined;

  /**
   * The video stands at `seconds` and plays. A phone under load ticks seldom: a step counts if the time that
   * passed allows it, and is a jump otherwise.
   *
   * @param atMs when this is, in milliseconds of a clock that only goes forward
   */
  tick(seconds: number, atMs: number): void {
    const { last } = this;
    this.last = { seconds, atMs };
    if (!last) return;
    const step = seconds - last.seconds;
    if (step <= 0 || step > (atMs - last.atMs) * FASTEST + SLACK) return;
    const open = this.stretches.at(-1);
    if (open && Math.abs(open[1] - last.seconds) < 0.001) open[1] = seconds;
    else this.stretches.push([last.seconds, seconds]);
  }

  /** The video was paused or moved: the next tick begins a stretch. */
  cut(): void {
    this.last = undefined;
  }

  /** What was played since the last call, in whole milliseconds of a second. */
  take(): [number, number][] {
    const taken = this.stretches.map(([from, to]): [number, number] => [round(from), round(to)]);
    this.stretches = [];
    return taken.filter(([from, to]) => from < to);
  }
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
