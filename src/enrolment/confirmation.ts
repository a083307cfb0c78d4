import type { ConcernedSeat } from './told.query.js';

const DAY_MS = 24 * 3600 * 1000;

/** What is known of whether somebody with a seat will come. */
export const CONFIRMATIONS = ['confirmed', 'to-confirm'] as const;
export type Confirmation = (typeof CONFIRMATIONS)[number];

/** Who said yes is confirmed; who was asked and has not answered by the day before is to be confirmed. */
export function confirmationOf(
  {
    enrolmentStatus,
    confirmedAt,
    isAsked,
  }: Pick<ConcernedSeat, 'enrolmentStatus' | 'confirmedAt' | 'isAsked'>,
  startsAt: Date,
  now: Date,
): Confirmation | null {
  if (enrolmentStatus !== 'booked') return null;
  if (confirmedAt) return 'confirmed';
  return isAsked && startsAt.getTime() - now.getTime() <= DAY_MS ? 'to-confirm' : null;
}
