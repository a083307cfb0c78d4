import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/public.js';
import { ToursModule } from '../tours/public.js';
import { CourseMoves } from './course-move.service.js';
import { CourseStays } from './course-stay.service.js';
import { LearningHooks } from './learning-hooks.js';
import { LessonPacks } from './lesson-pack.service.js';
import { LessonSections } from './lesson-sections.js';
import { LearningQuery } from './learning.query.js';
import { ProgressService } from './progress.service.js';
import { ProgressStore } from './progress.store.js';
import { QuizAttemptService } from './quiz-attempt.service.js';
import { CourseTestService } from './course-test.service.js';
import { ItemStatisticsQuery } from './item-statistics.query.js';
import { LearningGainQuery } from './learning-gain.query.js';
import { TaughtSessionQuery } from './taught-session.query.js';
import { SessionWatchingQuery } from './session-watching.query.js';
import { WatchingQuery } from './watching.query.js';
import { TestAttemptStore } from './test-attempt.store.js';
import { TestEntryService } from './test-entry.service.js';
import { CourseTestPagesController } from './web/course-test.pages.controller.js';
import { TestCardsPagesController } from './web/test-cards.pages.controller.js';
import { FiguresPagesController } from './web/figures.pages.controller.js';
import { TestEntryPagesController } from './web/test-entry.pages.controller.js';
import { WatchingPagesController } from './web/watching.pages.controller.js';
import { WatchingApiController } from './web/watching.api.controller.js';
import { FiguresApiController } from './web/figures.api.controller.js';
import { TestApiController } from './web/test.api.controller.js';
import { CoursesPagesController } from './web/courses.pages.controller.js';
import { CoursesApiController } from './web/courses.api.controller.js';
import { CourseVersionApiController } from './web/course-version.api.controller.js';
import { CourseVersionPagesController } from './web/course-version.pages.controller.js';
import { DraftPreviewPagesController } from './web/draft-preview.pages.controller.js';
import { LessonFragments } from './web/lesson-fragments.js';
import { SyncApiController } from './web/sync.api.controller.js';
import { CourseTestPage } from './web/course-test.page.js';
import { CoursePage } from './web/course.page.js';
import { LessonPage } from './web/lesson.page.js';
import { LessonPagesController } from './web/lesson.pages.controller.js';
import { OfflinePagesController } from './web/offline.pages.controller.js';
import { PackApiController } from './web/pack.api.controller.js';
import { ProgressApiController } from './web/progress.api.controller.js';
import { QuizApiController } from './web/quiz.api.controller.js';

@Module({
  imports: [CoursesModule, ToursModule],
  controllers: [
    CoursesApiController,
    ProgressApiController,
    QuizApiController,
    TestApiController,
    FiguresApiController,
    FiguresPagesController,
    WatchingApiController,
    WatchingPagesController,
    TestCardsPagesController,
    CourseTestPagesController,
    TestEntryPagesController,
    CoursesPagesController,
    CourseVersionApiController,
    CourseVersionPagesController,
    DraftPreviewPagesController,
    LessonPagesController,
    OfflinePagesController,
    PackApiController,
    SyncApiController,
  ],
  providers: [
    CourseTestService,
    ItemStatisticsQuery,
    LearningGainQuery,
    TaughtSessionQuery,
    WatchingQuery,
    SessionWatchingQuery,
    TestAttemptStore,
    TestEntryService,
    CourseMoves,
    CourseStays,
    LearningHooks,
    LearningQuery,
    LessonFragments,
    LessonPacks,
    CoursePage,
    CourseTestPage,
    LessonPage,
    LessonSections,
    ProgressService,
    ProgressStore,
    QuizAttemptService,
  ],
  exports: [CourseStays, LearningHooks, LearningQuery, LessonSections, ProgressStore],
})
export class LearningModule {}
