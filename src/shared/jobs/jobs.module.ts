import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { DataSources } from '../database/data-sources.js';
import { Bell } from './bell.js';
import { BullBell } from './bull.bell.js';
import { JobApiController } from './job.api.controller.js';
import { JobQuery } from './job.query.js';
import { JobQueue } from './job.queue.js';
import { JobRunner } from './job.runner.js';
import { DEFAULT_POLL, JobWorker } from './job.worker.js';
import { PostgresBell } from './postgres.bell.js';

const bell = {
  provide: Bell,
  inject: [AppConfig, DataSources],
  useFactory: (config: AppConfig, sources: DataSources): Bell =>
    config.REDIS_URL
      ? new BullBell(config.REDIS_URL)
      : new PostgresBell(config.DATABASE_URL ?? '', sources.pool('requests')),
};

@Global()
@Module({
  controllers: [JobApiController],
  providers: [bell, DEFAULT_POLL, JobQueue, JobRunner, JobQuery, JobWorker],
  exports: [JobQueue, JobRunner, JobQuery, JobWorker],
})
export class JobsModule {}
