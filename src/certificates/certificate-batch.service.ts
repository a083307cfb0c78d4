import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Database } from '../shared/database/database.js';
import { JobQueue } from '../shared/jobs/job.queue.js';

/** Kind of the job that issues many certificates. */
export const BATCH_KIND = 'certificates.batch';
/** Attempts before a batch that keeps breaking off is given up; each goes on where the last one stopped. */
export const BATCH_ATTEMPTS = 5;

/** Whom a batch is for: one session, one course, or the whole campaign. */
export interface BatchScope {
  campaignId: string;
  organisationId: string;
  sessionId: string | null;
  courseId: string | null;
}

/** Asks for certificates in bulk; a job issues them. */
@Injectable()
export class CertificateBatchService {
  constructor(
    private readonly db: Database,
    private readonly jobs: JobQueue,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param confirmNames the staff has compared the names with the people's cards
   * @returns id of the job; the same one while a batch for the same people waits or runs
   */
  start(actor: StaffActor, scope: BatchScope, confirmNames: boolean): Promise<string> {
    const { campaignId, organisationId, sessionId, courseId } = scope;
    const { accountId } = actor;
    return this.db.transaction(async () => {
      const jobId = await this.jobs.enqueue({
        kind: BATCH_KIND,
        payload: { campaignId, sessionId, courseId, confirmNames, accountId },
        // Whoever else asks gets a job of their own to look at; the certificates are made once all the same.
        dedupeKey: [campaignId, sessionId ?? '', courseId ?? '', confirmNames, accountId].join('|'),
        maxAttempts: BATCH_ATTEMPTS,
        requestedBy: accountId,
      });
      const facts = { job: jobId, session: sessionId, course: courseId, confirmNames };
      await this.audit.record(actor, {
        action: 'certificates.batch',
        subjectKind: 'campaign',
        subjectId: campaignId,
        organisationId,
        facts,
      });
      return jobId;
    });
  }
}
