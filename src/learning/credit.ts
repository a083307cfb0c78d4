import { head, lengthOf, type Stretch, union, type Watched } from './watched.js';

/** What a phone says of watching one video, checked and placed on the server's clock. */
export interface WatchEvent {
  /** The phone's own UUID. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** Stretches it claims to have played since the event before, clipped to the video. */
  readonly claim: Watched;
  /** Where the player stood, in milliseconds. */
  readonly positionMs: number;
}

/** What a set of events amounts to. */
export interface Credit {
  /** Milliseconds that the clock makes believable. */
  readonly watched: Watched;
  /** Everything claimed; holds `watched`. The difference is unverified. */
  readonly claimed: Watched;
  readonly positionMs: number;
  readonly lastAtMs: number;
  readonly lastId: string;
}

/** Nobody plays at more than double speed for long. */
const SPEED = 2;
/** Allowance of each event: timers that drift, a first event, a network that comes and goes. */
const ALLOWANCE_MS = 30_000;

/** Milliseconds an event may credit, given the time since the person's previous event on the video; none: the first. */
export function allowanceMs(sincePreviousMs = 0): number {
  return SPEED * sincePreviousMs + ALLOWANCE_MS;
}

/** The order of events: by their time, then by id, so that a set of events has one order however it arrived. */
export function byTime(a: WatchEvent, b: WatchEvent): number {
  return a.atMs - b.atMs || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/**
 * Interprets the events of one person on one video. A pure function of the set: order and repetition change nothing.
 * Each event credits the first milliseconds of its own claim, at most {@link allowanceMs}, so that claiming the same
 * stretch again and again credits no more of it.
 */
export function interpret(events: readonly WatchEvent[]): Credit | undefined {
  const sorted = [...new Map(events.map((event) => [event.id, event])).values()].sort(byTime);
  const last = sorted.at(-1);
  if (!last) return undefined;
  const credited = sorted.flatMap((event, index): readonly Stretch[] => {
    const previous = sorted[index - 1];
    return head(event.claim, allowanceMs(previous && event.atMs - previous.atMs));
  });
  return {
    watched: union(credited),
    claimed: union(sorted.flatMap(({ claim }) => claim)),
    positionMs: last.positionMs,
    lastAtMs: last.atMs,
    lastId: last.id,
  };
}

/** Milliseconds claimed and not (yet) believable. */
export function unverifiedMs({ watched, claimed }: Credit): number {
  return lengthOf(claimed) - lengthOf(watched);
}
