/** Longest step between two ticks of a playing video that is playing and not a jump, in seconds of video. */
const LONGEST_STEP = 2;

/** Remembers which stretches of a video were played, in seconds: half-open, as they came, joined where they touch. */
export class Played {
  private stretches: [number, number][] = [];
  private last: number | undefined;

  /** The video stands at `seconds` and plays. */
  tick(seconds: number): void {
    const from = this.last;
    this.last = seconds;
    if (from === undefined || seconds <= from || seconds - from > LONGEST_STEP) return;
    const open = this.stretches.at(-1);
    if (open && Math.abs(open[1] - from) < 0.001) open[1] = seconds;
    else this.stretches.push([from, seconds]);
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
