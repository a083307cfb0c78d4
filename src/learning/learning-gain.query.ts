import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { Database } from '../shared/database/database.js';
import { gainByMethod, type LearningGain, type TestedPerson } from './learning-gain.js';
import { TaughtSessionQuery, type TaughtSession } from './taught-session.query.js';
import { seesEverybody } from './teaching.policy.js';
import { TEST_METHODS, type TestMethod } from './test-phase.js';

// A pair is of one method and one version of the course: two rows of different ones stay two people's halves.
// Whoever took it on a screen belongs to the session they hold a seat in.
const PEOPLE = `
  SELECT a.method, a.pre, a.post, a.max,
         coalesce(a.session_id, (SELECT e.session_id FROM enrolment e JOIN session s ON s.id = e.session_id
                                  WHERE e.person_id = a.person_id AND s.course_id = $1 AND e.holds_seat
                                  ORDER BY e.enrolled_at DESC, e.id LIMIT 1)) AS "sessionId"
    FROM (SELECT t.person_id, t.method, t.max, (array_agg(t.session_id ORDER BY t.phase) FILTER (WHERE t.session_id IS NOT NULL))[1] AS session_id,
                 max(t.score) FILTER (WHERE t.phase = 'pre') AS pre, max(t.score) FILTER (WHERE t.phase = 'post') AS post
            FROM test_attempt t
           WHERE t.course_id = $1
           GROUP BY t.person_id, t.method, t.version_id, t.max) a`;

interface Row {
  method: TestMethod;
  pre: number | null;
  post: number | null;
  max: number;
  sessionId: string | null;
}

/** The gain of one group: of a session, of those in none, of all that somebody may see. */
export interface GroupGain {
  /** Unset: people in no session. */
  readonly session?: TaughtSession;
  readonly method: TestMethod;
  readonly gain: LearningGain;
}

/** The gains of a course as somebody may see them. */
export interface CourseGain {
  readonly groups: readonly GroupGain[];
  readonly total: readonly { readonly method: TestMethod; readonly gain: LearningGain }[];
}

/** Learning gain of a course, by session and method. */
@Injectable()
export class LearningGainQuery {
  constructor(
    private readonly db: Database,
    private readonly sessions: TaughtSessionQuery,
  ) {}

  async of(actor: Actor, courseId: string): Promise<CourseGain> {
    const sessions = await this.sessions.ofCourse(actor, courseId);
    const rows = await this.db.read<Row>('learning.gain', PEOPLE, [courseId]);
    const groups = sessions.flatMap((session) =>
      gainByMethod(people(rows.filter(({ sessionId }) => sessionId === session.sessionId)), TEST_METHODS).map(
        (one) => ({
          session,
          ...one,
        }),
      ),
    );
    const seen = new Set(sessions.map(({ sessionId }) => sessionId));
    const alone = seesEverybody(actor) ? rows.filter(({ sessionId }) => sessionId === null) : [];
    const mine = [...rows.filter(({ sessionId }) => sessionId !== null && seen.has(sessionId)), ...alone];
    return {
      groups: [...groups, ...gainByMethod(people(alone), TEST_METHODS)],
      total: gainByMethod(people(mine), TEST_METHODS),
    };
  }
}

function people(rows: readonly Row[]): TestedPerson[] {
  return rows.map(({ method, pre, post, max }) => ({
    method,
    pre: pre ?? undefined,
    post: post ?? undefined,
    max,
  }));
}
