import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { EnrolmentStatus } from './enrolment-status.js';

const LOCK_SESSION = `
  SELECT id, organisation_id AS "organisationId", status, lower(during) AS "startsAt", during::text AS during,
         greatest(seats - booked - offered - held, 0) AS "seatsLeft", waiting,
         (SELECT u.zone FROM unit u WHERE u.session_id = session.id ORDER BY u.n LIMIT 1) AS zone
    FROM session
   WHERE id = $1
     FOR NO KEY UPDATE`;

const LOCK_ENROLMENT = `
  SELECT id, session_id AS "sessionId", person_id AS "personId", status, offer_expires_at AS "offerExpiresAt"
    FROM enrolment
   WHERE id = $1
     FOR NO KEY UPDATE`;

const FIND = `
  SELECT e.id, e.session_id AS "sessionId", e.person_id AS "personId", e.organisation_id AS "organisationId",
         s.campaign_id AS "campaignId"
    FROM enrolment e
    JOIN session s ON s.id = e.session_id
   WHERE e.id = $1`;

const SET_STATUS = `
  UPDATE enrolment SET status = $2, status_at = $3, untold = 'status' WHERE id = $1`;

const COUNT = `
  UPDATE session SET booked = booked + $2, offered = offered + $3, waiting = waiting + $4 WHERE id = $1`;

const SET_PARTICIPATION = `UPDATE participation SET booked = $3 WHERE person_id = $1 AND session_id = $2`;

const LOCK_PERSONS = `SELECT id FROM person WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

const SITS_ELSEWHERE = `
  SELECT o.id, st.city_slug AS "citySlug", u.local_date AS "localDate", to_char(u.local_start, 'HH24:MI') AS "localStart"
    FROM enrolment e
    JOIN session o ON o.id = e.session_id
    JOIN stop st ON st.id = o.stop_id
    JOIN unit u ON u.session_id = o.id
   WHERE e.person_id = $1 AND e.holds_seat AND e.during && $2::tstzmultirange
   ORDER BY u.n
   LIMIT 1`;

const POSITION = `
  SELECT count(*)::int AS position
    FROM enrolment w
    JOIN enrolment mine ON mine.id = $1 AND w.session_id = mine.session_id AND w.waiting_no <= mine.waiting_no
   WHERE w.status = 'waiting'`;

/** A session whose row this transaction holds. */
export interface LockedSession {
  id: string;
  organisationId: string;
  status: 'planned' | 'postponed' | 'closed' | 'cancelled';
  startsAt: Date | null;
  /** The session's time as PostgreSQL writes a multirange. */
  during: string;
  /** Seats that are given less those booked, offered and held; never below 0. */
  seatsLeft: number;
  waiting: number;
  zone: string | null;
}

export interface EnrolmentRow {
  id: string;
  sessionId: string;
  personId: string;
  status: EnrolmentStatus;
  offerExpiresAt: Date | null;
}

/** How a session's counters move. */
export interface CounterSteps {
  booked?: number;
  offered?: number;
  waiting?: number;
}

/**
 * Statements on one seat. Their order of locks, which every change of seats keeps: the session's row, then rows of
 * persons by id, then rows of enrolments of that session. A transaction holds one session, a move of seats two in the order of their ids.
 */
@Injectable()
export class SeatQuery {
  constructor(private readonly db: Database) {}

  /** Where an enrolment belongs; nothing is locked, and neither of these ever changes. */
  async find(
    id: string,
  ): Promise<
    | { id: string; sessionId: string; personId: string; organisationId: string; campaignId: string }
    | undefined
  > {
    return this.db.readOne('enrolment.find', FIND, [id]);
  }

  async lockSession(id: string): Promise<LockedSession | undefined> {
    return this.db.readOne('enrolment.lockSession', LOCK_SESSION, [id]);
  }

  async lockEnrolment(id: string): Promise<EnrolmentRow | undefined> {
    return this.db.readOne('enrolment.lockRow', LOCK_ENROLMENT, [id]);
  }

  async lockPersons(ids: readonly string[]): Promise<void> {
    await this.db.read('enrolment.lockPersons', LOCK_PERSONS, [ids]);
  }

  async setStatus(id: string, status: EnrolmentStatus, now: Date): Promise<void> {
    await this.db.write('enrolment.setStatus', SET_STATUS, [id, status, now]);
  }

  async count(sessionId: string, steps: CounterSteps): Promise<void> {
    await this.db.write('enrolment.count', COUNT, [
      sessionId,
      steps.booked ?? 0,
      steps.offered ?? 0,
      steps.waiting ?? 0,
    ]);
  }

  /** Whether the person counts as booked in the figures (G1). */
  async setBooked(personId: string, sessionId: string, booked: boolean): Promise<void> {
    await this.db.write('enrolment.setBooked', SET_PARTICIPATION, [personId, sessionId, booked]);
  }

  /** The session in which a person holds a seat at that time. */
  async sitsElsewhere(
    personId: string,
    during: string,
  ): Promise<{ id: string; citySlug: string; localDate: string; localStart: string } | undefined> {
    return this.db.readOne('enrolment.sitsElsewhere', SITS_ELSEWHERE, [personId, during]);
  }

  /** Rank now among those who wait, from 1. */
  async positionOf(id: string): Promise<number> {
    return (await this.db.readOne<{ position: number }>('enrolment.position', POSITION, [id]))?.position ?? 0;
  }
}
