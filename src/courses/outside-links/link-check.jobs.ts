import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { JobQuery, type LiveJob } from '../../shared/jobs/job.query.js';
import { JobQueue } from '../../shared/jobs/job.queue.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';

/** Kind of the job that asks other sites. */
export const LINKS_KIND = 'courses.links';
/** The check is made again by a press; one repetition is for a worker that stopped. */
const ATTEMPTS = 2;

/** The jobs of link checks, at most one at a time for a course. */
@Injectable()
export class LinkCheckJobs {
  constructor(
    private readonly queue: JobQueue,
    private readonly jobs: JobQuery,
    private readonly audit: AuditLog,
  ) {}

  live(courseId: string): Promise<LiveJob | undefined> {
    return this.jobs.live(LINKS_KIND, courseId);
  }

  async start(actor: StaffActor, { id, slug, organisationId }: AuthoredCourse): Promise<void> {
    await this.queue.enqueue({
      ...{ kind: LINKS_KIND, payload: { courseId: id, slug }, dedupeKey: id },
      ...{ maxAttempts: ATTEMPTS, requestedBy: actor.accountId },
    });
    const subject = { subjectKind: 'course', subjectId: id, organisationId };
    await this.audit.record(actor, { action: 'courses.links.check', ...subject, facts: {} });
  }
}
