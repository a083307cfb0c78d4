import { misshapen, notUnicode } from '../shared/errors/body-shape.js';
import { type FieldError, InvalidFields } from '../shared/errors/domain-error.js';
import type { WatchEvent } from './credit.js';
import { isId } from './is-id.js';
import { clip, type Stretch } from './watched.js';

/** An event with what the phone sent, unchanged, members we do not know included. */
export interface ReceivedEvent extends WatchEvent {
  readonly body: string;
}

/** Most events of a call; the phone sends the rest in the next. */
export const MAX_EVENTS = 500;
/** Most stretches of one event: ten seconds of seeking do not make more. */
export const MAX_RANGES = 100;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;
/** Times before this are a phone whose clock was never set. */
const EARLIEST_MS = Date.UTC(2020, 0, 1);

type Members = Readonly<Record<string, unknown>>;

/** Collects what is wrong, each at its JSON pointer. */
class Findings {
  readonly errors: FieldError[] = [];

  add(pointer: string, code: string, params?: FieldError['params']): undefined {
    this.errors.push({ pointer, code, ...(params ? { params } : {}) });
    return undefined;
  }
}

/** Reads an instant of the phone: ISO 8601 with its offset. @returns milliseconds since 1970, or undefined */
export function instantMs(value: unknown): number | undefined {
  if (typeof value !== 'string' || !INSTANT.test(value)) return undefined;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms;
}

/**
 * Reads the body of a progress call: `{ sentAt?, events: [{ id, ranges, position, at }] }`, seconds in, milliseconds
 * out. Stretches beyond the end are clipped. An event is placed at `at` plus the skew between `sentAt` and the server's
 * clock, and never in the future.
 *
 * @throws InvalidFields naming everything that is wrong; then nothing of the call is kept
 */
export function parseProgress(body: unknown, durationMs: number, now: Date): ReceivedEvent[] {
  const findings = new Findings();
  const { events, sentAt } = isMembers(body) ? body : ({} as Members);
  const sentMs = sentAt === undefined ? undefined : instantMs(sentAt);
  if (sentAt !== undefined && sentMs === undefined) findings.add('/sentAt', 'not-an-instant');
  const skewMs = sentMs === undefined ? 0 : now.getTime() - sentMs;
  if (!Array.isArray(events)) findings.add('/events', events === undefined ? 'required' : 'not-a-list');
  else if (events.length > MAX_EVENTS) findings.add('/events', 'too-many', { max: MAX_EVENTS });
  if (findings.errors.length > 0) throw new InvalidFields(findings.errors);
  const place = (atMs: number): number => Math.min(now.getTime(), atMs + skewMs);
  const read = (events as unknown[]).flatMap((event, index) => {
    const found = parseEvent(event, `/events/${index}`, durationMs, findings);
    return found ? [{ ...found, atMs: place(found.atMs) }] : [];
  });
  if (findings.errors.length > 0) throw new InvalidFields(findings.errors);
  return read;
}

function parseEvent(
  event: unknown,
  pointer: string,
  durationMs: number,
  findings: Findings,
): ReceivedEvent | undefined {
  if (!isMembers(event)) return findings.add(pointer, 'not-an-object');
  const { id, ranges, position, at } = event;
  if (Array.isArray(ranges) && ranges.length > MAX_RANGES)
    return findings.add(`${pointer}/ranges`, 'too-many', { max: MAX_RANGES });
  if (!isKeepable(event, pointer, findings)) return undefined;
  if (!isId(id)) findings.add(`${pointer}/id`, id === undefined ? 'required' : 'not-an-id');
  const atMs = instantMs(at);
  if (atMs === undefined || atMs < EARLIEST_MS)
    findings.add(`${pointer}/at`, at === undefined ? 'required' : 'not-an-instant');
  const positionMs = milliseconds(position, durationMs);
  if (positionMs === undefined) findings.add(`${pointer}/position`, wrongNumber(position));
  const claim = parseRanges(ranges, `${pointer}/ranges`, durationMs, findings);
  if (!isId(id) || atMs === undefined || positionMs === undefined || !claim) return undefined;
  return {
    id: id.toLowerCase(),
    atMs,
    positionMs,
    claim: clip(claim, durationMs),
    body: JSON.stringify(event),
  };
}

/** The event is kept as it came: what the database cannot give back is refused here, unknown members included. */
function isKeepable(event: Members, pointer: string, findings: Findings): boolean {
  const fault = misshapen(event);
  if (fault) {
    findings.add(pointer, fault.code, fault.params);
    return false;
  }
  const unreadable = notUnicode(event);
  for (const error of unreadable) findings.add(`${pointer}${error.pointer}`, error.code);
  return unreadable.length === 0;
}

function parseRanges(
  ranges: unknown,
  pointer: string,
  durationMs: number,
  findings: Findings,
): Stretch[] | undefined {
  if (!Array.isArray(ranges)) return findings.add(pointer, ranges === undefined ? 'required' : 'not-a-list');
  return ranges.flatMap((range: unknown, index) => {
    const place = `${pointer}/${index}`;
    if (!Array.isArray(range) || range.length !== 2) return findings.add(place, 'not-a-range') ?? [];
    const [from, to] = range.map((edge) => milliseconds(edge, durationMs)) as [number?, number?];
    if (from === undefined) findings.add(`${place}/0`, wrongNumber(range[0]));
    if (to === undefined) findings.add(`${place}/1`, wrongNumber(range[1]));
    if (from === undefined || to === undefined) return [];
    if (Number(range[0]) > Number(range[1])) return findings.add(place, 'range-reversed') ?? [];
    return [[from, to] as const];
  });
}

/** Seconds of the phone as whole milliseconds within the video; undefined for anything but a number from 0. */
function milliseconds(seconds: unknown, durationMs: number): number | undefined {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds < 0) return undefined;
  return Math.round(Math.min(seconds, durationMs / 1000) * 1000);
}

function wrongNumber(value: unknown): string {
  if (value === undefined) return 'required';
  return typeof value === 'number' && value < 0 ? 'too-small' : 'not-a-number';
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
