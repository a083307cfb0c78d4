import { Injectable } from '@nestjs/common';
import { hasRoleIn } from '../campaigns/public.js';
import {
  CatalogueService,
  type CourseChange,
  courseChanges,
  type PublishedCourse,
} from '../courses/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { SessionQuery, type SessionRow } from '../tours/public.js';
import { CourseStays } from './course-stay.service.js';
import { LearningHooks } from './learning-hooks.js';

const PEOPLE = `
  SELECT person_id AS "personId" FROM enrolment
   WHERE session_id = $1 AND status IN ('booked', 'offered', 'waiting') ORDER BY person_id`;

/** How many people of a session are on an older version of its course, and what a move would change for them. */
export interface OlderVersion {
  readonly course: PublishedCourse;
  readonly people: number;
  readonly changes: readonly CourseChange[];
}

/** Moves people to the newest version of a course: somebody themself, or those of a session by who manages it. */
@Injectable()
export class CourseMoves {
  constructor(
    private readonly db: Database,
    private readonly catalogue: CatalogueService,
    private readonly sessions: SessionQuery,
    private readonly stays: CourseStays,
    private readonly hooks: LearningHooks,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Somebody accepts the newest version; who is on it already stays there.
   *
   * @throws NotFound for no such course
   */
  async accept(personId: string, courseKey: string): Promise<PublishedCourse> {
    const course = (await this.catalogue.current()).course(courseKey);
    if (!course) throw new NotFound('course');
    await this.db.transaction(() => this.move(course.id, [personId]));
    return course;
  }

  /** @throws NotFound also for a session of somebody else's */
  async ofSession(
    actor: StaffActor,
    sessionId: string,
  ): Promise<{ session: SessionRow; newest: PublishedCourse; older: OlderVersion[] }> {
    const session = await this.managed(actor, sessionId);
    const newest = (await this.catalogue.current()).course(session.course.id);
    if (!newest) throw new NotFound('course');
    const people = await this.peopleOf(session.id);
    const courseOf = await this.stays.courseOf(people, newest.id);
    const counts = new Map<PublishedCourse, number>();
    for (const course of people.map(courseOf))
      if (course && course !== newest && course.versionId !== newest.versionId)
        counts.set(course, (counts.get(course) ?? 0) + 1);
    const older = [...counts].map(([course, count]) => ({
      course,
      people: count,
      changes: courseChanges(course.document, newest.document),
    }));
    return { session, newest, older: older.sort((one, other) => one.course.number - other.course.number) };
  }

  /**
   * Moves everybody booked, offered a seat or waiting in a session.
   *
   * @returns how many were on an older version
   * @throws NotFound also for a session of somebody else's
   */
  async moveSession(actor: StaffActor, sessionId: string): Promise<number> {
    const session = await this.managed(actor, sessionId);
    return this.db.transaction(async () => {
      const moved = await this.move(session.course.id, await this.peopleOf(session.id));
      const facts = { courseId: session.course.id, moved: moved.length };
      const subject = {
        subjectKind: 'session',
        subjectId: session.id,
        organisationId: session.organisationId,
      };
      await this.audit.record(actor, { action: 'learning.course.move', ...subject, facts });
      return moved.length;
    });
  }

  private async move(courseId: string, personIds: readonly string[]): Promise<string[]> {
    const moved = await this.stays.move(courseId, personIds);
    // Another version may ask for less: what was done already may be all of it now.
    for (const personId of moved) await this.hooks.learned(personId, [courseId]);
    return moved;
  }

  private async managed(actor: StaffActor, sessionId: string): Promise<SessionRow> {
    const session = await this.sessions.get(sessionId);
    if (!hasRoleIn(actor.grants, ['admin', 'manager'], session)) throw new NotFound('session');
    return session;
  }

  private async peopleOf(sessionId: string): Promise<string[]> {
    return (await this.db.read<{ personId: string }>('courseMove.people', PEOPLE, [sessionId])).map(
      ({ personId }) => personId,
    );
  }
}
