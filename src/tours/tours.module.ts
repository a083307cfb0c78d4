import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CampaignsModule } from '../campaigns/public.js';
import { ChangeRules } from './change-rules.js';
import { ClashQuery } from './clash.query.js';
import { ClashService } from './clash.service.js';
import { PlanTools } from './plan-tools.js';
import { SessionChangeService } from './session-change.service.js';
import { SessionChoices } from './session-choices.js';
import { SessionHooks } from './session-hooks.js';
import { SessionQuery } from './session.query.js';
import { SessionService } from './session.service.js';
import { SessionStore } from './session.store.js';
import { Stop } from './stop.entity.js';
import { StopService } from './stop.service.js';
import { TourQuery } from './tour.query.js';
import { SessionApiController } from './web/session.api.controller.js';
import { TourApiController } from './web/tour.api.controller.js';

@Module({
  imports: [CampaignsModule, TypeOrmModule.forFeature([Stop], 'requests')],
  controllers: [SessionApiController, TourApiController],
  providers: [
    ChangeRules,
    ClashQuery,
    ClashService,
    PlanTools,
    SessionChangeService,
    SessionChoices,
    SessionHooks,
    SessionQuery,
    SessionService,
    SessionStore,
    StopService,
    TourQuery,
  ],
  exports: [SessionHooks, SessionQuery, TourQuery],
})
export class ToursModule {}
