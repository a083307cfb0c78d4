import type { Locale } from '../../shared/i18n/i18n.js';

export const CALL_OUTCOMES = ['reached', 'no-answer', 'wrong-number', 'call-back'] as const;
/** What came of a call. */
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/**
 * Why somebody is called: no number takes an SMS, the SMS was refused, nobody knows whether it arrived, or it asked
 * something that is not answered.
 */
export type CallCause = 'no-sms' | 'failed' | 'unknown' | 'unanswered';

export const CALL_FILTERS = ['open', 'all'] as const;
/** `open`: whom it is still worth calling. */
export type CallFilter = (typeof CALL_FILTERS)[number];

export const LONGEST_NOTE = 200;

/** Somebody to call instead of an SMS that cannot be sent. */
export interface NewCall {
  organisationId: string;
  /** What the list is about: a session. */
  listId: string;
  /** What the call is about: a later one about the same takes its place. */
  aboutId: string;
  personId: string;
  /** E.164; null for somebody without any number. */
  recipient: string | null;
  /** Key of the words of the message that is not sent. */
  template: string;
  language: Locale;
  /** What is said, in the person's language. */
  body: string;
  dedupeKey: string;
  why: Extract<CallCause, 'no-sms' | 'unanswered'>;
}

/** One line of a list as it is read. */
export interface CallLine {
  id: string;
  listId: string;
  organisationId: string;
  personId: string;
  why: CallCause;
  language: Locale;
  recipient: string | null;
  body: string;
  causedAt: Date;
  attempts: number;
  outcome: CallOutcome | null;
  note: string | null;
  calledAt: Date | null;
  /** There is newer news for the person. */
  isReplaced: boolean;
  /** Whoever has the line now; null when it is free. */
  takenBy: { id: string; name: string } | null;
  takenUntil: Date | null;
}

/** How far a list is: `12 of 30 reached`. */
export interface CallProgress {
  total: number;
  reached: number;
  open: number;
}
