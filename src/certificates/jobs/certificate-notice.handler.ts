import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { JobWorker } from '../../shared/jobs/job.worker.js';
import { CertificateNotice, TELL_KIND } from '../certificate-notice.js';

const EACH_MINUTE_SECONDS = 60;

/** Tells who is untold: when asked, and each minute for what was never asked for. */
@Injectable()
export class CertificateNoticeHandler implements OnModuleInit {
  constructor(
    private readonly runner: JobRunner,
    private readonly worker: JobWorker,
    private readonly notice: CertificateNotice,
  ) {}

  onModuleInit(): void {
    this.runner.register({ kind: TELL_KIND, run: async () => ({ told: await this.notice.tellAll() }) });
    this.worker.every({ kind: TELL_KIND, everySeconds: EACH_MINUTE_SECONDS });
  }
}
