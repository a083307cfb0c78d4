import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { violates } from '../../shared/database/database.errors.js';
import { DomainError } from '../../shared/errors/domain-error.js';
import { type JobControl, type JobHandler, type JobPayload, LeaseLost } from '../../shared/jobs/job.js';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { BATCH_ATTEMPTS, BATCH_KIND } from '../certificate-batch.service.js';
import { type Candidate, CertificateBatchQuery } from '../certificate-batch.query.js';
import { RevokedBefore } from '../certificate.errors.js';
import { CertificateIssuer } from '../certificate.issuer.js';
import { CertificateNotice } from '../certificate-notice.js';
import { CertificateJournal } from '../certificate.journal.js';
import { ONE_VALID } from '../certificate.store.js';
import { IssueChecks } from '../issue-checks.js';

/** Sheets under way at once: while some are read and written, others are printed. */
const LANES = 6;
/** Least time between two writes of the progress. */
const PROGRESS_MS = 500;

interface BatchPayload {
  campaignId: string;
  sessionId: string | null;
  courseId: string | null;
  confirmNames: boolean;
  accountId: string;
}

/** Why one person got no certificate; the sentence is `errors:<code>` with the parameters. */
interface BatchFailure {
  personId: string;
  courseId: string;
  code: string;
  params: Readonly<Record<string, string | number>>;
}

class Tally {
  issued = 0;
  already = 0;
  done = 0;
  readonly failures: BatchFailure[] = [];
  /** The first error that may pass by itself. */
  broken: unknown;
  private shownAt = 0;

  constructor(
    readonly total: number,
    private readonly control: JobControl,
  ) {}

  async show(): Promise<void> {
    const now = performance.now();
    if (this.done < this.total && now - this.shownAt < PROGRESS_MS) return;
    this.shownAt = now;
    await this.control.progress(this.done, this.total);
  }
}

/**
 * Issues certificates to everybody of a session, course or campaign who completed, each in a transaction of its own.
 * Running again goes on where it stopped: whoever has a certificate is passed over.
 */
@Injectable()
export class CertificateBatchHandler implements JobHandler, OnModuleInit {
  readonly kind = BATCH_KIND;
  private readonly logger = new Logger(CertificateBatchHandler.name);

  constructor(
    private readonly runner: JobRunner,
    private readonly query: CertificateBatchQuery,
    private readonly issuer: CertificateIssuer,
    private readonly checks: IssueChecks,
    private readonly journal: CertificateJournal,
    private readonly notice: CertificateNotice,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  async run(payload: JobPayload, control: JobControl): Promise<JobPayload> {
    const batch = payload as unknown as BatchPayload;
    const candidates = await this.query.candidates(batch.campaignId, batch.sessionId, batch.courseId);
    const tally = new Tally(candidates.length, control);
    await tally.show();
    const waiting = [...candidates];
    const lane = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (control.signal.aborted) throw new Error('Stopped before the end; the rest follows');
        await this.one(batch, next, control, tally);
        tally.done += 1;
        await tally.show();
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
    await this.notice.ring();
    const stopped = ended.find((result) => result.status === 'rejected');
    if (stopped) throw stopped.reason;
    if (tally.broken !== undefined) throw tally.broken;
    return { issued: tally.issued, already: tally.already, failures: tally.failures };
  }

  private async one(
    batch: BatchPayload,
    candidate: Candidate,
    control: JobControl,
    tally: Tally,
  ): Promise<void> {
    const { personId, courseId } = candidate;
    try {
      if (await this.issue(batch, candidate, control)) tally.issued += 1;
      else tally.already += 1;
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      if (error instanceof DomainError) {
        tally.failures.push({ personId, courseId, code: error.code, params: error.params });
        return;
      }
      // Others go on; this one is tried again with the job, and named when the last attempt breaks too.
      this.logger.warn(`A certificate broke in attempt ${control.attempt}: ${String(error)}`);
      if (control.attempt < BATCH_ATTEMPTS) tally.broken ??= error;
      else tally.failures.push({ personId, courseId, code: 'internal-error', params: {} });
    }
  }

  /** @returns false when the person has a certificate already */
  private async issue(batch: BatchPayload, candidate: Candidate, control: JobControl): Promise<boolean> {
    const { campaignId, accountId, confirmNames } = batch;
    const { personId, courseId, latest } = candidate;
    if (latest === 'valid') return false;
    if (latest === 'revoked') throw new RevokedBefore();
    const key = { personId, courseId, campaignId };
    const facts = await this.checks.factsToPrint(key, confirmNames);
    const draft = await this.issuer.draftFrom(key, facts);
    try {
      await control.commit(async () => {
        await this.checks.keepConfirmation(personId, facts, accountId);
        await this.issuer.issue(draft, accountId);
        await this.journal.issued('system', draft, { job: control.jobId, requestedBy: accountId });
      });
      return true;
    } catch (error) {
      if (violates(error, ONE_VALID)) return false;
      throw error;
    }
  }
}
