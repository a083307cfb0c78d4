import { Injectable } from '@nestjs/common';
import { PersonAccess } from '../people/public.js';
import { RateLimiter } from '../shared/limits/rate-limiter.js';
import { ApplicationPhotos } from './application-photos.js';
import { ApplicationReceipt } from './application-receipt.js';

/** What sending a dossier needs besides the rows. */
@Injectable()
export class ApplicationParts {
  constructor(
    readonly access: PersonAccess,
    readonly photos: ApplicationPhotos,
    readonly receipt: ApplicationReceipt,
    readonly limiter: RateLimiter,
  ) {}
}
