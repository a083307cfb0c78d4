import { Module } from '@nestjs/common';
import { AttendanceModule } from '../attendance/public.js';
import { CompletionQuery } from './completion.query.js';
import { CompletionService } from './completion.service.js';
import { LearningModule } from '../learning/public.js';
import { LearnedCourses } from './learned-courses.js';
import { LearningFacts } from './learning-facts.js';

@Module({
  imports: [AttendanceModule, LearningModule],
  providers: [CompletionService, CompletionQuery, { provide: LearningFacts, useClass: LearnedCourses }],
  exports: [CompletionService],
})
export class CompletionModule {}
