import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { EnrolmentStatus } from './enrolment-status.js';

const COLUMNS = `
  e.id, e.status, e.enrolled_at AS "enrolledAt", e.offer_expires_at AS "offerExpiresAt",
  (SELECT count(*)::int FROM enrolment w
    WHERE w.session_id = e.session_id AND w.status = 'waiting' AND w.waiting_no <= e.waiting_no) AS position,
  s.id AS "sessionId", s.status AS "sessionStatus", s.language, s.venue_note AS "venueNote",
  lower(s.during) AS "startsAt", upper(s.during) AS "endsAt",
  greatest(s.capacity - s.booked - s.offered - s.held, 0) AS "seatsLeft",
  city.slug AS "citySlug", city.name_fr AS "cityFr", city.name_ar AS "cityAr", city.name_en AS "cityEn",
  v.name_fr AS "venueFr", v.name_ar AS "venueAr", v.landmark_fr AS "landmarkFr", v.landmark_ar AS "landmarkAr",
  co.slug AS "courseSlug", co.title_fr AS "courseFr", co.title_ar AS "courseAr", co.title_en AS "courseEn",
  c.slug AS "campaignSlug", c.name_fr AS "campaignFr", c.name_ar AS "campaignAr", c.name_en AS "campaignEn",
  (SELECT json_agg(json_build_object('n', u.n, 'localDate', u.local_date, 'localStart', to_char(u.local_start, 'HH24:MI'),
                                     'localEnd', to_char(u.local_end, 'HH24:MI'), 'zone', u.zone,
                                     'startsAt', lower(u.during), 'endsAt', upper(u.during)) ORDER BY u.n)
     FROM unit u WHERE u.session_id = s.id) AS units
  FROM enrolment e
  JOIN session s ON s.id = e.session_id
  JOIN campaign c ON c.id = s.campaign_id
  JOIN course co ON co.id = s.course_id
  JOIN stop st ON st.id = s.stop_id
  JOIN city ON city.slug = st.city_slug
  LEFT JOIN venue v ON v.id = s.venue_id`;

const PAGE = `
  SELECT ${COLUMNS}
   WHERE e.person_id = $1 AND ($2::uuid IS NULL OR e.id < $2)
   ORDER BY e.id DESC
   LIMIT $3`;

const ONE = `SELECT ${COLUMNS} WHERE e.person_id = $1 AND e.id = $2`;

/** One half-day as people read it, with its instants. */
export interface UnitRow {
  n: number;
  localDate: string;
  localStart: string;
  localEnd: string;
  zone: string;
  startsAt: string;
  endsAt: string;
}

/** One enrolment of a person with all that is shown of its session. */
export interface MyEnrolmentRow {
  id: string;
  status: EnrolmentStatus;
  enrolledAt: Date;
  offerExpiresAt: Date | null;
  /** Rank now among those who wait, from 1; means something only while waiting. */
  position: number;
  sessionId: string;
  sessionStatus: 'planned' | 'closed' | 'cancelled';
  language: 'ar' | 'fr' | 'en';
  venueNote: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  seatsLeft: number;
  citySlug: string;
  cityFr: string;
  cityAr: string;
  cityEn: string;
  venueFr: string | null;
  venueAr: string | null;
  landmarkFr: string | null;
  landmarkAr: string | null;
  courseSlug: string;
  courseFr: string;
  courseAr: string;
  courseEn: string | null;
  campaignSlug: string;
  campaignFr: string;
  campaignAr: string;
  campaignEn: string;
  units: UnitRow[] | null;
}

/** A person's own enrolments: one round trip for a page of them. */
@Injectable()
export class MyEnrolmentsQuery {
  constructor(private readonly db: Database) {}

  /** Newest first. @param before id of the last one of the page before */
  async page(personId: string, limit: number, before?: string): Promise<MyEnrolmentRow[]> {
    return this.db.read('enrolment.mine', PAGE, [personId, before ?? null, limit]);
  }

  /** One of the person's own; undefined for anybody else's. */
  async one(personId: string, id: string): Promise<MyEnrolmentRow | undefined> {
    return this.db.readOne('enrolment.mineOne', ONE, [personId, id]);
  }
}
