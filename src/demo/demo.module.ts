import { Module } from '@nestjs/common';
import { AttendanceModule } from '../attendance/public.js';
import { CertificatesModule } from '../certificates/public.js';
import { CoursesModule } from '../courses/public.js';
import { LearningModule } from '../learning/public.js';
import { PracticeModule } from '../practice/public.js';
import { SelectionModule } from '../selection/public.js';
import { Apdn2021Demo } from './apdn-2021.demo.js';
import { CallsDemo } from './calls.demo.js';
import { Caravane2027Demo } from './caravane-2027.demo.js';
import { Certificates2021Demo } from './certificates-2021.demo.js';
import { DemoWriter } from './demo-writer.js';
import { Learning2021Demo } from './learning-2021.demo.js';
import { OrganisationsDemo } from './organisations.demo.js';
import { Practice2021Demo } from './practice-2021.demo.js';
import { Room2021Demo } from './room-2021.demo.js';
import { SelectionDemo } from './selection.demo.js';
import { Sheet2021Demo } from './sheet-2021.demo.js';
import { StaffDemo } from './staff.demo.js';
import { Tests2021Demo } from './tests-2021.demo.js';
import { TrainersDemo } from './trainers.demo.js';
import { TraineesDemo } from './trainees.demo.js';

/** The demo campaigns, one file a feature; nothing registers unless the configuration asks for demo data. */
@Module({
  imports: [
    AttendanceModule,
    CertificatesModule,
    CoursesModule,
    LearningModule,
    PracticeModule,
    SelectionModule,
  ],
  providers: [
    DemoWriter,
    OrganisationsDemo,
    StaffDemo,
    Apdn2021Demo,
    TraineesDemo,
    TrainersDemo,
    Learning2021Demo,
    Practice2021Demo,
    Room2021Demo,
    Tests2021Demo,
    Sheet2021Demo,
    Certificates2021Demo,
    Caravane2027Demo,
    CallsDemo,
    SelectionDemo,
  ],
})
export class DemoModule {}
