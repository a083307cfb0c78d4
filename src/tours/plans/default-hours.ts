import { addDays, weekdayOf } from '../../shared/clock/local-date.js';
import type { UnitInput } from '../unit-plan.js';

const FRIDAY = 5;
const HOURS = [
  ['09:00', '12:30'],
  ['14:00', '17:00'],
] as const;
/** Fridays leave 12:00 to 14:30 free. */
const FRIDAY_HOURS = [
  ['09:00', '12:00'],
  ['14:30', '17:30'],
] as const;

/** The half-days of a stop with the usual hours. */
export function defaultUnits(localDate: string, half: number, halfDays: number): UnitInput[] {
  return Array.from({ length: halfDays }, (_, i) => {
    const date = addDays(localDate, (half + i) >> 1);
    const [localStart, localEnd] = (weekdayOf(date) === FRIDAY ? FRIDAY_HOURS : HOURS)[
      (half + i) % 2 === 0 ? 0 : 1
    ];
    return { localDate: date, localStart, localEnd };
  });
}
