import { Module } from '@nestjs/common';
import { CampaignsModule } from '../campaigns/public.js';
import { ArrivalService } from './arrival.service.js';
import { ImportPurge } from './jobs/import.purge.js';
import { ImportConfirmation } from './import-confirmation.service.js';
import { ImportService } from './import.service.js';
import { ImportStore } from './import.store.js';
import { ImportWriter } from './import-writer.js';
import { NominationStore } from './nomination.store.js';
import { PeopleSearch } from './people-search.service.js';
import { PeopleExport } from './people-export.service.js';
import { SeenPeople } from './seen-people.query.js';
import { ImportPages } from './web/import.pages.controller.js';
import { ImportApi } from './web/import.api.controller.js';
import { NominationGate } from './web/nomination.gate.js';
import { PeopleSearchApi } from './web/people-search.api.controller.js';
import { PeoplePages } from './web/people.pages.controller.js';

@Module({
  imports: [CampaignsModule],
  controllers: [ImportApi, PeoplePages, ImportPages, PeopleSearchApi],
  providers: [
    SeenPeople,
    ImportStore,
    NominationStore,
    ImportWriter,
    ImportService,
    ImportConfirmation,
    PeopleExport,
    PeopleSearch,
    ArrivalService,
    ImportPurge,
    NominationGate,
  ],
  exports: [ImportService, ImportConfirmation, PeopleExport],
})
export class NominationsModule {}
