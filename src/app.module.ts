import { type DynamicModule, Module } from '@nestjs/common';
import { CompletionModule } from './completion/public.js';
import { CoreModule, type Surroundings } from './core.module.js';
import { AttendanceModule } from './attendance/public.js';
import { CertificatesModule } from './certificates/public.js';
import { PortalModule } from './portal/portal.module.js';
import { ReportingModule } from './reporting/reporting.module.js';
import { AuditModule } from './shared/audit/audit.module.js';
import { DatabaseModule } from './shared/database/database.module.js';
import { FilesModule } from './shared/files/files.module.js';
import { TablesModule } from './shared/tables/tables.module.js';
import { IdempotencyModule } from './shared/idempotency/idempotency.module.js';
import { JobsModule } from './shared/jobs/jobs.module.js';
import { ListeningModule } from './shared/listening/listening.module.js';
import { LimitsModule } from './shared/limits/limits.module.js';
import { CoursesModule } from './courses/public.js';
import { EnrolmentModule } from './enrolment/public.js';
import { CallsModule } from './calls/public.js';
import { CampaignsModule } from './campaigns/public.js';
import { DemoModule } from './demo/demo.module.js';
import { NominationsModule } from './nominations/public.js';
import { IdentityModule } from './identity/public.js';
import { LearningModule } from './learning/public.js';
import { MessagesModule } from './messages/public.js';
import { PeopleModule } from './people/public.js';
import { OrganisationsModule } from './organisations/public.js';
import { GeographyModule } from './shared/geography/geography.module.js';
import { OperationsModule } from './shared/operations/operations.module.js';
import { PracticeModule } from './practice/public.js';
import { TeachingModule } from './teaching/public.js';
import { VideoModule } from './video/public.js';
import { ToursModule } from './tours/public.js';
import { SelectionModule } from './selection/public.js';

// One a line, so that two features that come at once do not meet here.
const FEATURES = [
  OperationsModule,
  GeographyModule,
  MessagesModule,
  IdentityModule,
  OrganisationsModule,
  PeopleModule,
  CoursesModule,
  CampaignsModule,
  VideoModule,
  ToursModule,
  EnrolmentModule,
  CallsModule,
  SelectionModule,
  NominationsModule,
  AttendanceModule,
  LearningModule,
  PracticeModule,
  TeachingModule,
  CompletionModule,
  CertificatesModule,
  // These use any feature and are used by none.
  PortalModule,
  ReportingModule,
  DemoModule,
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
        ListeningModule,
        IdempotencyModule,
        TablesModule,
        ...FEATURES,
      ],
    };
  }
}
