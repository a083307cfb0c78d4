import moment from 'moment-timezone';
import { UnknownZone } from './wall-time.errors.js';

/** Where the sessions of the reference case are, and the zone of everything that names none. */
export const DEFAULT_ZONE = 'Africa/Casablanca';

/** Release of the bundled zone data, e.g. `2026f`. */
export const ZONE_DATA_VERSION: string = moment.tz.dataVersion;

/** A stretch of time during which a zone keeps one offset: from the previous stretch's end up to `untilMs`, exclusive. */
export interface ZoneStretch {
  readonly fromMs: number;
  readonly untilMs: number;
  /** Local minus UTC, in milliseconds; positive east of Greenwich. */
  readonly offsetMs: number;
}

const names = new Set(moment.tz.names());
const stretches = new Map<string, readonly ZoneStretch[]>();

/** Whether a value is the exact name of a zone in the bundled data (links such as `Africa/El_Aaiun` included). */
export function isZone(value: unknown): value is string {
  return typeof value === 'string' && names.has(value);
}

/**
 * All stretches of a zone, oldest first, without holes from -Infinity to Infinity.
 * @throws UnknownZone
 */
export function stretchesOf(zone: string): readonly ZoneStretch[] {
  let known = stretches.get(zone);
  if (!known) {
    known = unpack(zone);
    stretches.set(zone, known);
  }
  return known;
}

function unpack(zone: string): readonly ZoneStretch[] {
  const data = isZone(zone) ? moment.tz.zone(zone) : null;
  if (!data) throw new UnknownZone(zone);
  return data.untils.map((untilMs, n) => ({
    fromMs: data.untils[n - 1] ?? -Infinity,
    untilMs,
    // The package counts minutes west; before 1912 they have fractions.
    offsetMs: 0 - Math.round((data.offsets[n] ?? 0) * 60_000),
  }));
}
