import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/public.js';
import { ToursModule } from '../tours/public.js';
import { CourseMoves } from './course-move.service.js';
import { CourseStays } from './course-stay.service.js';
import { LearningHooks } from './learning-hooks.js';
import { LearningQuery } from './learning.query.js';
import { ProgressService } from './progress.service.js';
import { ProgressStore } from './progress.store.js';
import { QuizAttemptService } from './quiz-attempt.service.js';
import { CoursesPagesController } from './web/courses.pages.controller.js';
import { CoursesApiController } from './web/courses.api.controller.js';
import { CourseVersionApiController } from './web/course-version.api.controller.js';
import { CourseVersionPagesController } from './web/course-version.pages.controller.js';
import { DraftPreviewPagesController } from './web/draft-preview.pages.controller.js';
import { LessonFragments } from './web/lesson-fragments.js';
import { LessonPage } from './web/lesson.page.js';
import { LessonPagesController } from './web/lesson.pages.controller.js';
import { ProgressApiController } from './web/progress.api.controller.js';
import { QuizApiController } from './web/quiz.api.controller.js';

@Module({
  imports: [CoursesModule, ToursModule],
  controllers: [
    CoursesApiController,
    ProgressApiController,
    QuizApiController,
    CoursesPagesController,
    CourseVersionApiController,
    CourseVersionPagesController,
    DraftPreviewPagesController,
    LessonPagesController,
  ],
  providers: [
    CourseMoves,
    CourseStays,
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
