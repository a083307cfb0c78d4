import { Module } from '@nestjs/common';
import { AttendanceModule } from '../attendance/public.js';
import { CompletionQuery } from './completion.query.js';
import { CompletionService } from './completion.service.js';
import { LearningFacts, RoomOnlyCourses } from './learning-facts.js';

@Module({
  imports: [AttendanceModule],
  providers: [CompletionService, CompletionQuery, { provide: LearningFacts, useClass: RoomOnlyCourses }],
  exports: [CompletionService],
})
export class CompletionModule {}
