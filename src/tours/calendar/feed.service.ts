import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { isUuid, newId } from '../../shared/new-id.js';
import { MANAGING_ROLES, mayManage, reachOf, type Words } from '../../campaigns/public.js';
import { TourQuery, type TourRow } from '../tour.query.js';
import { FeedQuery, type FeedRow } from './feed.query.js';
import { FeedStore } from './feed.store.js';

/** What one may have an address for: the own half-days, or a tour. */
export interface FeedChoice {
  kind: FeedRow['kind'];
  tour: { id: string; name: Words; campaignName: Words } | null;
  /** Null as long as nobody asked for an address. */
  feed: FeedRow | null;
}

/** Secret addresses of calendars: made, changed for a new one, ended. */
@Injectable()
export class FeedService {
  constructor(
    private readonly db: Database,
    private readonly query: FeedQuery,
    private readonly store: FeedStore,
    private readonly tours: TourQuery,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** What the actor may have addresses for: first their own, then the tours that they plan. */
  async choices(actor: StaffActor): Promise<FeedChoice[]> {
    const own = (await this.query.ofAccount(actor.accountId)) ?? null;
    const { everything, organisationIds, campaignIds } = reachOf(actor.grants, MANAGING_ROLES);
    const tours = await this.query.tours(everything, organisationIds, campaignIds);
    const feeds = await this.query.ofTours(tours.map(({ id }) => id));
    const byTour = new Map(feeds.map((feed) => [feed.tourId, feed]));
    return [
      { kind: 'trainer', tour: null, feed: own },
      ...tours.map((tour) => ({ kind: 'tour' as const, tour, feed: byTour.get(tour.id) ?? null })),
    ];
  }

  /**
   * A new address; the one before it ends.
   *
   * @param tourId null for the actor's own half-days
   * @throws NotFound for a tour that somebody else plans
   */
  async make(actor: StaffActor, tourId: string | null, language: Locale): Promise<FeedRow> {
    const tour = tourId === null ? null : await this.tourFor(actor, tourId);
    const id = newId();
    return this.db.transaction(async () => {
      const ended = await this.store.end(actor.accountId, tour?.id ?? null);
      const organisationId = tour?.organisationId ?? actor.organisationId;
      const kind = tour ? 'tour' : 'trainer';
      const { accountId } = actor;
      const createdAt = this.clock.now();
      await this.store.insert({
        id,
        organisationId,
        kind,
        accountId,
        tourId: tour?.id ?? null,
        language,
        createdAt,
      });
      await this.audit.record(actor, {
        action: 'tours.calendar.make',
        ...{ subjectKind: 'calendar', subjectId: id, organisationId },
        facts: { kind, tourId: tour?.id ?? null, ended },
      });
      return this.existing(id);
    });
  }

  /** Ends an address: whoever reads it gets 404 from now on. @throws NotFound also when it is somebody else's */
  async stop(actor: StaffActor, id: string): Promise<void> {
    const feed = isUuid(id) ? await this.query.byId(id) : undefined;
    if (!feed) throw new NotFound('calendar');
    const tour = feed.tourId === null ? null : await this.tourFor(actor, feed.tourId);
    if (!tour && feed.accountId !== actor.accountId) throw new NotFound('calendar');
    const organisationId = tour?.organisationId ?? actor.organisationId;
    await this.db.transaction(async () => {
      await this.store.remove(feed.id);
      await this.audit.record(actor, {
        action: 'tours.calendar.stop',
        ...{ subjectKind: 'calendar', subjectId: feed.id, organisationId },
        facts: { kind: feed.kind, tourId: feed.tourId },
      });
    });
  }

  private async existing(id: string): Promise<FeedRow> {
    const feed = await this.query.byId(id);
    if (!feed) throw new NotFound('calendar');
    return feed;
  }

  private async tourFor(actor: StaffActor, id: string): Promise<TourRow> {
    const tour = await this.tours.tour(id);
    if (!tour || !mayManage(actor.grants, tour)) throw new NotFound('tour');
    return tour;
  }
}
