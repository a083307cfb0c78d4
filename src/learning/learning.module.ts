import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/public.js';
import { LearningHooks } from './learning-hooks.js';
import { LearningQuery } from './learning.query.js';
import { ProgressService } from './progress.service.js';
import { ProgressStore } from './progress.store.js';
import { QuizAttemptService } from './quiz-attempt.service.js';
import { CoursesPagesController } from './web/courses.pages.controller.js';
import { CoursesApiController } from './web/courses.api.controller.js';
import { LessonFragments } from './web/lesson-fragments.js';
import { LessonPage } from './web/lesson.page.js';
import { LessonPagesController } from './web/lesson.pages.controller.js';
import { ProgressApiController } from './web/progress.api.controller.js';
import { QuizApiController } from './web/quiz.api.controller.js';

@Module({
  imports: [CoursesModule],
  controllers: [
    CoursesApiController,
    ProgressApiController,
    QuizApiController,
    CoursesPagesController,
    LessonPagesController,
  ],
  providers: [
    LearningHooks,
    LearningQuery,
    LessonFragments,
    LessonPage,
    ProgressService,
    ProgressStore,
    QuizAttemptService,
  ],
  exports: [LearningHooks, LearningQuery, ProgressStore],
})
export class LearningModule {}
