import { Global, Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsService } from './metrics.service.js';
import { StartupTasks } from './startup-tasks.js';
import { ReadinessService } from './readiness.service.js';

@Global()
@Module({
  controllers: [HealthController, MetricsController],
  providers: [ReadinessService, MetricsService, StartupTasks],
  exports: [StartupTasks],
})
export class OperationsModule {}
