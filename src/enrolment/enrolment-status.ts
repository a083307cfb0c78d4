/** `booked` and `offered` hold a seat; the last three are over. */
export const ENROLMENT_STATUSES = [
  'booked',
  'offered',
  'waiting',
  'cancelled',
  'declined',
  'expired',
] as const;
export type EnrolmentStatus = (typeof ENROLMENT_STATUSES)[number];

/** What a person holds in a session: a seat, an offer of one, or a place in the queue. */
export interface Booking {
  id: string;
  status: EnrolmentStatus;
  /** Rank now among those who wait, from 1; only while waiting. */
  position?: number;
}

const LIVE: ReadonlySet<EnrolmentStatus> = new Set(['booked', 'offered', 'waiting']);

/** True while the person has, is offered, or waits for a seat. */
export function isLive(status: EnrolmentStatus): boolean {
  return LIVE.has(status);
}
