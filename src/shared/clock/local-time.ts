import { InvalidLocalTime } from './wall-time.errors.js';

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Whether a value is a time of day `HH:MM`, 00:00 to 23:59. */
export function isLocalTime(value: unknown): value is string {
  return typeof value === 'string' && TIME.test(value);
}

/**
 * Minutes since midnight of `HH:MM`, 0 to 1439.
 * @throws InvalidLocalTime
 */
export function minutesOfDay(localTime: string): number {
  if (!isLocalTime(localTime)) throw new InvalidLocalTime(localTime);
  return Number(localTime.slice(0, 2)) * 60 + Number(localTime.slice(3));
}
