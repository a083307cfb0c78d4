import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { CertificateStatus } from './certificate.js';
import type { NameColumns } from './printed-name.js';

const ROOM = `
  SELECT p.id AS "personId", p.given_fr AS "givenFr", p.family_fr AS "familyFr", p.given_ar AS "givenAr", p.family_ar AS "familyAr",
         EXISTS (SELECT 1 FROM completion d
                  WHERE d.person_id = p.id AND d.course_id = s.course_id AND d.campaign_id = s.campaign_id) AS completed,
         c.code, c.status
    FROM session s
    JOIN person p ON p.id IN (SELECT e.person_id FROM enrolment e WHERE e.session_id = s.id AND e.status = 'booked'
                              UNION
                              SELECT pr.person_id FROM presence pr WHERE pr.session_id = s.id AND pr.state IN ('present', 'partial'))
    LEFT JOIN LATERAL (
         SELECT x.code, x.status FROM certificate x
          WHERE x.person_id = p.id AND x.course_id = s.course_id AND x.campaign_id = s.campaign_id
          ORDER BY (x.status = 'valid') DESC, x.issued_at DESC
          LIMIT 1) c ON true
   WHERE s.id = $1
   ORDER BY coalesce(p.family_fr, p.family_ar) COLLATE "fr-x-icu", coalesce(p.given_fr, p.given_ar) COLLATE "fr-x-icu", p.id`;

/** One person of a session, as far as certificates go. */
export interface RoomRow extends NameColumns {
  personId: string;
  completed: boolean;
  code: string | null;
  status: CertificateStatus | null;
}

/** The people of one session with what they completed and hold. */
@Injectable()
export class CertificateRoomQuery {
  constructor(private readonly db: Database) {}

  people(sessionId: string): Promise<RoomRow[]> {
    return this.db.read<RoomRow>('certificate.room', ROOM, [sessionId]);
  }
}
