import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { JobWorker } from '../../shared/jobs/job.worker.js';
import { OfferExpiryService } from '../offer-expiry.service.js';
import { SeatPromotionService } from '../seat-promotion.service.js';
import { EXPIRE_OFFERS } from './job-kinds.js';

const EACH_MINUTE_SECONDS = 60;

/** Passes on what nobody answered, and offers what stayed free. */
@Injectable()
export class EnrolmentJobs implements OnModuleInit {
  constructor(
    private readonly runner: JobRunner,
    private readonly worker: JobWorker,
    private readonly expiry: OfferExpiryService,
    private readonly promotion: SeatPromotionService,
  ) {}

  onModuleInit(): void {
    this.runner.register({ kind: EXPIRE_OFFERS, run: () => this.passOn() });
    this.worker.every({ kind: EXPIRE_OFFERS, everySeconds: EACH_MINUTE_SECONDS });
  }

  private async passOn(): Promise<{ ended: number; offers: number }> {
    return { ended: await this.expiry.expireDue(), offers: await this.promotion.promoteIdle() };
  }
}
