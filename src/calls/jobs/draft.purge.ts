import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { JobWorker } from '../../shared/jobs/job.worker.js';
import { ApplicationDrafts } from '../application-draft.service.js';

const KIND = 'calls.forgetDrafts';
const EVERY_SECONDS = 600;

/** Forgets what was filled in by people who never gave the code of their phone. */
@Injectable()
export class DraftPurge implements OnModuleInit {
  constructor(
    private readonly drafts: ApplicationDrafts,
    private readonly runner: JobRunner,
    private readonly worker: JobWorker,
  ) {}

  onModuleInit(): void {
    this.runner.register({ kind: KIND, run: async () => ({ drafts: await this.drafts.forgetOld() }) });
    this.worker.every({ kind: KIND, everySeconds: EVERY_SECONDS });
  }
}
