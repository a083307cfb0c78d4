import { isLocalDate } from '../shared/clock/local-date.js';
import { isUuid } from '../shared/new-id.js';
import { toAsciiDigits } from '../shared/text/digits.js';
import type { ReadEvent, Review, WalkIn } from './attendance-event.js';
import type { Mark } from './presence.js';
import { readWalkInName } from './walk-in-name.js';

type Fields = Readonly<Record<string, unknown>>;

const MARKS: ReadonlySet<unknown> = new Set<Mark>(['present', 'partial', 'absent']);
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const LONGEST_PASS = 300;

/** An ISO 8601 instant with its offset, years 1900 to 2199, as milliseconds since 1970; undefined for anything else. */
export function readInstant(value: unknown): number | undefined {
  const match = typeof value === 'string' ? INSTANT.exec(value) : null;
  if (!match || !isLocalDate(match[1])) return undefined;
  const at = Date.parse(match[0]);
  return Number.isNaN(at) ? undefined : at;
}

/** Reads the members of one event that the server knows; others are left alone. */
export function readEvent(raw: unknown): ReadEvent | { why: Review } {
  if (!isFields(raw)) return { why: 'not-an-object' };
  const { id, unit } = raw;
  if (typeof id !== 'string' || !isUuid(id)) return { why: 'bad-id' };
  const at = readInstant(raw['at']);
  if (at === undefined) return { why: 'bad-time' };
  const said = readMark(raw);
  if ('why' in said) return said;
  if (!isUnit(unit)) return { why: 'unit-unknown' };
  const who = readWho(raw);
  if ('why' in who) return who;
  return {
    id: id.toLowerCase(),
    at,
    ...said,
    unit: typeof unit === 'string' ? unit.toLowerCase() : unit,
    ...who,
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isUnit(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

type Said = Pick<ReadEvent, 'correction' | 'mark' | 'minutes'>;

function readMark(raw: Fields): Said | { why: Review } {
  const { kind, value } = raw;
  if (kind === 'correction') {
    if (!MARKS.has(value)) return { why: 'bad-value' };
    return withMinutes({ correction: true, mark: value as Mark }, raw['minutes']);
  }
  // Somebody who walks in is there.
  if (kind === 'walkIn') return { correction: false, mark: 'present' };
  if (!MARKS.has(kind)) return { why: 'bad-kind' };
  return withMinutes({ correction: false, mark: kind as Mark }, value ?? raw['minutes']);
}

function withMinutes(said: Said, minutes: unknown): Said | { why: Review } {
  if (said.mark !== 'partial' || minutes === undefined || minutes === null) return said;
  if (typeof minutes !== 'number' || !Number.isFinite(minutes) || minutes < 1) return { why: 'bad-value' };
  return { ...said, minutes: Math.floor(minutes) };
}

type Who = Pick<ReadEvent, 'enrolmentId' | 'pass' | 'walkIn'>;

function readWho(raw: Fields): Who | { why: Review } {
  if (
    raw['kind'] === 'walkIn' ||
    (raw['walkIn'] != null && raw['enrolmentId'] == null && raw['pass'] == null)
  )
    return readWalkIn(raw['walkIn']);
  const enrolmentId = raw['enrolmentId'] ?? undefined;
  const pass = raw['pass'] ?? undefined;
  if (enrolmentId === undefined && pass === undefined) return { why: 'who-missing' };
  if (enrolmentId !== undefined && (typeof enrolmentId !== 'string' || !isUuid(enrolmentId)))
    return { why: 'enrolment-unknown' };
  if (pass !== undefined && (typeof pass !== 'string' || pass.length > LONGEST_PASS))
    return { why: 'pass-invalid' };
  return {
    ...(enrolmentId === undefined ? {} : { enrolmentId: enrolmentId.toLowerCase() }),
    ...(pass === undefined ? {} : { pass: plainPass(pass) }),
  };
}

/** A spoken code is written in groups, in any digits; a scanned pass stays as it is. */
function plainPass(pass: string): string {
  const digits = toAsciiDigits(pass).replace(/[\s.-]/g, '');
  return /^[0-9]+$/.test(digits) ? digits : pass.trim();
}

function readWalkIn(value: unknown): { walkIn: WalkIn } | { why: Review } {
  if (!isFields(value)) return { why: 'walk-in-incomplete' };
  const { name, phone, consent } = value;
  const person = readWalkInName(name);
  if (!person) return { why: 'walk-in-incomplete' };
  if (phone != null && typeof phone !== 'string') return { why: 'walk-in-incomplete' };
  if (consent !== 'heard' && consent !== 'read') return { why: 'walk-in-without-consent' };
  return { walkIn: { name: person, ...(phone ? { phone } : {}), consent } };
}
