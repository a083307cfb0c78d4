import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/public.js';
import { MessagesModule } from '../messages/public.js';
import { PeopleModule } from '../people/public.js';
import { DrawSecrets } from './draw-secret.js';
import { PublicationService } from './publication.service.js';
import { ResultChangeService } from './result-change.service.js';
import { ResultNotice } from './result-notice.js';
import { ResultReckoner } from './result.reckoner.js';
import { ResultRecord } from './result.record.js';
import { ResultStore } from './result.store.js';
import { ScreeningService } from './screening.service.js';
import { ScreeningStore } from './screening.store.js';
import { SelectionDecision } from './selection.decision.js';
import { SelectionService } from './selection.service.js';
import { SelectionStore } from './selection.store.js';
import { ResultApi } from './web/result.api.controller.js';
import { ScreeningApi } from './web/screening.api.controller.js';
import { SelectionApi } from './web/selection.api.controller.js';
import { SelectionDoor } from './web/selection.door.js';

@Module({
  imports: [CallsModule, MessagesModule, PeopleModule],
  controllers: [SelectionApi, ScreeningApi, ResultApi],
  providers: [
    SelectionStore,
    SelectionService,
    DrawSecrets,
    ScreeningStore,
    ScreeningService,
    ResultStore,
    ResultNotice,
    ResultReckoner,
    ResultRecord,
    PublicationService,
    ResultChangeService,
    SelectionDecision,
    SelectionDoor,
  ],
})
export class SelectionModule {}
