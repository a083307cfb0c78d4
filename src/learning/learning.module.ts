import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/public.js';
import { LearningQuery } from './learning.query.js';
import { ProgressService } from './progress.service.js';
import { ProgressStore } from './progress.store.js';
import { QuizAttemptService } from './quiz-attempt.service.js';
import { CoursesApiController } from './web/courses.api.controller.js';
import { ProgressApiController } from './web/progress.api.controller.js';
import { QuizApiController } from './web/quiz.api.controller.js';

@Module({
  imports: [CoursesModule],
  controllers: [CoursesApiController, ProgressApiController, QuizApiController],
  providers: [LearningQuery, ProgressService, ProgressStore, QuizAttemptService],
  exports: [LearningQuery, ProgressStore],
})
export class LearningModule {}
