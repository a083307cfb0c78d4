import { dayNumber } from './local-date.js';
import { minutesOfDay } from './local-time.js';
import { UnitEndsBeforeStart, WallTimeSkipped } from './wall-time.errors.js';
import { stretchesOf } from './zone-data.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What a clock on the wall of a place says. */
export interface WallTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:MM` */
  readonly time: string;
  /** IANA name, e.g. `Africa/Casablanca` */
  readonly zone: string;
}

/** A unit's truth, as people read it; a unit never crosses midnight. */
export interface UnitTimes {
  readonly localDate: string;
  readonly localStart: string;
  readonly localEnd: string;
  readonly zone: string;
}

/**
 * The instant at which the clocks of a zone show a wall time. When they show it twice (clocks put back), the earlier
 * of the two; when they never show it (clocks put forward), refused: the person who typed it must choose.
 * @throws InvalidLocalDate, InvalidLocalTime, UnknownZone, WallTimeSkipped
 */
export function instantOf({ date, time, zone }: WallTime): Date {
  const asUtc = dayNumber(date) * DAY_MS + minutesOfDay(time) * MINUTE_MS;
  for (const { fromMs, untilMs, offsetMs } of stretchesOf(zone)) {
    const at = asUtc - offsetMs;
    if (fromMs <= at && at < untilMs) return new Date(at);
  }
  throw new WallTimeSkipped(date, time, zone);
}

/**
 * What the clocks of a zone show at an instant, seconds dropped.
 * @throws UnknownZone, RangeError when the instant is not one
 */
export function wallTimeOf(instant: Date, zone: string): { localDate: string; localTime: string } {
  const shown = new Date(instant.getTime() + offsetMs(instant, zone)).toISOString();
  return { localDate: shown.slice(0, 10), localTime: shown.slice(11, 16) };
}

/**
 * Minutes that the clocks of a zone are ahead of UTC at an instant; negative when behind.
 * @throws UnknownZone, RangeError when the instant is not one
 */
export function offsetMinutes(instant: Date, zone: string): number {
  return offsetMs(instant, zone) / MINUTE_MS;
}

/**
 * The instants of a unit, derived from its local date and times; `[startsAt, endsAt)`.
 * @throws UnitEndsBeforeStart, and what `instantOf` throws
 */
export function deriveUnit({ localDate, localStart, localEnd, zone }: UnitTimes): {
  startsAt: Date;
  endsAt: Date;
} {
  const startsAt = instantOf({ date: localDate, time: localStart, zone });
  const endsAt = instantOf({ date: localDate, time: localEnd, zone });
  if (endsAt <= startsAt) throw new UnitEndsBeforeStart(localStart, localEnd);
  return { startsAt, endsAt };
}

function offsetMs(instant: Date, zone: string): number {
  const at = instant.getTime();
  const stretch = stretchesOf(zone).find(({ untilMs }) => at < untilMs);
  if (!stretch) throw new RangeError('Not an instant');
  return stretch.offsetMs;
}
