/** What somebody said about one person in one unit. */
export type Mark = 'present' | 'partial' | 'absent';

/** One understood event of a (person, unit), placed on the server's clock. */
export interface PresenceEvent {
  /** The client's UUID, lower case. */
  id: string;
  /** Milliseconds since 1970, with the device's skew taken out. */
  at: number;
  /** A correction outweighs everything that is not one. */
  correction: boolean;
  mark: Mark;
  /** Minutes in the room that the mark stands for; 0 for an absence. */
  minutes: number;
  /** It reached the server after the session was closed. */
  afterClose: boolean;
}

/** What the events of a (person, unit) come to. */
export interface Presence {
  mark: Mark;
  minutes: number;
  /** The event that decided. */
  eventId: string;
  afterClose: boolean;
}

const STRENGTH: Readonly<Record<Mark, number>> = { absent: 0, partial: 1, present: 2 };

/**
 * Presence as a function of the set of events: their order, repetition, batches and devices change nothing. If
 * corrections exist, the greatest (corrected time, id) decides; else present if any event says so (`partial` is a
 * presence, with the most minutes anybody gave it); else absent.
 *
 * @returns undefined for no events: nobody has said anything, which counts as absent and is shown as "not yet marked"
 */
export function derivePresence(events: Iterable<PresenceEvent>): Presence | undefined {
  let deciding: PresenceEvent | undefined;
  for (const event of events) {
    if (deciding === undefined || outweighs(event, deciding)) deciding = event;
  }
  if (!deciding) return undefined;
  const { mark, minutes, id, afterClose } = deciding;
  return { mark, minutes, eventId: id, afterClose };
}

/** A strict total order on different events, so that one of any set decides. */
function outweighs(one: PresenceEvent, other: PresenceEvent): boolean {
  if (one.correction !== other.correction) return one.correction;
  if (one.correction) return isLater(one, other);
  if (one.mark !== other.mark) return STRENGTH[one.mark] > STRENGTH[other.mark];
  if (one.minutes !== other.minutes) return one.minutes > other.minutes;
  // Of equal witnesses the first one, so that an early mark is not made late by a repetition after the close.
  return isLater(other, one);
}

function isLater(one: PresenceEvent, other: PresenceEvent): boolean {
  return one.at === other.at ? one.id > other.id : one.at > other.at;
}
