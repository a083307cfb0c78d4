import { Module } from '@nestjs/common';
import { DoorSeatService } from './door-seat.service.js';
import { EnrolmentService } from './enrolment.service.js';
import { EnrolmentJobs } from './jobs/enrolment.jobs.js';
import { MyEnrolmentsQuery } from './my-enrolments.query.js';
import { OfferExpiryService } from './offer-expiry.service.js';
import { SeatChangeService } from './seat-change.service.js';
import { SeatLane } from './seat-lane.js';
import { SeatPromotionService } from './seat-promotion.service.js';
import { SeatQuery } from './seat.query.js';
import { MessagesModule } from '../messages/public.js';
import { PeopleModule } from '../people/public.js';
import { ToursModule } from '../tours/public.js';
import { SeatReceiptBell } from './seat-receipt.bell.js';
import { SeatReceiptService } from './seat-receipt.service.js';
import { SessionWatchService } from './session-watch.service.js';
import { EnrolmentPagesController } from './web/enrolment.pages.controller.js';
import { MySessionsController } from './web/my-sessions.pages.controller.js';
import { TakeSeatQuery } from './take-seat.query.js';
import { EnrolmentApiController } from './web/enrolment.api.controller.js';

@Module({
  imports: [MessagesModule, PeopleModule, ToursModule],
  controllers: [EnrolmentApiController, EnrolmentPagesController, MySessionsController],
  providers: [
    TakeSeatQuery,
    SeatQuery,
    SeatLane,
    MyEnrolmentsQuery,
    EnrolmentService,
    SeatChangeService,
    DoorSeatService,
    SeatPromotionService,
    OfferExpiryService,
    SeatReceiptBell,
    SeatReceiptService,
    SessionWatchService,
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
