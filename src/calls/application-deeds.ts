import { Injectable } from '@nestjs/common';
import { ApplicationDrafts } from './application-draft.service.js';
import { ApplicationService } from './application.service.js';

/** What a person does with dossiers. */
@Injectable()
export class ApplicationDeeds {
  constructor(
    readonly applications: ApplicationService,
    readonly drafts: ApplicationDrafts,
  ) {}
}
