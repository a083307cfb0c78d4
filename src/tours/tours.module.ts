import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TablesModule } from '../shared/tables/tables.module.js';
import { CampaignsModule } from '../campaigns/public.js';
import { CalendarReader } from './calendar/calendar-reader.js';
import { FeedQuery } from './calendar/feed.query.js';
import { FeedService } from './calendar/feed.service.js';
import { FeedStore } from './calendar/feed.store.js';
import { FeedToken } from './calendar/feed-token.js';
import { ChangeRules } from './change-rules.js';
import { ClashQuery } from './clash.query.js';
import { ClashService } from './clash.service.js';
import { ClockRederiveService } from './clock-rederive.service.js';
import { PlanHandler } from './jobs/plan.handler.js';
import { PlanProblems } from './plans/plan-problem.js';
import { PlanParts } from './plans/plan-parts.js';
import { PlanSaving } from './plans/plan-saving.service.js';
import { PlanService } from './plans/plan.service.js';
import { PlanStore } from './plans/plan.store.js';
import { PlanViews } from './plans/plan-view.service.js';
import { TourService } from './tour.service.js';
import { PlanApiController } from './web/plan.api.controller.js';
import { BoardQuery } from './board.query.js';
import { TourListQuery } from './tour-list.query.js';
import { BoardPagesController } from './web/board.pages.controller.js';
import { PlanDesk } from './web/plan-desk.js';
import { PlanPagesController } from './web/plan.pages.controller.js';
import { TourPagesController } from './web/tour.pages.controller.js';
import { PlanningChoices, TourPlanning } from './web/tour-planning.js';
import { StopImport } from './stop-import/stop-import.service.js';
import { StopMoveService } from './stop-move.service.js';
import { CopyParts, TourCopying } from './tour-copy.service.js';
import { TourKeeping } from './tour-keeping.service.js';
import { StopImportApiController } from './web/stop-import.api.controller.js';
import { StopImportPagesController } from './web/stop-import.pages.controller.js';
import { StopMovePagesController } from './web/stop-move.pages.controller.js';
import { TourCopyPagesController } from './web/tour-copy.pages.controller.js';
import { TourKeepingApiController } from './web/tour-keeping.api.controller.js';
import { PlanTools } from './plan-tools.js';
import { SessionChangeService } from './session-change.service.js';
import { SessionChoices } from './session-choices.js';
import { SessionHooks } from './session-hooks.js';
import { SessionQuery } from './session.query.js';
import { SessionRehearsal } from './session-rehearsal.service.js';
import { SessionService } from './session.service.js';
import { RemoteLinkQuery } from './remote-link.query.js';
import { SessionStore } from './session.store.js';
import { Stop } from './stop.entity.js';
import { StopService } from './stop.service.js';
import { ToldReckoning } from './told-preview.js';
import { TourQuery } from './tour.query.js';
import { TrainerNewsService } from './trainer-news/trainer-news.service.js';
import { TrainerNoticeQuery } from './trainer-news/trainer-notice.query.js';
import { CoordinatorNews } from './impediments/coordinator-news.service.js';
import { ImpedimentService, ImpedimentTools } from './impediments/impediment.service.js';
import { ImpedimentStore } from './impediments/impediment.store.js';
import { UnansweredService } from './impediments/unanswered.service.js';
import { UnansweredJobs } from './jobs/unanswered.jobs.js';
import { CandidateQuery } from './replacement/candidate.query.js';
import { ReplacementReads, ReplacementService } from './replacement/replacement.service.js';
import { TrainerQuery } from './trainers/trainer.query.js';
import { TrainerStore } from './trainers/trainer.store.js';
import { TrainerService } from './trainers/trainer.service.js';
import { StaffSessionQuery } from './staff-session.query.js';
import { CalendarController } from './web/calendar.controller.js';
import { CalendarFeedApiController } from './web/calendar-feed.api.controller.js';
import { CalendarFeedPagesController } from './web/calendar-feed.pages.controller.js';
import { SessionApiController } from './web/session.api.controller.js';
import { SessionEndingPagesController } from './web/session-ending.pages.controller.js';
import { SessionDeeds } from './web/session-deeds.js';
import { SessionFormPagesController } from './web/session-form.pages.controller.js';
import { SessionPagesController } from './web/session.pages.controller.js';
import { SessionNews } from './web/session-news.js';
import { PlanningLists, SessionPlanner } from './web/session-planner.js';
import { StaffLists } from './web/staff-lists.js';
import { StaffSessionPagesController } from './web/staff-session.pages.controller.js';
import { ToldApiController } from './web/told.api.controller.js';
import { TrainerNoticeApiController } from './web/trainer-notice.api.controller.js';
import { ReplacementApiController } from './web/replacement.api.controller.js';
import { ReplacementPagesController } from './web/replacement.pages.controller.js';
import { ImpedimentApiController } from './web/impediment.api.controller.js';
import { ImpedimentPagesController } from './web/impediment.pages.controller.js';
import { TrainerApiController } from './web/trainer.api.controller.js';
import { TrainerPagesController } from './web/trainer.pages.controller.js';
import { TourApiController } from './web/tour.api.controller.js';

@Module({
  imports: [CampaignsModule, TablesModule, TypeOrmModule.forFeature([Stop], 'requests')],
  controllers: [
    SessionApiController,
    TourApiController,
    PlanApiController,
    TourKeepingApiController,
    TourCopyPagesController,
    StopMovePagesController,
    StopImportApiController,
    StopImportPagesController,
    TourPagesController,
    PlanPagesController,
    BoardPagesController,
    SessionPagesController,
    StaffSessionPagesController,
    SessionFormPagesController,
    SessionEndingPagesController,
    ToldApiController,
    TrainerNoticeApiController,
    CalendarController,
    CalendarFeedApiController,
    CalendarFeedPagesController,
    ImpedimentApiController,
    ImpedimentPagesController,
    ReplacementApiController,
    ReplacementPagesController,
    TrainerApiController,
    TrainerPagesController,
  ],
  providers: [
    ChangeRules,
    ClashQuery,
    ClockRederiveService,
    ClashService,
    CalendarReader,
    FeedQuery,
    FeedService,
    FeedStore,
    FeedToken,
    BoardQuery,
    CandidateQuery,
    CoordinatorNews,
    ImpedimentService,
    ImpedimentStore,
    ImpedimentTools,
    UnansweredJobs,
    UnansweredService,
    ReplacementReads,
    ReplacementService,
    TrainerQuery,
    TrainerService,
    TrainerStore,
    CopyParts,
    StopMoveService,
    StopImport,
    TourCopying,
    TourKeeping,
    PlanDesk,
    PlanHandler,
    PlanningChoices,
    TourListQuery,
    TourPlanning,
    PlanParts,
    PlanProblems,
    PlanSaving,
    PlanService,
    PlanStore,
    PlanTools,
    PlanViews,
    PlanningLists,
    SessionChangeService,
    SessionChoices,
    SessionDeeds,
    SessionHooks,
    SessionNews,
    SessionPlanner,
    SessionQuery,
    SessionRehearsal,
    SessionService,
    RemoteLinkQuery,
    SessionStore,
    StaffLists,
    StaffSessionQuery,
    StopService,
    ToldReckoning,
    TourQuery,
    TourService,
    TrainerNewsService,
    TrainerNoticeQuery,
  ],
  exports: [ClockRederiveService, SessionHooks, SessionQuery, ToldReckoning, TourQuery],
})
export class ToursModule {}
