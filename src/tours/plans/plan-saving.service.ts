import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Database } from '../../shared/database/database.js';
import { violates } from '../../shared/database/database.errors.js';
import { newId } from '../../shared/new-id.js';
import { checkReasons } from '../clash.service.js';
import { checkPlan } from '../planner/check.js';
import { StopExists } from '../session.errors.js';
import { saving } from '../session.service.js';
import { PlanFaulty } from './plan.errors.js';
import { PlanProblems } from './plan-problem.js';
import { PlanService } from './plan.service.js';
import { PlanParts, type SessionsWanted } from './plan-parts.js';
import { PlanStore } from './plan.store.js';

export interface SavedPlan {
  tourId: string;
  stopIds: string[];
  sessionIds: string[];
}

/** Makes stops, and sessions where asked, of a plan: all of them or none. */
@Injectable()
export class PlanSaving {
  constructor(
    private readonly db: Database,
    private readonly audit: AuditLog,
    private readonly plans: PlanService,
    private readonly store: PlanStore,
    private readonly problems: PlanProblems,
    private readonly parts: PlanParts,
  ) {}

  /**
   * @param revision of the plan as it was read
   * @throws NotFound, PlanNotOpen, PlanFaulty, StopExists, InvalidFields, SessionClash
   */
  async save(actor: StaffActor, id: string, revision: number, sessions?: SessionsWanted): Promise<SavedPlan> {
    checkReasons(sessions?.reasons);
    try {
      return await saving(() => this.db.transaction(() => this.saveHeld(actor, id, revision, sessions)));
    } catch (error) {
      if (violates(error, 'stop_team_id_city_slug_local_date_key')) throw new StopExists();
      throw error;
    }
  }

  private async saveHeld(
    actor: StaffActor,
    id: string,
    revision: number,
    sessions: SessionsWanted | undefined,
  ): Promise<SavedPlan> {
    const plan = await this.plans.open(actor, id, revision);
    const { faults } = checkPlan(await this.problems.of(plan.tourId, plan.wanted), plan.placements);
    if (faults.length > 0) throw new PlanFaulty(faults);
    const stops = plan.placements.map((placement) => ({ ...placement, stopId: newId() }));
    for (const stop of stops) await this.parts.stop(actor, plan, stop);
    const wanted = sessions ? await this.parts.sessions(plan, stops, sessions) : [];
    const sessionIds = await this.parts.service.createHeld(actor, wanted);
    await this.store.setSaved(id, this.parts.clock.now());
    const subject = { subjectKind: 'tour-plan', subjectId: id, organisationId: plan.organisationId };
    const facts = { stops: stops.length, sessions: sessionIds.length };
    await this.audit.record(actor, { action: 'tours.plan.save', ...subject, facts });
    return { tourId: plan.tourId, stopIds: stops.map(({ stopId }) => stopId), sessionIds };
  }
}
