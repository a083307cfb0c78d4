import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { CertificateStatus } from './certificate.js';

// Everybody with a seat, and everybody who was in the room, in the order of a list that is read out.
const CANDIDATES = `
  WITH pair AS (
       SELECT e.person_id, s.course_id
         FROM session s
         JOIN enrolment e ON e.session_id = s.id AND e.status = 'booked'
        WHERE s.campaign_id = $1 AND s.status <> 'cancelled' AND ($2::uuid IS NULL OR s.id = $2) AND ($3::uuid IS NULL OR s.course_id = $3)
       UNION
       SELECT pr.person_id, s.course_id
         FROM session s
         JOIN presence pr ON pr.session_id = s.id AND pr.state IN ('present', 'partial')
        WHERE s.campaign_id = $1 AND s.status <> 'cancelled' AND ($2::uuid IS NULL OR s.id = $2) AND ($3::uuid IS NULL OR s.course_id = $3)
  )
  SELECT pair.person_id AS "personId", pair.course_id AS "courseId",
         (SELECT c.status FROM certificate c
           WHERE c.person_id = pair.person_id AND c.course_id = pair.course_id AND c.campaign_id = $1
           ORDER BY (c.status = 'valid') DESC, c.issued_at DESC LIMIT 1) AS latest
    FROM pair
    JOIN person p ON p.id = pair.person_id
   ORDER BY coalesce(p.family_fr, p.family_ar) COLLATE "fr-x-icu", coalesce(p.given_fr, p.given_ar) COLLATE "fr-x-icu", p.id, pair.course_id`;

const NAMES = `
  SELECT id AS "personId", given_fr AS "givenFr", family_fr AS "familyFr", given_ar AS "givenAr", family_ar AS "familyAr"
    FROM person
   WHERE id = ANY($1::uuid[])`;

/** Somebody a batch looks at. */
export interface Candidate {
  personId: string;
  courseId: string;
  /** Status of the certificate they have or had for this course. */
  latest: CertificateStatus | null;
}

/** A name beside a person's id, for lists that keep ids only. */
export interface NamedPerson {
  personId: string;
  givenFr: string | null;
  familyFr: string | null;
  givenAr: string | null;
  familyAr: string | null;
}

/** Whom a batch looks at. */
@Injectable()
export class CertificateBatchQuery {
  constructor(private readonly db: Database) {}

  candidates(campaignId: string, sessionId: string | null, courseId: string | null): Promise<Candidate[]> {
    return this.db.read<Candidate>('certificate.candidates', CANDIDATES, [campaignId, sessionId, courseId]);
  }

  names(personIds: readonly string[]): Promise<NamedPerson[]> {
    return this.db.read<NamedPerson>('certificate.names', NAMES, [personIds]);
  }
}
