import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { type EndedJob, JobQuery, type LiveJob } from '../../shared/jobs/job.query.js';
import { JobQueue } from '../../shared/jobs/job.queue.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import { LinksJustChecked } from './outside-links.errors.js';

/** Kind of the job that asks other sites. */
export const LINKS_KIND = 'courses.links';
/** The check is made again by a press; one repetition is for a worker that stopped. */
const ATTEMPTS = 2;
/** Seconds between the end of a check and the next of the same course: other sites are not ours to wear out. */
const REST_SECONDS = 60;

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

  /** The check that ended last, well or not. */
  ended(courseId: string): Promise<EndedJob | undefined> {
    return this.jobs.ended(LINKS_KIND, courseId);
  }

  /**
   * Within a transaction: it takes back what a refusal has begun.
   *
   * @throws LinksJustChecked
   */
  async start(actor: StaffActor, { id, slug, organisationId }: AuthoredCourse): Promise<void> {
    const { isNew } = await this.queue.offer({
      ...{ kind: LINKS_KIND, payload: { courseId: id, slug }, dedupeKey: id },
      ...{ maxAttempts: ATTEMPTS, requestedBy: actor.accountId },
    });
    if (!isNew) return;
    // Looked at after the job is written: one that ended while this one waited for its place is seen as well.
    const last = await this.jobs.ended(LINKS_KIND, id);
    if (last && last.secondsAgo < REST_SECONDS) throw new LinksJustChecked();
    const subject = { subjectKind: 'course', subjectId: id, organisationId };
    await this.audit.record(actor, { action: 'courses.links.check', ...subject, facts: {} });
  }
}
