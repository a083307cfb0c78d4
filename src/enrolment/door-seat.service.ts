import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { newId } from '../shared/new-id.js';
import type { EnrolmentStatus } from './enrolment-status.js';
import { SeatQuery } from './seat.query.js';

const LIVE = `
  SELECT id, status FROM enrolment
   WHERE session_id = $1 AND person_id = $2 AND status IN ('booked', 'offered', 'waiting')
     FOR NO KEY UPDATE`;

// The caller holds the session's row. A full session gets one more seat: nobody who stands in the room is refused.
const WIDEN = `
  UPDATE session
     SET booked = booked + 1, offered = offered - $2::int, waiting = waiting - $3::int,
         seats_ceiling = greatest(seats_ceiling, booked + offered - $2::int + held + 1)
   WHERE id = $1
  RETURNING booked + offered + held > seats AS "isBeyond"`;

const SEAT = `
  INSERT INTO enrolment (id, organisation_id, session_id, person_id, during, status, at_door, gender, birth_year,
                         commune_code, category, sector, enrolled_by, enrolled_at, status_at)
  SELECT $3, s.organisation_id, s.id, p.id, s.during, 'booked', true, p.gender, p.birth_year,
         p.commune_code, p.category, p.sector, $4::uuid, $5, $5
    FROM session s, person p
   WHERE s.id = $1 AND p.id = $2`;

// Who waited, or had an offer, and came: no message, they know.
const ADMIT = `UPDATE enrolment SET status = 'booked', at_door = true, status_at = $2, untold = NULL WHERE id = $1`;

const COUNTS = `
  INSERT INTO participation AS t (person_id, session_id, campaign_id, organisation_id, course_id, city_slug, gender,
                                  birth_year, commune_code, category, sector, booked)
  SELECT p.id, s.id, s.campaign_id, s.organisation_id, s.course_id, st.city_slug, p.gender,
         p.birth_year, p.commune_code, p.category, p.sector, true
    FROM session s
    JOIN stop st ON st.id = s.stop_id
    JOIN person p ON p.id = $2
   WHERE s.id = $1
  ON CONFLICT (person_id, session_id) DO UPDATE SET booked = true`;

/** A seat that somebody has by being there. */
export interface DoorSeat {
  enrolmentId: string;
  /** The session has more seats taken than are given. */
  isBeyond: boolean;
}

/** Somebody cannot be in two rooms: where their other seat is. */
export interface SeatedElsewhere {
  elsewhere: { sessionId: string; citySlug: string; localDate: string };
}

/** Seats for people who came without one. Capacity warns and records; it refuses nobody. */
@Injectable()
export class DoorSeatService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly seats: SeatQuery,
  ) {}

  /**
   * Part of a transaction that holds the session's row.
   *
   * @param by account at the door; null where nobody was signed in
   */
  async seat(sessionId: string, personId: string, by: string | null): Promise<DoorSeat | SeatedElsewhere> {
    const session = await this.seats.lockSession(sessionId);
    if (!session) throw new Error('A session that is held has gone');
    await this.seats.lockPersons([personId]);
    const live = await this.db.readOne<{ id: string; status: EnrolmentStatus }>(
      'enrolment.liveAtDoor',
      LIVE,
      [...[sessionId, personId]],
    );
    if (live?.status === 'booked') return { enrolmentId: live.id, isBeyond: false };
    // An offer is a seat already; whoever only waits may sit elsewhere.
    const other =
      live?.status === 'offered' ? undefined : await this.seats.sitsElsewhere(personId, session.during);
    if (other) {
      const { id, citySlug, localDate } = other;
      return { elsewhere: { sessionId: id, citySlug, localDate } };
    }
    const isBeyond = await this.widen(sessionId, live?.status);
    const now = this.clock.now();
    const enrolmentId = live?.id ?? newId();
    if (live) await this.db.write('enrolment.admit', ADMIT, [enrolmentId, now]);
    else await this.db.write('enrolment.seatAtDoor', SEAT, [sessionId, personId, enrolmentId, by, now]);
    await this.db.write('enrolment.countAtDoor', COUNTS, [sessionId, personId]);
    return { enrolmentId, isBeyond };
  }

  private async widen(sessionId: string, before: EnrolmentStatus | undefined): Promise<boolean> {
    const row = await this.db.readOne<{ isBeyond: boolean }>('enrolment.widen', WIDEN, [
      ...[sessionId, before === 'offered' ? 1 : 0, before === 'waiting' ? 1 : 0],
    ]);
    return row?.isBeyond ?? false;
  }
}
