import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/public.js';
import { EnrolmentModule } from '../enrolment/public.js';
import { MessagesModule } from '../messages/public.js';
import { PeopleModule } from '../people/public.js';
import { ToursModule } from '../tours/public.js';
import { DrawSecrets } from './draw-secret.js';
import { LetterPrinter } from './letter.printer.js';
import { LetterService } from './letter.service.js';
import { PublicationService } from './publication.service.js';
import { ResultChangeService } from './result-change.service.js';
import { ResultNotice } from './result-notice.js';
import { ResultReckoner } from './result.reckoner.js';
import { ResultRecord } from './result.record.js';
import { ResultStore } from './result.store.js';
import { ScreeningService } from './screening.service.js';
import { ScreeningStore } from './screening.store.js';
import { SeatingQuery } from './seating.query.js';
import { SeatingService } from './seating.service.js';
import { SelectionDecision } from './selection.decision.js';
import { SelectionService } from './selection.service.js';
import { SelectionStore } from './selection.store.js';
import { LettersApi } from './web/letters.api.controller.js';
import { PublicSelectionPages } from './web/public-selection.pages.controller.js';
import { ResultPages } from './web/result.pages.controller.js';
import { ScreeningPages } from './web/screening.pages.controller.js';
import { SeatingPages } from './web/seating.pages.controller.js';
import { SelectionPages } from './web/selection.pages.controller.js';
import { ResultApi } from './web/result.api.controller.js';
import { ScreeningApi } from './web/screening.api.controller.js';
import { SelectionApi } from './web/selection.api.controller.js';
import { SelectionDoor } from './web/selection.door.js';

@Module({
  imports: [CallsModule, EnrolmentModule, MessagesModule, PeopleModule, ToursModule],
  controllers: [
    SelectionApi,
    ScreeningApi,
    ResultApi,
    LettersApi,
    PublicSelectionPages,
    SelectionPages,
    ScreeningPages,
    ResultPages,
    SeatingPages,
  ],
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
    SeatingQuery,
    SeatingService,
    LetterPrinter,
    LetterService,
    ResultChangeService,
    SelectionDecision,
    SelectionDoor,
  ],
  exports: [DrawSecrets],
})
export class SelectionModule {}
