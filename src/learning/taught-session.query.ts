import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { isId } from './is-id.js';
import { type TaughtScope, teaches } from './teaching.policy.js';

const SESSIONS = `
  SELECT s.id AS "sessionId", s.campaign_id AS "campaignId", s.organisation_id AS "organisationId", s.course_id AS "courseId",
         st.local_date AS "localDate", json_build_object('fr', ci.name_fr, 'ar', ci.name_ar, 'en', ci.name_en) AS city,
         ARRAY(SELECT DISTINCT x.resource_id FROM unit u JOIN unit_resource x ON x.unit_id = u.id
                WHERE u.session_id = s.id AND x.resource_kind = 'trainer') AS "trainerIds"
    FROM session s
    JOIN stop st ON st.id = s.stop_id
    JOIN city ci ON ci.slug = st.city_slug`;
const OF_COURSE = `${SESSIONS} WHERE s.course_id = $1 AND s.status <> 'cancelled' ORDER BY st.local_date, s.id`;
const ONE = `${SESSIONS} WHERE s.id = $1`;
// Numbered as they came, whatever became of their seat: a number on paper stays the same person's.
const ROSTER = `
  SELECT * FROM (
    SELECT e.person_id AS "personId", e.holds_seat AS "holdsSeat",
           row_number() OVER (ORDER BY e.enrolled_at, e.id)::int AS n,
           p.given_fr AS "givenFr", p.family_fr AS "familyFr", p.given_ar AS "givenAr", p.family_ar AS "familyAr"
      FROM enrolment e JOIN person p ON p.id = e.person_id
     WHERE e.session_id = $1) r
   WHERE "holdsSeat" ORDER BY n`;

/** A session with its place and day, for whoever teaches there. */
export interface TaughtSession extends TaughtScope {
  readonly courseId: string;
  /** Day of its stop, as YYYY-MM-DD. */
  readonly localDate: string;
  readonly city: { readonly fr: string; readonly ar: string; readonly en: string | null };
}

/** Somebody with a seat and their number on the list. */
export interface ListedPerson {
  readonly personId: string;
  readonly n: number;
  readonly givenFr: string | null;
  readonly familyFr: string | null;
  readonly givenAr: string | null;
  readonly familyAr: string | null;
}

/** The sessions at which a course is taught, and who sits there. */
@Injectable()
export class TaughtSessionQuery {
  constructor(private readonly db: Database) {}

  /** Those that the actor teaches or runs. */
  async ofCourse(actor: Actor, courseId: string): Promise<TaughtSession[]> {
    const sessions = await this.db.read<TaughtSession>('learning.taughtSessions', OF_COURSE, [courseId]);
    return sessions.filter((session) => teaches(actor, session));
  }

  /** @throws NotFound also when it is somebody else's */
  async get(actor: Actor, sessionId: string): Promise<TaughtSession> {
    const session = isId(sessionId)
      ? await this.db.readOne<TaughtSession>('learning.taughtSession', ONE, [sessionId])
      : undefined;
    if (!session || !teaches(actor, session)) throw new NotFound('session');
    return session;
  }

  /** Everybody with a seat, in the order of the list. */
  async roster(sessionId: string): Promise<ListedPerson[]> {
    return this.db.read<ListedPerson>('learning.testRoster', ROSTER, [sessionId]);
  }
}
