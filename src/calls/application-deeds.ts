import { Injectable } from '@nestjs/common';
import { ApplicationDrafts } from './application-draft.service.js';
import { ApplicationService } from './application.service.js';
import { CallDecisions } from './call-decisions.js';

/** What a person does with dossiers, and what becomes of them. */
@Injectable()
export class ApplicationDeeds {
  constructor(
    readonly applications: ApplicationService,
    readonly drafts: ApplicationDrafts,
    readonly decisions: CallDecisions,
  ) {}
}
