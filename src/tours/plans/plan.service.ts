import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Clock } from '../../shared/clock/clock.js';
import { isLocalDate } from '../../shared/clock/local-date.js';
import { Database } from '../../shared/database/database.js';
import { type FieldError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { JobQueue } from '../../shared/jobs/job.queue.js';
import { newId } from '../../shared/new-id.js';
import { mayManage } from '../../campaigns/public.js';
import type { Placement } from '../planner/problem.js';
import { TourQuery } from '../tour.query.js';
import { PlanNotOpen } from './plan.errors.js';
import { type PlanRow, PlanStore } from './plan.store.js';
import { checkWanted, stopKey, type WantedPlan } from './wanted-plan.js';

export const PLAN_KIND = 'tours.plan';
const ATTEMPTS = 3;

/** Asks for plans and puts them right by hand. */
@Injectable()
export class PlanService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly jobs: JobQueue,
    private readonly tours: TourQuery,
    private readonly store: PlanStore,
  ) {}

  /** A plan that the actor may see and change. @throws NotFound also when it is somebody else's */
  async planFor(actor: StaffActor, id: string): Promise<PlanRow> {
    const row = await this.store.byId(id);
    if (!row || !mayManage(actor.grants, row)) throw new NotFound('plan');
    return row;
  }

  /**
   * Writes down what is wanted and has it looked for in the background.
   *
   * @returns the id of the plan
   * @throws NotFound, InvalidFields
   */
  async request(actor: StaffActor, tourId: string, wanted: WantedPlan): Promise<string> {
    const tour = await this.tours.tour(tourId);
    if (!tour || !mayManage(actor.grants, tour)) throw new NotFound('tour');
    checkWanted(wanted);
    await this.assertKnown(tour.id, wanted);
    const id = newId();
    const { organisationId } = tour;
    await this.db.transaction(async () => {
      await this.store.insert({ id, organisationId, tourId: tour.id, wanted, createdAt: this.clock.now() });
      const jobId = await this.jobs.enqueue({
        kind: PLAN_KIND,
        payload: { planId: id },
        maxAttempts: ATTEMPTS,
        requestedBy: actor.accountId,
      });
      await this.store.setJob(id, jobId);
      const facts = { stops: wanted.stops.length, from: wanted.from, to: wanted.to };
      const subject = { subjectKind: 'tour-plan', subjectId: id, organisationId };
      await this.audit.record(actor, { action: 'tours.plan.request', ...subject, facts });
    });
    return id;
  }

  /**
   * Puts stops where somebody wants them; whether they can be there is told by `checkPlan`.
   *
   * @param revision of the plan as it was read
   * @throws NotFound, InvalidFields, PlanNotOpen
   */
  async adjust(
    actor: StaffActor,
    id: string,
    revision: number,
    placements: readonly Placement[],
  ): Promise<void> {
    await this.db.transaction(async () => {
      const row = await this.open(actor, id, revision);
      const teams = new Set((await this.tours.teams(row.tourId)).map((team) => team.id));
      const keys = new Set(row.wanted.stops.map((_, i) => stopKey(i)));
      const errors = placements.flatMap((one, i): FieldError[] => {
        const isNew = keys.delete(one.id);
        if (!isLocalDate(one.localDate))
          return [
            { pointer: `/placements/${i}/localDate`, code: 'not-a-date', params: { date: one.localDate } },
          ];
        if (!isNew) return [{ pointer: `/placements/${i}/stop`, code: 'not-a-choice' }];
        return teams.has(one.teamId) ? [] : [{ pointer: `/placements/${i}/teamId`, code: 'not-a-choice' }];
      });
      if (errors.length > 0) throw new InvalidFields(errors);
      await this.store.setPlacements(id, placements);
      const subject = { subjectKind: 'tour-plan', subjectId: id, organisationId: row.organisationId };
      const facts = { placed: placements.length };
      await this.audit.record(actor, { action: 'tours.plan.adjust', ...subject, facts });
    });
  }

  /**
   * A plan that was found and not saved yet, locked for the open transaction.
   *
   * @throws NotFound, PlanNotOpen
   */
  async open(
    actor: StaffActor,
    id: string,
    revision: number,
  ): Promise<PlanRow & { placements: Placement[] }> {
    const row = await this.store.lock(id);
    if (!row || !mayManage(actor.grants, row)) throw new NotFound('plan');
    if (row.savedAt !== null) throw new PlanNotOpen('saved');
    const { placements } = row;
    if (placements === null) throw new PlanNotOpen('looking');
    if (row.revision !== revision) throw new PlanNotOpen('changed');
    return { ...row, placements };
  }

  private async assertKnown(tourId: string, { stops }: WantedPlan): Promise<void> {
    const cities = new Set((await this.tours.cities()).map(({ slug }) => slug));
    const teams = new Set((await this.tours.teams(tourId)).map(({ id }) => id));
    const errors = stops.flatMap(({ city, teamId }, i): FieldError[] => [
      ...(cities.has(city) ? [] : [{ pointer: `/stops/${i}/city`, code: 'city-unknown' }]),
      ...(teamId === undefined || teams.has(teamId)
        ? []
        : [{ pointer: `/stops/${i}/teamId`, code: 'not-a-choice' }]),
    ]);
    if (teams.size === 0) errors.push({ pointer: '/teams', code: 'required' });
    if (errors.length > 0) throw new InvalidFields(errors);
  }
}
