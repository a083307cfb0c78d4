import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { addDays, daysBetween, isLocalDate } from '../shared/clock/local-date.js';
import { Database } from '../shared/database/database.js';
import { InvalidFields } from '../shared/errors/domain-error.js';
import { newId } from '../shared/new-id.js';
import { checkReasons } from './clash.service.js';
import { RemoteLinkQuery } from './remote-link.query.js';
import { SessionQuery } from './session.query.js';
import type { SessionRow } from './session.row.js';
import { type NewSession, saving, SessionService } from './session.service.js';
import { Stop } from './stop.entity.js';
import { TourKeeping } from './tour-keeping.service.js';
import { TourQuery, type TourRow } from './tour.query.js';
import { TourService } from './tour.service.js';

/** What the copy of a tour is to be. */
export interface TourCopy {
  name: { fr: string; ar: string };
  /** Day of its first stop, `YYYY-MM-DD`; everything moves by as many days. */
  from: string;
  reasons?: Readonly<Record<string, unknown>>;
}

/** The single steps of copying. */
@Injectable()
export class CopyParts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tours: TourQuery,
    private readonly sessionRows: SessionQuery,
    private readonly service: SessionService,
    private readonly links: RemoteLinkQuery,
  ) {}

  /** Trainers who cannot be sent any more stay out. */
  async teams(tour: TourRow): Promise<Array<{ name: string; home: string | null; trainerIds: string[] }>> {
    const known = new Set((await this.tours.trainers(tour, this.clock.now())).map(({ id }) => id));
    return (await this.tours.teams(tour.id)).map(({ name, home, trainers }) => ({
      ...{ name, home },
      trainerIds: trainers.map(({ id }) => id).filter((id) => known.has(id)),
    }));
  }

  /** @returns the new stop and its team by the stop that was copied */
  async stops(
    fromTour: string,
    tourId: string,
    days: number,
  ): Promise<Map<string, { id: string; teamId: string }>> {
    const before = await this.tours.teams(fromTour);
    const after = new Map((await this.tours.teams(tourId)).map(({ id, name }) => [name, id]));
    const teamOf = new Map(before.map(({ id, name }) => [id, after.get(name) ?? '']));
    const copied = new Map<string, { id: string; teamId: string }>();
    for (const stop of await this.tours.stops(fromTour)) {
      const [id, teamId] = [newId(), teamOf.get(stop.teamId) ?? ''];
      const localDate = addDays(stop.localDate, days);
      await this.db.manager.insert(Stop, { id, tourId, teamId, citySlug: stop.citySlug, localDate });
      copied.set(stop.id, { id, teamId });
    }
    return copied;
  }

  async sessions(
    actor: Actor,
    fromTour: string,
    stops: ReadonlyMap<string, { id: string; teamId: string }>,
    days: number,
    reasons: TourCopy['reasons'],
  ): Promise<number> {
    const rows = (await this.sessionRows.ofTour(fromTour)).filter(({ status }) => status !== 'cancelled');
    const tour = await this.tours.tour(fromTour);
    const known = new Set(
      (tour ? await this.tours.trainers(tour, this.clock.now()) : []).map(({ id }) => id),
    );
    const links = await this.links.of(rows.map(({ id }) => id));
    const wanted = rows.flatMap((row) => {
      const stop = stops.get(row.stopId);
      if (!stop) return [];
      const given = copyOf(row, stop.teamId, days, known, reasons);
      return [{ stopId: stop.id, given: { ...given, remoteUrl: links.get(row.id) ?? null } }];
    });
    return (await this.service.createHeld(actor, wanted)).length;
  }
}

/** Copies tours to new dates. */
@Injectable()
export class TourCopying {
  constructor(
    private readonly db: Database,
    private readonly keeping: TourKeeping,
    private readonly parts: CopyParts,
    private readonly making: TourService,
    private readonly tours: TourQuery,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Teams, stops and sessions that were not called off, by as many days later or earlier; nobody who was enrolled comes
   * along. All of it is made, or nothing.
   *
   * @returns the id of the new tour
   * @throws NotFound, InvalidFields, SessionClash
   */
  async copy(actor: Actor, tourId: string, given: TourCopy): Promise<string> {
    const tour = await this.keeping.tourFor(actor, tourId);
    checkReasons(given.reasons);
    const stops = await this.tours.stops(tour.id);
    const first = stops[0]?.localDate;
    if (!isLocalDate(given.from))
      throw new InvalidFields([{ pointer: '/from', code: 'not-a-date', params: { date: given.from } }]);
    if (first === undefined) throw new InvalidFields([{ pointer: '/from', code: 'tour-without-stops' }]);
    const days = daysBetween(first, given.from);
    return saving(() =>
      this.db.transaction(async () => {
        const teams = await this.parts.teams(tour);
        const id = await this.making.create(actor, tour.campaignId, { name: given.name, teams });
        const copied = await this.parts.stops(tour.id, id, days);
        const sessions = await this.parts.sessions(actor, tour.id, copied, days, given.reasons);
        const subject = { subjectKind: 'tour', subjectId: id, organisationId: tour.organisationId };
        const facts = { of: tour.id, days, stops: copied.size, sessions };
        await this.audit.record(actor, { action: 'tours.tour.copy', ...subject, facts });
        return id;
      }),
    );
  }
}

function copyOf(
  row: SessionRow,
  teamId: string,
  days: number,
  trainers: ReadonlySet<string>,
  reasons: TourCopy['reasons'],
): NewSession {
  const { capacity, overbookPercent, language, venueNote } = row;
  return {
    ...{ course: row.course.id, capacity, overbookPercent, language, venueNote },
    venueId: row.venue?.id ?? null,
    units: row.units.map(({ localDate, localStart, localEnd, zone, roomId, trainers: own, kitIds }) => ({
      localDate: addDays(localDate, days),
      ...{ localStart, localEnd, zone, roomId },
      trainerIds: own.map(({ id }) => id).filter((id) => trainers.has(id)),
      kitIds: kitIds.length > 0 ? [teamId] : [],
    })),
    ...(reasons ? { reasons } : {}),
  };
}
