import { Module } from '@nestjs/common';
import { DoorSeatService } from './door-seat.service.js';
import { EnrolmentService } from './enrolment.service.js';
import { EnrolmentJobs } from './jobs/enrolment.jobs.js';
import { MyEnrolmentsQuery } from './my-enrolments.query.js';
import { OpenLinkQuery } from './open-link.query.js';
import { OfferExpiryService } from './offer-expiry.service.js';
import { SeatChangeService } from './seat-change.service.js';
import { SeatLane } from './seat-lane.js';
import { SeatPromotionService } from './seat-promotion.service.js';
import { SeatQuery } from './seat.query.js';
import { MessagesModule } from '../messages/public.js';
import { PeopleModule } from '../people/public.js';
import { ToursModule } from '../tours/public.js';
import { SeatReceiptBell } from './seat-receipt.bell.js';
import { SeatReceiptComposer } from './seat-receipt.composer.js';
import { LinkJobs } from './jobs/link.jobs.js';
import { LinkAnswers } from './link-answer.service.js';
import { PersonalLinks } from './personal-link.service.js';
import { PersonalLinkPages } from './web/personal-link.pages.controller.js';
import { SeatMessages, SeatReminderService } from './seat-reminder.service.js';
import { SeatReceiptService } from './seat-receipt.service.js';
import { SessionWatchService } from './session-watch.service.js';
import { ToldQuery } from './told.query.js';
import { ToldReckonerService } from './told-reckoner.service.js';
import { ConcernedApiController } from './web/concerned.api.controller.js';
import { ConcernedPagesController } from './web/concerned.pages.controller.js';
import { CallsApiController } from './web/calls.api.controller.js';
import { CallsPagesController } from './web/calls.pages.controller.js';
import { SessionDesk } from './web/session-desk.js';
import { EnrolmentPagesController } from './web/enrolment.pages.controller.js';
import { MySessionsController } from './web/my-sessions.pages.controller.js';
import { SeatMoveQuery } from './seat-move/seat-move.query.js';
import { SeatMoveService, SeatMoveTools } from './seat-move/seat-move.service.js';
import { SeatMoves } from './seat-move/seat-moves.js';
import { SeatMoveApiController } from './web/seat-move.api.controller.js';
import { SeatMoveChoices } from './web/seat-move-choices.js';
import { SeatMovePagesController } from './web/seat-move.pages.controller.js';
import { TakeSeatQuery } from './take-seat.query.js';
import { EnrolmentApiController } from './web/enrolment.api.controller.js';

@Module({
  imports: [MessagesModule, PeopleModule, ToursModule],
  controllers: [
    PersonalLinkPages,
    EnrolmentApiController,
    EnrolmentPagesController,
    MySessionsController,
    ConcernedApiController,
    ConcernedPagesController,
    CallsApiController,
    CallsPagesController,
    SeatMoveApiController,
    SeatMovePagesController,
  ],
  providers: [
    TakeSeatQuery,
    SeatQuery,
    SeatLane,
    MyEnrolmentsQuery,
    OpenLinkQuery,
    EnrolmentService,
    SeatChangeService,
    DoorSeatService,
    SeatPromotionService,
    OfferExpiryService,
    SeatReceiptBell,
    SeatReceiptComposer,
    SeatReceiptService,
    SeatMessages,
    SeatReminderService,
    PersonalLinks,
    LinkJobs,
    LinkAnswers,
    SessionWatchService,
    ToldQuery,
    ToldReckonerService,
    SeatMoveChoices,
    SeatMoveQuery,
    SeatMoves,
    SeatMoveService,
    SeatMoveTools,
    SessionDesk,
    EnrolmentJobs,
  ],
  exports: [
    DoorSeatService,
    MyEnrolmentsQuery,
    EnrolmentService,
    SeatChangeService,
    SeatPromotionService,
    OfferExpiryService,
  ],
})
export class EnrolmentModule {}
