import { Injectable, type OnModuleInit } from '@nestjs/common';
import { StoredFiles } from '../../shared/files/stored-files.js';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { PHOTO_GONE } from '../shop-photo.service.js';

/** Takes a photo that was replaced or removed out of the store, unless another row needs the same bytes. */
@Injectable()
export class PhotoGoneHandler implements OnModuleInit {
  constructor(
    private readonly runner: JobRunner,
    private readonly files: StoredFiles,
  ) {}

  onModuleInit(): void {
    this.runner.register({
      kind: PHOTO_GONE,
      run: async ({ hash }) => ({ gone: await this.files.letGo(String(hash)) }),
    });
  }
}
