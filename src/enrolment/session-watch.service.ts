import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { SeatsFreed, SessionHooks, SessionWatcher } from '../tours/public.js';
import { SeatPromotionService } from './seat-promotion.service.js';
import { isSoon } from './seat-receipt.text.js';
import { SeatReceiptBell } from './seat-receipt.bell.js';

// Who has not been told of the seat itself yet will read the new day there.
const MARK = `
  UPDATE enrolment SET untold = $2, confirmed_at = NULL, is_untold_urgent = is_untold_urgent OR $3
   WHERE session_id = $1
     AND status IN ('booked', 'offered', 'waiting')
     AND (untold IS NULL OR untold = 'postponed' OR $2 IN ('called-off', 'postponed'))`;

/** Hears from tours of sessions that moved, are called off or have more seats; each in that change's transaction. */
@Injectable()
export class SessionWatchService implements SeatsFreed, SessionWatcher, OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly hooks: SessionHooks,
    private readonly promotion: SeatPromotionService,
    private readonly receipts: SeatReceiptBell,
  ) {}

  onModuleInit(): void {
    this.hooks.onSeatsFreed(this);
    this.hooks.watch(this);
  }

  async seatsFreed(sessionId: string): Promise<void> {
    await this.promotion.promote(sessionId);
  }

  async sessionMoved(sessionId: string, startedAt: Date | null): Promise<void> {
    await this.mark(sessionId, 'moved', startedAt);
    if (startedAt === null) await this.promotion.renewOffers(sessionId);
  }

  async sessionPostponed(sessionId: string, startedAt: Date): Promise<void> {
    await this.mark(sessionId, 'postponed', startedAt);
  }

  async sessionCancelled(sessionId: string, startedAt: Date | null): Promise<void> {
    await this.mark(sessionId, 'called-off', startedAt);
  }

  /** Whoever was to set out within a day is told at any hour. */
  private async mark(
    sessionId: string,
    untold: 'moved' | 'postponed' | 'called-off',
    startedAt: Date | null,
  ): Promise<void> {
    const isUrgent = startedAt !== null && isSoon(startedAt, this.clock.now());
    await this.db.write('enrolment.markUntold', MARK, [sessionId, untold, isUrgent]);
    this.receipts.ring();
  }
}
