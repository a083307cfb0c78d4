import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { isLocalDate } from '../shared/clock/local-date.js';
import { Database } from '../shared/database/database.js';
import { violates } from '../shared/database/database.errors.js';
import { type FieldError, InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { newId } from '../shared/new-id.js';
import { mayManage, mayReadPlan } from '../campaigns/public.js';
import { StopExists } from './session.errors.js';
import { Stop } from './stop.entity.js';
import { type StopRow, TourQuery, type TourRow } from './tour.query.js';

export interface NewStop {
  teamId?: string;
  city: string;
  localDate: string;
}

/** Writes of stops, and the one place that says who sees a tour. */
@Injectable()
export class StopService {
  constructor(
    private readonly db: Database,
    private readonly tours: TourQuery,
    private readonly audit: AuditLog,
  ) {}

  /** @throws NotFound also when it is somebody else's */
  async tourFor(actor: Actor, id: string): Promise<TourRow> {
    const tour = await this.tours.tour(id);
    if (!tour || !mayReadPlan(actor.grants, { ...tour })) throw new NotFound('tour');
    return tour;
  }

  /** A stop of a tour that the actor may change. @throws NotFound also when it is somebody else's */
  async stopFor(actor: Actor, id: string): Promise<StopRow> {
    const stop = await this.tours.stop(id);
    if (!stop || !mayManage(actor.grants, stop)) throw new NotFound('stop');
    return stop;
  }

  /**
   * Adds a stop to the road of a team; the tour's only team when none is named.
   *
   * @throws NotFound, InvalidFields, StopExists
   */
  async create(actor: Actor, tourId: string, given: NewStop): Promise<StopRow> {
    const tour = await this.tours.tour(tourId);
    if (!tour || !mayManage(actor.grants, tour)) throw new NotFound('tour');
    const teams = await this.tours.teams(tour.id);
    const team =
      given.teamId === undefined && teams.length === 1
        ? teams[0]
        : teams.find(({ id }) => id === given.teamId);
    const errors: FieldError[] = [];
    if (!team)
      errors.push({ pointer: '/teamId', code: given.teamId === undefined ? 'required' : 'not-a-choice' });
    if (!(await this.tours.hasCity(given.city))) errors.push({ pointer: '/city', code: 'city-unknown' });
    if (!isLocalDate(given.localDate))
      errors.push({ pointer: '/localDate', code: 'not-a-date', params: { date: given.localDate } });
    if (!team || errors.length > 0) throw new InvalidFields(errors);
    const row = {
      id: newId(),
      tourId: tour.id,
      teamId: team.id,
      citySlug: given.city,
      localDate: given.localDate,
    };
    try {
      await this.db.transaction(async () => {
        await this.db.manager.insert(Stop, row);
        const facts = { city: given.city, localDate: given.localDate, teamId: team.id };
        const subject = { subjectKind: 'stop', subjectId: row.id, organisationId: tour.organisationId };
        await this.audit.record(actor, { action: 'tours.stop.create', ...subject, facts });
      });
    } catch (error) {
      if (violates(error, 'stop_team_id_city_slug_local_date_key')) throw new StopExists();
      throw error;
    }
    return this.stopFor(actor, row.id);
  }
}
