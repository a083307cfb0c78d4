import type { Locale, Params } from '../shared/i18n/i18n.js';

/** How a message travels. */
export type Channel = 'sms' | 'email';

/** How a person was told: `call` where no SMS reaches them. */
export type Way = Channel | 'call';

/** `queued` → `handed` (given to the gateway, no answer yet) → `sent`, `failed`, or `unknown` after a crash in between. */
export type MessageState = 'queued' | 'handed' | 'sent' | 'failed' | 'unknown';

/** A message to be sent; the caller has a ready address and the values of the words. */
export interface NewMessage {
  /** E.164 number or e-mail address. */
  recipient: string;
  channel: Channel;
  /** Key of the words: `code` stands for the one in our own locales, `feature:key` for a feature's own. */
  template: string;
  /** Language of the reader, not of the sender. */
  language: Locale;
  /** Values of the words; `help`, the number of the desk, is always there. */
  values?: Params;
  /** Names of values that open something: stars take their place in the row once the message is sent. */
  secrets?: readonly string[];
  /** Whose page shows it. */
  personId?: string;
  organisationId?: string;
  /** A message of the same key is written once, whatever asks for it. */
  dedupeKey: string;
  /** Not worth sending any more after this. */
  staleAt?: Date;
  /** What becomes of it when it is not delivered: somebody calls. Needs `personId` and `organisationId`. */
  orCall?: OrCall;
  /**
   * Rings at any hour: codes, receipts of what one just did, changes within 24 hours. Everything else waits for the end
   * of the quiet hours.
   */
  isUrgent?: boolean;
  /** Codes, moves and cancellations are sent again after a crash in the hand-over; others become `unknown`. */
  sendsAgain?: boolean;
}

/** Whom to call when a message is not delivered. */
export interface OrCall {
  /** What the list of calls is about: a session. */
  listId: string;
  /** What the message is about: a later one about the same takes its place. */
  aboutId: string;
  /** What is said, in the person's language. */
  body: string;
}
