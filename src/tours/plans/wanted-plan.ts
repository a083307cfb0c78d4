import { addDays, daysBetween, isLocalDate } from '../../shared/clock/local-date.js';
import { type FieldError, InvalidFields } from '../../shared/errors/domain-error.js';
import { holidayOn } from '../holidays.js';
import { MAX_HALF_DAYS, MAX_SPAN_DAYS, MAX_STOPS } from '../planner/problem.js';
import { workingDays } from '../planner/working-days.js';

/** A city that is to have a stop. */
export interface WantedCity {
  city: string;
  /** Half-days in the room, 1 to 4. */
  halfDays: number;
  earliest?: string | undefined;
  latest?: string | undefined;
  teamId?: string | undefined;
}

/** What a coordinator asks of the planner. */
export interface WantedPlan {
  /** First and last day, `YYYY-MM-DD`. */
  from: string;
  to: string;
  /** Days of the week with classes, 0 Sunday … 6 Saturday; Monday to Friday unless given. */
  weekdays: number[];
  /** Classes also on public holidays. */
  holidays: boolean;
  /** Days without a class. */
  without: string[];
  stops: WantedCity[];
}

export const WORKING_WEEK = [1, 2, 3, 4, 5];
const MAX_WITHOUT = MAX_SPAN_DAYS;

/**
 * Checks what was asked, as far as that needs no database.
 *
 * @throws InvalidFields
 */
export function checkWanted(wanted: WantedPlan): void {
  const errors: FieldError[] = [];
  const date = (pointer: string, text: string | undefined): boolean => {
    if (text === undefined || isLocalDate(text)) return true;
    errors.push({ pointer, code: 'not-a-date', params: { date: text } });
    return false;
  };
  if (date('/from', wanted.from) && date('/to', wanted.to)) {
    const span = daysBetween(wanted.from, wanted.to) + 1;
    if (span < 1) errors.push({ pointer: '/to', code: 'before-first-day' });
    if (span > MAX_SPAN_DAYS)
      errors.push({ pointer: '/to', code: 'too-many-days', params: { max: MAX_SPAN_DAYS } });
  }
  if (wanted.stops.length === 0) errors.push({ pointer: '/stops', code: 'required' });
  if (wanted.stops.length > MAX_STOPS)
    errors.push({ pointer: '/stops', code: 'too-many', params: { max: MAX_STOPS } });
  if (wanted.without.length > MAX_WITHOUT)
    errors.push({ pointer: '/without', code: 'too-many', params: { max: MAX_WITHOUT } });
  wanted.without.forEach((day, i) => date(`/without/${i}`, day));
  wanted.stops.forEach(({ halfDays, earliest, latest }, i) => {
    date(`/stops/${i}/earliest`, earliest);
    date(`/stops/${i}/latest`, latest);
    if (!Number.isInteger(halfDays) || halfDays < 1 || halfDays > MAX_HALF_DAYS)
      errors.push({
        pointer: `/stops/${i}/halfDays`,
        code: 'half-days-range',
        params: { max: MAX_HALF_DAYS },
      });
  });
  if (errors.length > 0) throw new InvalidFields(errors);
  if (daysOf(wanted).length === 0) throw new InvalidFields([{ pointer: '/to', code: 'no-working-day' }]);
}

/** Days on which there may be a class. */
export function daysOf({ from, to, weekdays, holidays, without }: Omit<WantedPlan, 'stops'>): string[] {
  return workingDays({ from, to }, weekdays, without).filter(
    (day) => holidays || holidayOn(day) === undefined,
  );
}

/** Public holidays among the days of the week that have classes. */
export function holidaysWithin({ from, to, weekdays }: WantedPlan): string[] {
  return workingDays({ from, to }, weekdays).filter((day) => holidayOn(day) !== undefined);
}

/** The name of a stop inside of a plan: its place in the list. */
export const stopKey = (index: number): string => String(index);

/** The last day of a stop. */
export function lastDayOf(localDate: string, half: number, halfDays: number): string {
  return addDays(localDate, (half + halfDays - 1) >> 1);
}
