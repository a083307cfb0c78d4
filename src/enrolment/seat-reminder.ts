import { isWaking, lastWaking } from '../shared/clock/waking-hours.js';

const HOUR_MS = 3600 * 1000;

/** How long before the start people are reminded, the farthest first. */
export const REMINDER_STEPS = {
  'three-days': 72 * HOUR_MS,
  day: 24 * HOUR_MS,
  'two-hours': 2 * HOUR_MS,
} as const;
export type ReminderStep = keyof typeof REMINDER_STEPS;
const STEPS = Object.keys(REMINDER_STEPS) as ReminderStep[];

/** Nobody is reminded longer than this before the start: three days, and the night before them. */
export const LONGEST_REMINDER_MS = REMINDER_STEPS['three-days'] + 24 * HOUR_MS;

export interface DueReminder {
  step: ReminderStep;
  /** When it was to be written: who took a seat later, or was told of a change later, has just read of it. */
  due: Date;
  /** When the next one takes its place, or the session begins. */
  staleAt: Date;
}

/** When a step is written: at its time, or in the last minute before it in which a phone may ring. */
const dueAt = (step: ReminderStep, startsAt: Date, zone: string): Date =>
  lastWaking(new Date(startsAt.getTime() - REMINDER_STEPS[step]), zone);

/**
 * The reminder that is due for a session: of several that were missed the last one. Undefined before the first, after
 * the start, and in quiet hours.
 */
export function dueReminder(now: Date, startsAt: Date, zone: string): DueReminder | undefined {
  if (now >= startsAt || !isWaking(now, zone)) return undefined;
  const times = STEPS.map((step) => ({ step, due: dueAt(step, startsAt, zone) }));
  const at = times.findLastIndex(({ due }) => due <= now);
  const found = times[at];
  return found && { ...found, staleAt: times[at + 1]?.due ?? startsAt };
}
