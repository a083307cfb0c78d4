import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { DataSources } from '../database/data-sources.js';
import { Bell } from './bell.js';
import { JobApiController } from './job.api.controller.js';
import { JobQuery } from './job.query.js';
import { JobQueue } from './job.queue.js';
import { JobRunner } from './job.runner.js';
import { DEFAULT_POLL, JobWorker } from './job.worker.js';
import { PostgresBell } from './postgres.bell.js';

const bell = {
  provide: Bell,
  inject: [AppConfig, DataSources],
  useFactory: async ({ REDIS_URL, DATABASE_URL }: AppConfig, sources: DataSources): Promise<Bell> => {
    if (!REDIS_URL) return new PostgresBell(DATABASE_URL ?? '', sources.pool('requests'));
    // Bull and its client of Redis are loaded where there is a Redis.
    const { BullBell } = await import('./bull.bell.js');
    return new BullBell(REDIS_URL);
  },
};

@Global()
@Module({
  controllers: [JobApiController],
  providers: [bell, DEFAULT_POLL, JobQueue, JobRunner, JobQuery, JobWorker],
  exports: [JobQueue, JobRunner, JobQuery, JobWorker],
})
export class JobsModule {}
