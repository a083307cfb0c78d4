export { type DoorSeat, DoorSeatService, type SeatedElsewhere } from './door-seat.service.js';
export { type Booking, ENROLMENT_STATUSES, type EnrolmentStatus } from './enrolment-status.js';
export { EnrolmentModule } from './enrolment.module.js';
export { EnrolmentService } from './enrolment.service.js';
export { OfferExpiryService } from './offer-expiry.service.js';
export { SeatChangeService } from './seat-change.service.js';
export { SeatPromotionService } from './seat-promotion.service.js';
