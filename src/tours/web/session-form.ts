import type { FieldError } from '../../shared/errors/domain-error.js';
import { isLocale, type Locale } from '../../shared/i18n/i18n.js';
import type { SessionRow } from '../session.row.js';
import { SOFT_CODES } from '../soft-clash.js';
import type { UnitInput } from '../unit-plan.js';
import { MAX_CAPACITY, MAX_OVERBOOK_PERCENT } from './session-input.dto.js';

/** Half-days that the form has room for. */
export const FORM_UNITS = 4;

/** One half-day as typed. */
export interface TypedUnit {
  id: string;
  date: string;
  start: string;
  end: string;
  room: string;
}

/** The form as typed: kept when it is refused. */
export interface TypedSession {
  course: string;
  language: string;
  capacity: string;
  overbookPercent: string;
  venueNote: string;
  remoteUrl: string;
  units: TypedUnit[];
  trainers: string[];
  kit: boolean;
  reasons: Record<string, string>;
  revision: string;
}

/** What a form means to the services, or which of its answers cannot be read. */
export interface ReadForm {
  errors: FieldError[];
  values: {
    course: string;
    language: Locale;
    capacity: number;
    overbookPercent: number;
    venueNote: string | null;
    remoteUrl: string | null;
    units: UnitInput[];
    reasons: Record<string, string>;
  };
  /** Place in the form of each unit given to the service. */
  places: number[];
}

type Body = Record<string, unknown>;

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
    (one): one is string => typeof one === 'string',
  );
}

const MAX_NOTE = 300;
const text = (body: Body, name: string): string => texts(body[name])[0] ?? '';
const NUMBERS = Array.from({ length: FORM_UNITS }, (_, i) => i + 1);

/** Takes the fields of a sent form, whatever they hold. */
export function typedOf(body: Body): TypedSession {
  const reasons = SOFT_CODES.map((code) => [code, text(body, `reason-${code}`)] as const).filter(
    ([, given]) => given.trim() !== '',
  );
  return {
    course: text(body, 'course'),
    language: text(body, 'language'),
    capacity: text(body, 'capacity').trim(),
    overbookPercent: text(body, 'overbookPercent').trim(),
    venueNote: text(body, 'venueNote'),
    remoteUrl: text(body, 'remoteUrl'),
    units: NUMBERS.map((n) => ({
      id: text(body, `unit${n}Id`),
      date: text(body, `unit${n}Date`),
      start: text(body, `unit${n}Start`),
      end: text(body, `unit${n}End`),
      room: text(body, `unit${n}Room`),
    })),
    trainers: texts(body['trainers']),
    kit: text(body, 'kit') !== '',
    reasons: Object.fromEntries(reasons),
    revision: text(body, 'revision'),
  };
}

/** The form of a session that is there already, with the link that its rows do not have. */
export function typedFrom(row: SessionRow, remoteUrl = ''): TypedSession {
  const units = row.units.map(({ id, localDate, localStart, localEnd, roomId }) => ({
    id,
    // The day that a postponed session had is none: a new one is asked for.
    date: row.status === 'postponed' ? '' : localDate,
    start: localStart,
    end: localEnd,
    room: roomId ?? '',
  }));
  return {
    course: row.course.slug,
    language: row.language,
    capacity: String(row.capacity),
    overbookPercent: row.overbookPercent === 0 ? '' : String(row.overbookPercent),
    venueNote: row.venueNote ?? '',
    remoteUrl,
    units: [...units, ...NUMBERS.slice(units.length).map(() => blankUnit())],
    trainers: [...new Set(row.units.flatMap((unit) => unit.trainers.map(({ id }) => id)))],
    kit: row.units.some(({ kitIds }) => kitIds.length > 0),
    reasons: { ...row.softReasons },
    revision: String(row.revision),
  };
}

/** An empty half-day. */
export function blankUnit(date = ''): TypedUnit {
  return { id: '', date, start: '', end: '', room: '' };
}

/** Reads the form. A half-day without hours is not there; one with only one of them is a mistake. */
export function readForm(typed: TypedSession, kitId: string, needsDays = false): ReadForm {
  const errors: FieldError[] = [];
  const capacity = /^\d{1,9}$/.test(typed.capacity) ? Number(typed.capacity) : Number.NaN;
  if (Number.isNaN(capacity))
    errors.push({ pointer: '/capacity', code: typed.capacity ? 'not-a-whole-number' : 'required' });
  else if (capacity < 1) errors.push({ pointer: '/capacity', code: 'capacity-zero' });
  else if (capacity > MAX_CAPACITY) errors.push({ pointer: '/capacity', code: 'too-large' });
  const overbookPercent = /^\d{0,9}$/.test(typed.overbookPercent)
    ? Number(typed.overbookPercent)
    : Number.NaN;
  if (Number.isNaN(overbookPercent)) errors.push({ pointer: '/overbookPercent', code: 'not-a-whole-number' });
  else if (overbookPercent > MAX_OVERBOOK_PERCENT)
    errors.push({ pointer: '/overbookPercent', code: 'too-large', params: { max: MAX_OVERBOOK_PERCENT } });
  if (typed.venueNote.length > MAX_NOTE) errors.push({ pointer: '/venueNote', code: 'too-long' });
  if (!isLocale(typed.language)) errors.push({ pointer: '/language', code: 'not-a-choice' });
  const filled = typed.units.flatMap((unit, place) => (unit.start || unit.end ? [{ unit, place }] : []));
  if (filled.length === 0) errors.push({ pointer: '/unit1Start', code: 'required' });
  for (const [i, { unit }] of filled.entries())
    if (needsDays && !unit.date) errors.push({ pointer: `/units/${i}/localDate`, code: 'required' });
  const units = filled.map(({ unit: { id, date, start, end, room } }): UnitInput => ({
    ...(id ? { id } : {}),
    ...(date ? { localDate: date } : {}),
    localStart: start,
    localEnd: end,
    roomId: room || null,
    trainerIds: typed.trainers,
    kitIds: typed.kit ? [kitId] : [],
  }));
  const language = isLocale(typed.language) ? typed.language : 'fr';
  const { course, venueNote, remoteUrl, reasons } = typed;
  const places = { venueNote: venueNote || null, remoteUrl: remoteUrl || null };
  return {
    errors,
    values: { course, language, capacity, overbookPercent, ...places, units, reasons },
    places: filled.map(({ place }) => place),
  };
}

const UNIT_FIELDS: Readonly<Record<string, string>> = {
  localDate: 'Date',
  localStart: 'Start',
  localEnd: 'End',
  roomId: 'Room',
  id: 'Start',
};

/** The name of the form's field that a service's pointer means. */
export function fieldNameOf(pointer: string, places: readonly number[]): string {
  const [, first = '', index = '0', field = ''] = pointer.split('/');
  if (first === 'reasons') return `reason-${index}`;
  if (first !== 'units') return first;
  if (field === 'trainerIds') return 'trainers';
  if (field === 'kitIds') return 'kit';
  return `unit${(places[Number(index)] ?? 0) + 1}${UNIT_FIELDS[field] ?? 'Start'}`;
}
