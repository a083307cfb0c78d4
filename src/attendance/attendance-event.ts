import type { PersonName } from '../people/public.js';
import type { Mark } from './presence.js';

/** Most events of one call. */
export const MAX_EVENTS = 500;

/** Why an event does not count and waits for a person's decision. */
export const REVIEWS = [
  'not-an-object',
  'not-storable',
  'bad-id',
  'id-used-elsewhere',
  'bad-kind',
  'bad-time',
  'bad-value',
  'unit-unknown',
  'who-missing',
  'enrolment-unknown',
  'pass-invalid',
  'pass-of-another-session',
  'pass-mismatch',
  'walk-in-incomplete',
  'walk-in-without-consent',
  'walk-in-seated-elsewhere',
  'session-cancelled',
  'after-close',
] as const;
export type Review = (typeof REVIEWS)[number];

/** Why an event that counts deserves a look. */
export const FLAGS = ['clock-changed', 'without-seat', 'over-capacity'] as const;
export type Flag = (typeof FLAGS)[number];

/** Values of the sentence that tells a review. */
export type ReviewFacts = Readonly<Record<string, string | number>>;

/** A person who came without a booking. */
export interface WalkIn {
  name: PersonName;
  phone?: string;
  consent: 'heard' | 'read';
}

/** An event whose members have the right shape; whom and which unit it means is found out next. */
export interface ReadEvent {
  id: string;
  /** Milliseconds since 1970 on the device's clock. */
  at: number;
  correction: boolean;
  mark: Mark;
  /** Minutes of a partial presence, when they were given. */
  minutes?: number;
  unit: string | number;
  enrolmentId?: string;
  pass?: string;
  walkIn?: WalkIn;
}
