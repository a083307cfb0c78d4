import { addDays, daysBetween } from '../shared/clock/local-date.js';
import { deriveUnit } from '../shared/clock/wall-time.js';
import { WallTimeError } from '../shared/clock/wall-time.errors.js';
import { DEFAULT_ZONE } from '../shared/clock/zone-data.js';
import { type FieldError, InvalidFields } from '../shared/errors/domain-error.js';
import { newId } from '../shared/new-id.js';

/** A unit as a coordinator gives it; what is left out stays as it is, or comes from the stop. */
export interface UnitInput {
  id?: string;
  n?: number;
  localDate?: string;
  localStart: string;
  localEnd: string;
  zone?: string;
  roomId?: string | null;
  trainerIds?: readonly string[];
  kitIds?: readonly string[];
}

/** A half-day with the instants that the clock derives from it, and who and what it needs. */
export interface UnitPlan {
  id: string;
  /** 1 for the first in time. */
  n: number;
  localDate: string;
  localStart: string;
  localEnd: string;
  zone: string;
  startsAt: Date;
  endsAt: Date;
  roomId: string | null;
  trainerIds: readonly string[];
  kitIds: readonly string[];
}

/** Where a unit's missing values come from. */
export interface UnitDefaults {
  localDate: string;
  roomId?: string | null;
  trainerIds?: readonly string[];
  kitIds?: readonly string[];
}

const FIELD_OF: Readonly<Record<string, string>> = {
  'not-a-date': 'localDate',
  'not-a-time': 'localStart',
  'not-a-zone': 'zone',
  'wall-time-skipped': 'localStart',
  'ends-before-start': 'localEnd',
};

function fieldError(
  error: WallTimeError,
  index: number,
  unit: { localStart: string; localEnd: string },
): FieldError {
  const isEnd =
    error.code === 'not-a-time' &&
    error.params['time'] === unit.localEnd &&
    unit.localStart !== unit.localEnd;
  const field = isEnd ? 'localEnd' : (FIELD_OF[error.code] ?? 'localStart');
  return { pointer: `/units/${index}/${field}`, code: error.code, params: error.params };
}

function matching(input: UnitInput, index: number, existing: readonly UnitPlan[]): UnitPlan | undefined {
  if (input.id !== undefined) return existing.find(({ id }) => id === input.id);
  if (input.n !== undefined) return existing.find(({ n }) => n === input.n);
  return existing[index];
}

function planUnit(
  input: UnitInput,
  known: UnitPlan | undefined,
  defaults: UnitDefaults,
): Omit<UnitPlan, 'n'> {
  const times = {
    localDate: input.localDate ?? known?.localDate ?? defaults.localDate,
    localStart: input.localStart,
    localEnd: input.localEnd,
    zone: input.zone ?? known?.zone ?? DEFAULT_ZONE,
  };
  return {
    id: known?.id ?? newId(),
    ...times,
    ...deriveUnit(times),
    roomId: input.roomId !== undefined ? input.roomId : (known?.roomId ?? defaults.roomId ?? null),
    trainerIds: [...new Set(input.trainerIds ?? known?.trainerIds ?? defaults.trainerIds ?? [])],
    kitIds: [...new Set(input.kitIds ?? known?.kitIds ?? defaults.kitIds ?? [])],
  };
}

/**
 * The units of a session in the order of time, numbered from 1, with their instants. A unit that matches an existing
 * one by id, number or place in the list keeps its identity, so that attendance stays on it.
 *
 * @throws InvalidFields for a time that is none, an end before its start, an unknown unit, or units that overlap
 */
export function planUnits(
  inputs: readonly UnitInput[],
  existing: readonly UnitPlan[],
  defaults: UnitDefaults,
): UnitPlan[] {
  const errors: FieldError[] = [];
  const planned: Array<Omit<UnitPlan, 'n'> & { index: number }> = [];
  inputs.forEach((input, index) => {
    const known = matching(input, index, existing);
    if (input.id !== undefined && !known)
      errors.push({ pointer: `/units/${index}/id`, code: 'not-a-choice' });
    else if (known && planned.some(({ id }) => id === known.id))
      errors.push({ pointer: `/units/${index}`, code: 'repeated' });
    else {
      try {
        planned.push({ ...planUnit(input, known, defaults), index });
      } catch (error) {
        if (!(error instanceof WallTimeError)) throw error;
        errors.push(fieldError(error, index, input));
      }
    }
  });
  planned.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  planned.forEach((unit, i) => {
    const before = planned[i - 1];
    if (before && unit.startsAt < before.endsAt)
      errors.push({ pointer: `/units/${unit.index}/localStart`, code: 'units-overlap' });
  });
  if (errors.length > 0) throw new InvalidFields(errors);
  return planned.map(({ index: _, ...unit }, i) => ({ ...unit, n: i + 1 }));
}

/** A change of a whole session's day or hours, or of who and what all its units need. */
export interface WholeChange {
  /** New day of the first unit; the others move by as many days. */
  localDate?: string;
  /** New start of the first unit. */
  localStart?: string;
  /** New end of the last unit. */
  localEnd?: string;
  roomId?: string | null;
  trainerIds?: readonly string[];
  kitIds?: readonly string[];
}

/**
 * The existing units as inputs, changed as a whole.
 *
 * @throws InvalidFields when the day is none
 */
export function shiftUnits(existing: readonly UnitPlan[], change: WholeChange): UnitInput[] {
  const first = existing[0];
  const last = existing.at(-1);
  let days = 0;
  try {
    days = first && change.localDate !== undefined ? daysBetween(first.localDate, change.localDate) : 0;
  } catch (error) {
    if (error instanceof WallTimeError)
      throw new InvalidFields([{ pointer: '/localDate', code: error.code, params: error.params }]);
    throw error;
  }
  return existing.map((unit) => ({
    id: unit.id,
    localDate: addDays(unit.localDate, days),
    localStart: unit === first ? (change.localStart ?? unit.localStart) : unit.localStart,
    localEnd: unit === last ? (change.localEnd ?? unit.localEnd) : unit.localEnd,
    ...(change.roomId !== undefined ? { roomId: change.roomId } : {}),
    ...(change.trainerIds !== undefined ? { trainerIds: change.trainerIds } : {}),
    ...(change.kitIds !== undefined ? { kitIds: change.kitIds } : {}),
  }));
}
