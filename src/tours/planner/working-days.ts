import { addDays, daysBetween, weekdayOf } from '../../shared/clock/local-date.js';

/** Days from one to another, both included, that fall on these weekdays (0 Sunday … 6 Saturday) and are not left out. */
export function workingDays(
  { from, to }: { from: string; to: string },
  weekdays: readonly number[],
  leftOut: readonly string[] = [],
): string[] {
  const days = Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i));
  return days.filter((day) => weekdays.includes(weekdayOf(day)) && !leftOut.includes(day));
}
