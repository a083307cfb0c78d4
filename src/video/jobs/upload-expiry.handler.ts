import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock/clock.js';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { JobWorker } from '../../shared/jobs/job.worker.js';
import { isUuid } from '../../shared/new-id.js';
import { FAILED_WAITS_MS, WAITS_MS } from '../upload.js';
import { ForsakenSources } from '../forsaken-sources.service.js';
import { UploadFolder } from '../upload-folder.js';
import { UploadStore } from '../upload.store.js';

const KIND = 'video.uploads.expire';
const EVERY_SECONDS = 3600;
/** Milliseconds after which a file without an upload belongs to nobody: by then a process that died is gone for good. */
const FORGOTTEN_MS = 24 * 3600 * 1000;

/**
 * Takes unfinished uploads off the disk a week after their last byte, sources of films a month after these have failed,
 * and what dead processes left there.
 */
@Injectable()
export class UploadExpiry implements OnModuleInit {
  constructor(
    private readonly store: UploadStore,
    private readonly sources: ForsakenSources,
    private readonly folder: UploadFolder,
    private readonly clock: Clock,
    private readonly runner: JobRunner,
    private readonly worker: JobWorker,
  ) {}

  onModuleInit(): void {
    this.runner.register({ kind: KIND, run: () => this.expire() });
    this.worker.every({ kind: KIND, everySeconds: EVERY_SECONDS });
  }

  async expire(): Promise<{ expired: number; forsaken: number; forgotten: number }> {
    const now = this.clock.now().getTime();
    const before = new Date(now - WAITS_MS);
    let expired = 0;
    for (const id of await this.store.stale(before)) {
      if (!(await this.store.expire(id, before))) continue;
      await this.folder.remove(id);
      expired += 1;
    }
    const forsaken = await this.sources.letGo(new Date(now - FAILED_WAITS_MS));
    return { expired, forsaken, forgotten: await this.sweep(new Date(now - FORGOTTEN_MS)) };
  }

  private async sweep(before: Date): Promise<number> {
    await this.folder.make();
    const old = (await this.folder.untouchedSince(before)).filter(isUuid);
    const live = await this.store.live(old);
    const forgotten = old.filter((name) => !live.has(name));
    for (const name of forgotten) await this.folder.remove(name);
    return forgotten.length;
  }
}
