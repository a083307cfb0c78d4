import { DataSource, type DataSourceOptions } from 'typeorm';
import { Foundation1795305600000 } from '../migrations/1795305600000-foundation.js';
import { Geography1795305700000 } from '../migrations/1795305700000-geography.js';
import { PeopleAndAccess1795305800000 } from '../migrations/1795305800000-people-and-access.js';
import { Messages1795305900000 } from '../migrations/1795305900000-messages.js';
import { CampaignsAndTours1795306000000 } from '../migrations/1795306000000-campaigns-and-tours.js';
import { EnrolmentAndPresence1795306100000 } from '../migrations/1795306100000-enrolment-and-presence.js';
import { CodesAndHandOver1795306200000 } from '../migrations/1795306200000-codes-and-hand-over.js';
import { SessionCancelReason1795306300000 } from '../migrations/1795306300000-session-cancel-reason.js';
import { OffersAndReceipts1795306400000 } from '../migrations/1795306400000-offers-and-receipts.js';
import { RollCall1795306600000 } from '../migrations/1795306600000-roll-call.js';
import { DoorSeats1795306620000 } from '../migrations/1795306620000-door-seats.js';
import { Completion1795306610000 } from '../migrations/1795306610000-completion.js';
import { Certificate1795306700000 } from '../migrations/1795306700000-certificate.js';
import { Courses1795306500000 } from '../migrations/1795306500000-courses.js';
import { Learning1795306510000 } from '../migrations/1795306510000-learning.js';
import { WatchedLength1795306520000 } from '../migrations/1795306520000-watched-length.js';
import { CertificateUntold1795306710000 } from '../migrations/1795306710000-certificate-untold.js';
import { Practice1795307100000 } from '../migrations/1795307100000-practice.js';
import { QuizPapers1795307200000 } from '../migrations/1795307200000-quiz-papers.js';
import { CourseAuthoring1795307310000 } from '../migrations/1795307310000-course-authoring.js';
import { CourseTests1795307210000 } from '../migrations/1795307210000-course-tests.js';
import { Tasks1795307410000 } from '../migrations/1795307410000-tasks.js';
import { CourseRecordings1795307510000 } from '../migrations/1795307510000-course-recordings.js';
import { PracticePhotos1795307610000 } from '../migrations/1795307610000-practice-photos.js';
import { RoomCodes1795307620000 } from '../migrations/1795307620000-room-codes.js';
import { CourseLinkChecks1795307640000 } from '../migrations/1795307640000-course-link-checks.js';
import { ConsentRecordings1795307680000 } from '../migrations/1795307680000-consent-recordings.js';
import { VideoUploads1795307700000 } from '../migrations/1795307700000-video-uploads.js';
import { WatchedByVideo1795307710000 } from '../migrations/1795307710000-watched-by-video.js';
import { Overbooking1795307720000 } from '../migrations/1795307720000-overbooking.js';
import { PrivateMedia1795307900000 } from '../migrations/1795307900000-private-media.js';
import { CertificateTextsAndLogos1795308000000 } from '../migrations/1795308000000-certificate-texts-and-logos.js';
import { Nominations1795308300000 } from '../migrations/1795308300000-nominations.js';
import { CalendarFeeds1795308400000 } from '../migrations/1795308400000-calendar-feeds.js';
import { Calls1795308600000 } from '../migrations/1795308600000-calls.js';
import { CallLists1795308800000 } from '../migrations/1795308800000-call-lists.js';
import { TourArchive1795310100000 } from '../migrations/1795310100000-tour-archive.js';
import { QuietHours1795312000000 } from '../migrations/1795312000000-quiet-hours.js';
import { PersonalLinks1795312200000 } from '../migrations/1795312200000-personal-links.js';
import { Mail1795320000000 } from '../migrations/1795320000000-mail.js';
import { RemoteSessions1795318000000 } from '../migrations/1795318000000-remote-sessions.js';
import { SeatMoves1795321000000 } from '../migrations/1795321000000-seat-moves.js';
import { UnansweredAndUrgent1795323000000 } from '../migrations/1795323000000-unanswered-and-urgent.js';
import { PostponedSessions1795331000000 } from '../migrations/1795331000000-postponed-sessions.js';
import { TrainerAvailability1795330000000 } from '../migrations/1795330000000-trainer-availability.js';
import { TourPlans1795310000000 } from '../migrations/1795310000000-tour-plans.js';
import { Selection1795309000000 } from '../migrations/1795309000000-selection.js';
import { dataSourceOptions } from './shared/database/data-source-options.js';

/** Every migration, oldest first. */
export const migrations = [
  Foundation1795305600000,
  Geography1795305700000,
  PeopleAndAccess1795305800000,
  Messages1795305900000,
  CampaignsAndTours1795306000000,
  EnrolmentAndPresence1795306100000,
  CodesAndHandOver1795306200000,
  SessionCancelReason1795306300000,
  OffersAndReceipts1795306400000,
  Courses1795306500000,
  Learning1795306510000,
  WatchedLength1795306520000,
  RollCall1795306600000,
  Completion1795306610000,
  DoorSeats1795306620000,
  Certificate1795306700000,
  CertificateUntold1795306710000,
  Practice1795307100000,
  QuizPapers1795307200000,
  CourseAuthoring1795307310000,
  CourseTests1795307210000,
  Tasks1795307410000,
  CourseRecordings1795307510000,
  PracticePhotos1795307610000,
  RoomCodes1795307620000,
  CourseLinkChecks1795307640000,
  ConsentRecordings1795307680000,
  VideoUploads1795307700000,
  WatchedByVideo1795307710000,
  Overbooking1795307720000,
  PrivateMedia1795307900000,
  CertificateTextsAndLogos1795308000000,
  Nominations1795308300000,
  CalendarFeeds1795308400000,
  Calls1795308600000,
  CallLists1795308800000,
  Selection1795309000000,
  TourPlans1795310000000,
  TourArchive1795310100000,
  QuietHours1795312000000,
  PersonalLinks1795312200000,
  Mail1795320000000,
  SeatMoves1795321000000,
  UnansweredAndUrgent1795323000000,
  TrainerAvailability1795330000000,
  PostponedSessions1795331000000,
  RemoteSessions1795318000000,
];

/** A data source that can migrate; the running application opens its own, per kind of work. */
export function createDataSource(url: string): DataSource {
  return new DataSource({ ...dataSourceOptions(url), migrations } as DataSourceOptions);
}
