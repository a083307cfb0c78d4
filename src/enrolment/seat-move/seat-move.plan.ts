import { createHash } from 'node:crypto';

/** A seat, an offer or a place in the queue. */
export type Live = 'booked' | 'offered' | 'waiting';

export const STAYS = ['already-enrolled', 'overlapping-seat', 'full', 'too-late'] as const;

/** Why somebody stays where they are. */
export type Stays = (typeof STAYS)[number];

/** Somebody who is to be moved, in the order in which seats are given. */
export interface Candidate {
  enrolmentId: string;
  personId: string;
  from: Live;
  /** Has a seat, an offer or a place in the queue there already. */
  isThere: boolean;
  /** Has a seat elsewhere at that time. */
  isElsewhere: boolean;
}

/** What becomes of one of them. */
export type MoveLine = Pick<Candidate, 'enrolmentId' | 'personId' | 'from'> &
  ({ to: Live; why: null } | { to: null; why: Stays });

/** The session they are moved to, and how. */
export interface Room {
  seatsLeft: number;
  /** There is time enough to answer an offer before it begins. */
  canOffer: boolean;
  /** Whoever finds no seat gets a place at the end of the queue; else they stay. */
  mayWait: boolean;
  /** A seat may become a place in the queue: the session it was in will not be held. */
  mayLoseSeat: boolean;
}

/**
 * Who gets what: a seat for a seat, an offer for those who have none yet, in the order given, while there is room.
 * Never more than `seatsLeft`.
 */
export function planMoves(candidates: readonly Candidate[], room: Room): MoveLine[] {
  let left = room.seatsLeft;
  return candidates.map(({ enrolmentId, personId, from, isThere, isElsewhere }): MoveLine => {
    const who = { enrolmentId, personId, from };
    const stays = (why: Stays): MoveLine => ({ ...who, to: null, why });
    if (isThere) return stays('already-enrolled');
    if (isElsewhere) return stays('overlapping-seat');
    const isSeat = from === 'booked';
    if (left > 0 && (isSeat || room.canOffer)) {
      left -= 1;
      return { ...who, to: isSeat ? 'booked' : 'offered', why: null };
    }
    if (room.mayWait && (!isSeat || room.mayLoseSeat)) return { ...who, to: 'waiting', why: null };
    return stays(left > 0 ? 'too-late' : 'full');
  });
}

/** Names what was looked at, so that a confirmation can be held to it: SHA-256 in hexadecimal. */
export function digestOf(lines: readonly MoveLine[]): string {
  const text = lines.map(({ enrolmentId, to, why }) => `${enrolmentId} ${to ?? why ?? ''}`).join('\n');
  return createHash('sha256').update(text).digest('hex');
}
