import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { JobWorker } from '../../shared/jobs/job.worker.js';
import { FORGET_LINKS } from '../job-kinds.js';
import { PersonalLinks } from '../personal-link.service.js';

const EACH_HOUR_SECONDS = 3600;

/** Drops links of sessions that are over. */
@Injectable()
export class LinkJobs implements OnModuleInit {
  constructor(
    private readonly runner: JobRunner,
    private readonly worker: JobWorker,
    private readonly links: PersonalLinks,
  ) {}

  onModuleInit(): void {
    this.runner.register({
      kind: FORGET_LINKS,
      run: async () => ({ forgotten: await this.links.forgetOld() }),
    });
    this.worker.every({ kind: FORGET_LINKS, everySeconds: EACH_HOUR_SECONDS });
  }
}
