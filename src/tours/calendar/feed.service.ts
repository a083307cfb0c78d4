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
import { calendarFile } from './calendar-file.js';
import { FeedQuery, type FeedRow } from './feed.query.js';
import { FeedToken } from './feed-token.js';

/** How long a half-day stays in a calendar after it is over. */
const KEPT_MS = 400 * 24 * 3600 * 1000;

// Whoever asks at the same time gets one address after the other; the last one stands.
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended($1, 0)) AS locked`;
const END = `DELETE FROM calendar_feed WHERE (kind = 'trainer' AND account_id = $1 AND $2::uuid IS NULL) OR tour_id = $2 RETURNING id`;
const END_ONE = `DELETE FROM calendar_feed WHERE id = $1`;
const MAKE = `
  INSERT INTO calendar_feed (id, organisation_id, kind, account_id, tour_id, language, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

/** What one may have an address for: the own half-days, or a tour. */
export interface FeedChoice {
  kind: FeedRow['kind'];
  tour: { id: string; name: Words; campaignName: Words } | null;
  /** Null as long as nobody asked for an address. */
  feed: FeedRow | null;
}

/** Secret addresses of calendars: made, changed for a new one, ended, read. */
@Injectable()
export class FeedService {
  constructor(
    private readonly db: Database,
    private readonly query: FeedQuery,
    private readonly tours: TourQuery,
    private readonly token: FeedToken,
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
      await this.db.read('calendar.lock', LOCK, [`calendar:${tour?.id ?? actor.accountId}`]);
      const ended = await this.db.read<{ id: string }>('calendar.end', END, [
        actor.accountId,
        tour?.id ?? null,
      ]);
      const organisationId = tour?.organisationId ?? actor.organisationId;
      const kind = tour ? 'tour' : 'trainer';
      const values = [
        id,
        organisationId,
        kind,
        actor.accountId,
        tour?.id ?? null,
        language,
        this.clock.now(),
      ];
      await this.db.write('calendar.make', MAKE, values);
      await this.audit.record(actor, {
        action: 'tours.calendar.make',
        ...{ subjectKind: 'calendar', subjectId: id, organisationId },
        facts: { kind, tourId: tour?.id ?? null, ended: ended.map((one) => one.id) },
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
      await this.db.write('calendar.stop', END_ONE, [feed.id]);
      await this.audit.record(actor, {
        action: 'tours.calendar.stop',
        ...{ subjectKind: 'calendar', subjectId: feed.id, organisationId },
        facts: { kind: feed.kind, tourId: feed.tourId },
      });
    });
  }

  /** The calendar as iCalendar text. @throws NotFound for a token that is none, or no longer */
  async read(token: string): Promise<string> {
    const id = this.token.read(token);
    const now = this.clock.now();
    const feed = id === undefined ? undefined : await this.query.open(id, now);
    if (!feed) throw new NotFound('calendar');
    const since = new Date(now.getTime() - KEPT_MS);
    return calendarFile(feed, await this.query.sessions(feed, since), this.token.siteAddress());
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
