import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { postgresFailure } from '../shared/database/database.errors.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { mayManage } from '../campaigns/public.js';
import { NotEmpty } from './session.errors.js';
import { StopService } from './stop.service.js';
import { TourQuery, type TourRow } from './tour.query.js';

const ARCHIVE = `UPDATE tour SET archived_at = CASE WHEN $2 THEN coalesce(archived_at, $3) END WHERE id = $1`;
const DROP_PLANS = `DELETE FROM tour_plan WHERE tour_id = $1`;
const DROP_FEEDS = `DELETE FROM calendar_feed WHERE tour_id = $1`;
const DROP_TRAINERS = `DELETE FROM team_trainer WHERE team_id IN (SELECT id FROM team WHERE tour_id = $1)`;
const DROP_TEAMS = `DELETE FROM team WHERE tour_id = $1`;
const DROP_TOUR = `DELETE FROM tour WHERE id = $1`;
const DROP_STOP = `DELETE FROM stop WHERE id = $1`;
const FOREIGN_KEY = '23503';

/** Puts tours away, and deletes what is empty: nothing that somebody sat in is ever deleted. */
@Injectable()
export class TourKeeping {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly tours: TourQuery,
    private readonly stops: StopService,
  ) {}

  /** @throws NotFound also when it is somebody else's */
  async tourFor(actor: Actor, id: string): Promise<TourRow> {
    const tour = await this.tours.tour(id);
    if (!tour || !mayManage(actor.grants, tour)) throw new NotFound('tour');
    return tour;
  }

  /** Puts a tour away, or takes it back. @throws NotFound */
  async archive(actor: Actor, id: string, isAway: boolean): Promise<void> {
    const tour = await this.tourFor(actor, id);
    await this.db.transaction(async () => {
      await this.db.write('tour.archive', ARCHIVE, [tour.id, isAway, this.clock.now()]);
      const subject = { subjectKind: 'tour', subjectId: tour.id, organisationId: tour.organisationId };
      await this.audit.record(actor, {
        action: isAway ? 'tours.tour.archive' : 'tours.tour.restore',
        ...subject,
      });
    });
  }

  /** Deletes a tour without a stop, with its teams and plans. @throws NotFound, NotEmpty */
  async remove(actor: Actor, id: string): Promise<void> {
    const tour = await this.tourFor(actor, id);
    await this.emptyOnly('tour', async () => {
      await this.db.write('tour.dropPlans', DROP_PLANS, [tour.id]);
      await this.db.write('tour.dropFeeds', DROP_FEEDS, [tour.id]);
      await this.db.write('tour.dropTrainers', DROP_TRAINERS, [tour.id]);
      await this.db.write('tour.dropTeams', DROP_TEAMS, [tour.id]);
      await this.db.write('tour.drop', DROP_TOUR, [tour.id]);
      const subject = { subjectKind: 'tour', subjectId: tour.id, organisationId: tour.organisationId };
      await this.audit.record(actor, { action: 'tours.tour.delete', ...subject });
    });
  }

  /** Deletes a stop without a session, not even one that was called off. @throws NotFound, NotEmpty */
  async removeStop(actor: Actor, id: string): Promise<string> {
    const stop = await this.stops.stopFor(actor, id);
    await this.emptyOnly('stop', async () => {
      await this.db.write('stop.drop', DROP_STOP, [stop.id]);
      const subject = { subjectKind: 'stop', subjectId: stop.id, organisationId: stop.organisationId };
      const facts = { city: stop.citySlug, localDate: stop.localDate };
      await this.audit.record(actor, { action: 'tours.stop.delete', ...subject, facts });
    });
    return stop.tourId;
  }

  /** The database says what is empty: whoever adds something at the same moment keeps it. */
  private async emptyOnly(what: 'tour' | 'stop', work: () => Promise<void>): Promise<void> {
    try {
      await this.db.transaction(work);
    } catch (error) {
      if (postgresFailure(error)?.code === FOREIGN_KEY) throw new NotEmpty(what);
      throw error;
    }
  }
}
