import { Module } from '@nestjs/common';
import { CampaignsModule } from '../campaigns/public.js';
import { MessagesModule } from '../messages/public.js';
import { PeopleModule } from '../people/public.js';
import { ApplicationDeeds } from './application-deeds.js';
import { ApplicationDrafts } from './application-draft.service.js';
import { ApplicationPhotos } from './application-photos.js';
import { ApplicationReceipt } from './application-receipt.js';
import { ApplicationParts } from './application-parts.js';
import { ApplicationService } from './application.service.js';
import { ApplicationStore } from './application.store.js';
import { AssistedEntry } from './assisted.service.js';
import { CallDecisions } from './call-decisions.js';
import { CallService } from './call.service.js';
import { CallStore } from './call.store.js';
import { DossierExport } from './dossier-export.service.js';
import { DossierQuery } from './dossier.query.js';
import { DraftPurge } from './jobs/draft.purge.js';
import { PosterPrinter } from './poster.printer.js';
import { ShortLinks } from './short-link.service.js';
import { ApplicationApi } from './web/application.api.controller.js';
import { CallApi } from './web/call.api.controller.js';
import { CallDoor } from './web/call.door.js';
import { CallPages } from './web/call.pages.controller.js';
import { CallSending } from './web/call.sending.js';
import { DeskPages } from './web/desk.pages.controller.js';
import { DossierApi } from './web/dossier.api.controller.js';
import { DossierPages } from './web/dossier.pages.controller.js';
import { CallEditorPages } from './web/editor.pages.controller.js';
import { MyApplicationPages } from './web/my-application.pages.controller.js';
import { PosterPages } from './web/poster.pages.controller.js';
import { ShortLinkController } from './web/short-link.controller.js';
import { StaffCallPages } from './web/staff-call.pages.controller.js';

@Module({
  imports: [CampaignsModule, MessagesModule, PeopleModule],
  controllers: [
    CallApi,
    ApplicationApi,
    DossierApi,
    CallPages,
    MyApplicationPages,
    CallEditorPages,
    StaffCallPages,
    DossierPages,
    DeskPages,
    PosterPages,
    ShortLinkController,
  ],
  providers: [
    CallDecisions,
    CallStore,
    CallService,
    ApplicationStore,
    ApplicationPhotos,
    ApplicationReceipt,
    ApplicationParts,
    ApplicationService,
    ApplicationDrafts,
    ApplicationDeeds,
    AssistedEntry,
    DossierQuery,
    DossierExport,
    ShortLinks,
    PosterPrinter,
    DraftPurge,
    CallDoor,
    CallSending,
  ],
  exports: [ApplicationStore, CallDecisions, CallDoor, CallStore],
})
export class CallsModule {}
