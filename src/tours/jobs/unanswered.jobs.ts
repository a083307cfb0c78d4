import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { JobWorker } from '../../shared/jobs/job.worker.js';
import { POSTPONE_UNANSWERED } from '../impediments/impediment.service.js';
import { UnansweredService } from '../impediments/unanswered.service.js';

const EACH_MINUTE_SECONDS = 60;

/** Looks each minute, and when one is due, for impediments that nobody answered. */
@Injectable()
export class UnansweredJobs implements OnModuleInit {
  constructor(
    private readonly runner: JobRunner,
    private readonly worker: JobWorker,
    private readonly unanswered: UnansweredService,
  ) {}

  onModuleInit(): void {
    this.runner.register({
      kind: POSTPONE_UNANSWERED,
      run: async () => ({ postponed: await this.unanswered.postponeDue() }),
    });
    this.worker.every({ kind: POSTPONE_UNANSWERED, everySeconds: EACH_MINUTE_SECONDS });
  }
}
