import { type DynamicModule, Module } from '@nestjs/common';
import { CoreModule, type Surroundings } from './core.module.js';
import { PortalModule } from './portal/portal.module.js';
import { ReportingModule } from './reporting/reporting.module.js';
import { AuditModule } from './shared/audit/audit.module.js';
import { DatabaseModule } from './shared/database/database.module.js';
import { FilesModule } from './shared/files/files.module.js';
import { IdempotencyModule } from './shared/idempotency/idempotency.module.js';
import { JobsModule } from './shared/jobs/jobs.module.js';
import { LimitsModule } from './shared/limits/limits.module.js';
import { CoursesModule } from './courses/public.js';
import { IdentityModule } from './identity/public.js';
import { LearningModule } from './learning/public.js';
import { OperationsModule } from './shared/operations/operations.module.js';

const FEATURES = [
  OperationsModule,
  IdentityModule,
  CoursesModule,
  LearningModule,
  PortalModule,
  ReportingModule,
];

/** The whole application, on given surroundings. */
@Module({})
export class AppModule {
  static with(surroundings: Surroundings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CoreModule.with(surroundings),
        DatabaseModule,
        JobsModule,
        AuditModule,
        FilesModule,
        LimitsModule,
        IdempotencyModule,
        ...FEATURES,
      ],
    };
  }
}
