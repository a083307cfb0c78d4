import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { JobWorker } from '../../shared/jobs/job.worker.js';
import { ImportService } from '../import.service.js';

const KIND = 'nominations.forgetImports';
const EVERY_SECONDS = 600;

/** Forgets the rows of files a day after they were sent, or after they were confirmed: nobody can undo them then. */
@Injectable()
export class ImportPurge implements OnModuleInit {
  constructor(
    private readonly imports: ImportService,
    private readonly runner: JobRunner,
    private readonly worker: JobWorker,
  ) {}

  onModuleInit(): void {
    this.runner.register({ kind: KIND, run: async () => ({ imports: await this.imports.forgetOld() }) });
    this.worker.every({ kind: KIND, everySeconds: EVERY_SECONDS });
  }
}
