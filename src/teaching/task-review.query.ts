import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { isUuid } from '../shared/new-id.js';
import { type Page, pageOf, type Position } from '../shared/paging/cursor.js';
import type { Task, TaskState } from './task.js';
import type { ReviewReach } from './task.policy.js';
import { TASK_COLUMNS, type TaskRow, TaskStore } from './task.store.js';

/** $1 … $5 are the reach. */
const REACHED_SESSION = `
  ($1 OR s.organisation_id = ANY($2::uuid[]) OR s.campaign_id = ANY($3::uuid[]) OR s.id = ANY($4::uuid[])
      OR EXISTS (SELECT 1 FROM unit u JOIN unit_resource x ON x.unit_id = u.id
                  WHERE u.session_id = s.id AND x.resource_kind = 'trainer' AND x.resource_id = $5::uuid))`;
/** $6 narrows it to one session. */
const REACHED_TASK = `
  (($1 AND $6::uuid IS NULL) OR EXISTS (
     SELECT 1 FROM enrolment e JOIN session s ON s.id = e.session_id
      WHERE e.person_id = t.person_id AND e.status = 'booked' AND s.course_id = t.course_id AND s.status <> 'cancelled'
        AND ($6::uuid IS NULL OR s.id = $6) AND ${REACHED_SESSION}))`;
const NAMED = TASK_COLUMNS.replace(
  'FROM task t',
  `, p.given_fr AS "givenFr", p.family_fr AS "familyFr", p.given_ar AS "givenAr", p.family_ar AS "familyAr"
    FROM task t JOIN person p ON p.id = t.person_id`,
);
const QUEUE = `
  ${NAMED}
   WHERE ${REACHED_TASK}
     AND ($7::text IS NULL OR t.state = $7) AND ($8::uuid IS NULL OR t.course_id = $8)
     AND ($9::timestamptz IS NULL OR (t.changed_at, t.id) > ($9, $10::uuid))
   ORDER BY t.changed_at, t.id LIMIT $11`;
const ONE = `${NAMED} WHERE ${REACHED_TASK} AND t.id = $7`;
const SESSIONS = `
  SELECT s.id, s.course_id AS "courseId", st.local_date AS "localDate",
         json_build_object('fr', ci.name_fr, 'ar', ci.name_ar, 'en', ci.name_en) AS city
    FROM session s JOIN stop st ON st.id = s.stop_id JOIN city ci ON ci.slug = st.city_slug
   WHERE s.status <> 'cancelled' AND ${REACHED_SESSION}
   ORDER BY st.local_date DESC, s.id LIMIT 200`;

/** A task with the name of whoever handed it in. */
export interface ReviewedTask extends Task {
  readonly givenFr: string | null;
  readonly familyFr: string | null;
  readonly givenAr: string | null;
  readonly familyAr: string | null;
}

/** What the queue is narrowed to. */
export interface QueueFilter {
  readonly courseId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly state?: TaskState | undefined;
}

/** A session to choose from. */
export interface QueueSession {
  readonly id: string;
  readonly courseId: string;
  /** Day of its stop, as YYYY-MM-DD. */
  readonly localDate: string;
  readonly city: { readonly fr: string; readonly ar: string; readonly en: string | null };
}

type Row = Omit<ReviewedTask, 'steps'> & TaskRow;

function valuesOf(reach: ReviewReach): unknown[] {
  const { everything, organisationIds, campaignIds, sessionIds, trainerId } = reach;
  return [everything, organisationIds, campaignIds, sessionIds, trainerId];
}

/** The tasks that somebody of the staff may see. */
@Injectable()
export class TaskReviewQuery {
  constructor(
    private readonly db: Database,
    private readonly store: TaskStore,
  ) {}

  /** Who waits longest comes first. */
  async queue(
    reach: ReviewReach,
    { courseId, sessionId, state }: QueueFilter,
    after: Position | undefined,
    limit: number,
  ): Promise<Page<ReviewedTask>> {
    const narrowed = [sessionId, state, courseId, after?.at, after?.id].map((value) => value ?? null);
    const rows = await this.db.read<Row>('task.queue', QUEUE, [...valuesOf(reach), ...narrowed, limit + 1]);
    return pageOf(await this.store.withSteps(rows), limit, ({ changedAt, id }) => ({ at: changedAt, id }));
  }

  /** @returns undefined also for somebody else's */
  async one(reach: ReviewReach, id: string): Promise<ReviewedTask | undefined> {
    if (!isUuid(id)) return undefined;
    const row = await this.db.readOne<Row>('task.reviewed', ONE, [...valuesOf(reach), null, id]);
    return row && (await this.store.withSteps([row]))[0];
  }

  /** Sessions whose people one reaches, the latest first. */
  sessions(reach: ReviewReach): Promise<QueueSession[]> {
    return this.db.read<QueueSession>('task.sessions', SESSIONS, valuesOf(reach));
  }
}
