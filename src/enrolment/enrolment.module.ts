import { Module } from '@nestjs/common';
import { EnrolmentService } from './enrolment.service.js';
import { EnrolmentJobs } from './jobs/enrolment.jobs.js';
import { MyEnrolmentsQuery } from './my-enrolments.query.js';
import { OfferExpiryService } from './offer-expiry.service.js';
import { SeatChangeService } from './seat-change.service.js';
import { SeatLane } from './seat-lane.js';
import { SeatPromotionService } from './seat-promotion.service.js';
import { SeatQuery } from './seat.query.js';
import { SeatReceiptBell } from './seat-receipt.bell.js';
import { TakeSeatQuery } from './take-seat.query.js';
import { EnrolmentApiController } from './web/enrolment.api.controller.js';

@Module({
  controllers: [EnrolmentApiController],
  providers: [
    TakeSeatQuery,
    SeatQuery,
    SeatLane,
    MyEnrolmentsQuery,
    EnrolmentService,
    SeatChangeService,
    SeatPromotionService,
    OfferExpiryService,
    SeatReceiptBell,
    EnrolmentJobs,
  ],
  exports: [EnrolmentService, SeatChangeService, SeatPromotionService, OfferExpiryService],
})
export class EnrolmentModule {}
