import { Module } from '@nestjs/common';
import { Apdn2021Demo } from './apdn-2021.demo.js';
import { Caravane2027Demo } from './caravane-2027.demo.js';
import { DemoWriter } from './demo-writer.js';
import { OrganisationsDemo } from './organisations.demo.js';
import { StaffDemo } from './staff.demo.js';
import { TraineesDemo } from './trainees.demo.js';

/** The demo campaigns, one file a feature; nothing registers unless the configuration asks for demo data. */
@Module({
  providers: [DemoWriter, OrganisationsDemo, StaffDemo, Apdn2021Demo, TraineesDemo, Caravane2027Demo],
})
export class DemoModule {}
