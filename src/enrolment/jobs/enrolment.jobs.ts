import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { JobWorker } from '../../shared/jobs/job.worker.js';
import { OfferExpiryService } from '../offer-expiry.service.js';
import { SeatPromotionService } from '../seat-promotion.service.js';
import { SeatReceiptService } from '../seat-receipt.service.js';
import { SeatReminderService } from '../seat-reminder.service.js';
import { EXPIRE_OFFERS, SEND_RECEIPTS, SEND_REMINDERS } from '../job-kinds.js';

const EACH_MINUTE_SECONDS = 60;

/** Passes on what nobody answered, offers what stayed free, tells what is untold, reminds who has a seat. */
@Injectable()
export class EnrolmentJobs implements OnModuleInit {
  constructor(
    private readonly runner: JobRunner,
    private readonly worker: JobWorker,
    private readonly expiry: OfferExpiryService,
    private readonly promotion: SeatPromotionService,
    private readonly receipts: SeatReceiptService,
    private readonly reminders: SeatReminderService,
  ) {}

  onModuleInit(): void {
    this.runner.register({ kind: EXPIRE_OFFERS, run: () => this.passOn() });
    this.runner.register({ kind: SEND_RECEIPTS, run: async () => ({ told: await this.receipts.tellAll() }) });
    this.runner.register({
      kind: SEND_REMINDERS,
      run: async () => ({ reminded: await this.reminders.remindAll() }),
    });
    for (const kind of [EXPIRE_OFFERS, SEND_RECEIPTS, SEND_REMINDERS])
      this.worker.every({ kind, everySeconds: EACH_MINUTE_SECONDS });
  }

  private async passOn(): Promise<{ ended: number; offers: number }> {
    return { ended: await this.expiry.expireDue(), offers: await this.promotion.promoteIdle() };
  }
}
