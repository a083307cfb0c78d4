import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { CampaignQuery, type Words } from '../../campaigns/public.js';
import type { Placement } from '../planner/problem.js';
import type { SessionsWanted } from '../plans/plan-parts.js';
import { PlanSaving, type SavedPlan } from '../plans/plan-saving.service.js';
import { PlanService } from '../plans/plan.service.js';
import { type PlanView, PlanViews } from '../plans/plan-view.service.js';
import { TourQuery } from '../tour.query.js';
import type { CityNames } from './plan.presenter.js';

/** Everything the pages of a plan do, so that their controller only speaks HTTP. */
@Injectable()
export class PlanDesk {
  constructor(
    private readonly plans: PlanService,
    private readonly views: PlanViews,
    private readonly saving: PlanSaving,
    private readonly tours: TourQuery,
    private readonly campaigns: CampaignQuery,
  ) {}

  /** @throws NotFound also when it is somebody else's */
  async view(actor: StaffActor, id: string): Promise<PlanView> {
    return this.views.of(await this.plans.planFor(actor, id));
  }

  async choices({ row }: PlanView): Promise<{
    names: CityNames;
    courses: ReadonlyArray<{ slug: string; title: Words }>;
  }> {
    const names = new Map((await this.tours.cities()).map(({ slug, name }) => [slug, name]));
    return { names, courses: (await this.campaigns.get(row.campaignId)).courses };
  }

  adjust(actor: StaffActor, id: string, revision: number, placements: readonly Placement[]): Promise<void> {
    return this.plans.adjust(actor, id, revision, placements);
  }

  save(actor: StaffActor, id: string, revision: number, sessions?: SessionsWanted): Promise<SavedPlan> {
    return this.saving.save(actor, id, revision, sessions);
  }
}
