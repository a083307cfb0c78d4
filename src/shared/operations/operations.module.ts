import { Global, Module } from '@nestjs/common';
import { ApiDocsController } from './api-docs.controller.js';
import { ApiDocument } from './api-document.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsService } from './metrics.service.js';
import { StartupTasks } from './startup-tasks.js';
import { ReadinessService } from './readiness.service.js';

@Global()
@Module({
  controllers: [HealthController, MetricsController, ApiDocsController],
  providers: [ReadinessService, MetricsService, StartupTasks, ApiDocument],
  exports: [StartupTasks, ApiDocument],
})
export class OperationsModule {}
