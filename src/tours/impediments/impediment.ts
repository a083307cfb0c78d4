import type { Days } from '../replacement/candidate.js';

/** Why a trainer cannot come; one says no more than one wishes. */
export const IMPEDIMENT_REASONS = ['health', 'family', 'road', 'other'] as const;
export type ImpedimentReason = (typeof IMPEDIMENT_REASONS)[number];

/**
 * What became of it: somebody else teaches, the session is held all the same, has another day, was postponed or called
 * off by somebody; nobody answered; or the trainer can come after all.
 */
export const IMPEDIMENT_ANSWERS = [
  'replaced',
  'held',
  'moved',
  'postponed',
  'called-off',
  'unanswered',
  'withdrawn',
] as const;
export type ImpedimentAnswer = (typeof IMPEDIMENT_ANSWERS)[number];

/** How long a coordinator has to answer before everybody is told that the session is postponed, in minutes. */
export const ANSWER_MINUTES = 15;

/** A trainer's word that they cannot come to a session (*empêchement*). */
export interface Impediment {
  id: string;
  sessionId: string;
  trainer: { id: string; name: string };
  reason: ImpedimentReason;
  note: string | null;
  reportedAt: Date;
  dueAt: Date;
  /** First and last local day on which they cannot come: those of the session when they said so. */
  days: Days;
  answer: ImpedimentAnswer | null;
  answeredAt: Date | null;
}

/** A half-day as it matters here. */
interface Taught {
  endsAt: string;
  trainers: ReadonlyArray<{ id: string }>;
}

/** Whether every half-day that is not over has a trainer who comes. */
export function isTaughtWithout(units: readonly Taught[], absent: ReadonlySet<string>, now: Date): boolean {
  return units
    .filter(({ endsAt }) => new Date(endsAt) > now)
    .every(({ trainers }) => trainers.some(({ id }) => !absent.has(id)));
}
