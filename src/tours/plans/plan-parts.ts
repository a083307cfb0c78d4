import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import type { Placement } from '../planner/problem.js';
import { type NewSession, SessionService } from '../session.service.js';
import { Stop } from '../stop.entity.js';
import { TourQuery } from '../tour.query.js';
import { defaultUnits } from './default-hours.js';
import type { PlanRow } from './plan.store.js';

/** Sessions to make at every stop: one each, with the usual hours, the team's trainers and its kit. */
export interface SessionsWanted {
  course: string;
  capacity: number;
  language?: 'ar' | 'fr' | 'en';
  venueNote?: string | null;
  reasons?: Readonly<Record<string, unknown>>;
}

/** A stop with the id that it gets. */
export type PlacedStop = Placement & { stopId: string };

/** The single steps of saving a plan. */
@Injectable()
export class PlanParts {
  constructor(
    private readonly db: Database,
    readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly tours: TourQuery,
    readonly service: SessionService,
  ) {}

  async stop(
    actor: StaffActor,
    { tourId, organisationId, wanted }: PlanRow,
    placed: PlacedStop,
  ): Promise<void> {
    const { stopId, teamId, localDate } = placed;
    const citySlug = wanted.stops[Number(placed.id)]?.city ?? '';
    await this.db.manager.insert(Stop, { id: stopId, tourId, teamId, citySlug, localDate });
    const subject = { subjectKind: 'stop', subjectId: stopId, organisationId };
    const facts = { city: citySlug, localDate, teamId };
    await this.audit.record(actor, { action: 'tours.stop.create', ...subject, facts });
  }

  async sessions(
    { tourId, wanted }: PlanRow,
    stops: readonly PlacedStop[],
    { course, capacity, language = 'fr', venueNote = null, reasons }: SessionsWanted,
  ): Promise<Array<{ stopId: string; given: NewSession }>> {
    const teams = new Map((await this.tours.teams(tourId)).map((team) => [team.id, team]));
    return stops.map(({ id, stopId, teamId, localDate, half }) => ({
      stopId,
      given: {
        ...{ course, capacity, language, venueNote },
        trainerIds: teams.get(teamId)?.trainers.map((trainer) => trainer.id) ?? [],
        kitIds: [teamId],
        units: defaultUnits(localDate, half, wanted.stops[Number(id)]?.halfDays ?? 1),
        ...(reasons ? { reasons } : {}),
      },
    }));
  }
}
