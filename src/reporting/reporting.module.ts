import { Module } from '@nestjs/common';
import { ParticipationQuery } from './participation.query.js';
import { ReportService } from './report.service.js';
import { ParticipationApiController } from './web/participation.api.controller.js';
import { ParticipationPagesController } from './web/participation.pages.controller.js';

@Module({
  controllers: [ParticipationApiController, ParticipationPagesController],
  providers: [ParticipationQuery, ReportService],
})
export class ReportingModule {}
