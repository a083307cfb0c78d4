import { Module } from '@nestjs/common';
import { EnrolmentModule } from '../enrolment/public.js';
import { AttendanceService } from './attendance.service.js';
import { ClosingService } from './closing.service.js';
import { InterpretationService } from './interpretation.service.js';
import { PassService } from './pass.service.js';
import { PassToken } from './pass-token.js';
import { PresenceHooks } from './presence-hooks.js';
import { PresenceMergeService } from './presence-merge.service.js';
import { PresenceQuery } from './presence.query.js';
import { PresenceRebuildService } from './presence-rebuild.service.js';
import { RawEventQuery } from './raw-event.query.js';
import { RolledSessionQuery } from './rolled-session.query.js';
import { RosterQuery } from './roster.query.js';
import { RosterCodes } from './roster-code.service.js';
import { RosterService } from './roster.service.js';
import { AttendanceLogQuery } from './attendance-log.query.js';
import { WalkInService } from './walk-in.service.js';
import { AttendanceApiController } from './web/attendance.api.controller.js';
import { ClosingPagesController } from './web/closing.pages.controller.js';
import { PassApiController } from './web/pass.api.controller.js';
import { RollCallPagesController } from './web/roll-call.pages.controller.js';
import { RoomCodeApiController } from './web/room-code.api.controller.js';
import { RoomCodePagesController } from './web/room-code.pages.controller.js';

@Module({
  imports: [EnrolmentModule],
  controllers: [
    AttendanceApiController,
    PassApiController,
    RoomCodeApiController,
    RollCallPagesController,
    RoomCodePagesController,
    ClosingPagesController,
  ],
  providers: [
    AttendanceLogQuery,
    AttendanceService,
    ClosingService,
    InterpretationService,
    PassService,
    PassToken,
    PresenceHooks,
    PresenceMergeService,
    PresenceQuery,
    PresenceRebuildService,
    RawEventQuery,
    RolledSessionQuery,
    RosterQuery,
    RosterCodes,
    RosterService,
    WalkInService,
  ],
  exports: [AttendanceService, ClosingService, PassService, PresenceHooks, PresenceRebuildService],
})
export class AttendanceModule {}
