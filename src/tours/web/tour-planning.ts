import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { formatDayShort } from '../../shared/clock/format-date.js';
import { Database } from '../../shared/database/database.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import {
  CampaignQuery,
  type CampaignRow,
  type CampaignScope,
  inLanguage,
  MANAGING_ROLES,
  mayManage,
  reachOf,
} from '../../campaigns/public.js';
import { PlanService } from '../plans/plan.service.js';
import type { PlanRow } from '../plans/plan.store.js';
import type { WantedPlan } from '../plans/wanted-plan.js';
import { TourListQuery } from '../tour-list.query.js';
import { TourQuery, type TourRow } from '../tour.query.js';
import { type NewTour, TourService } from '../tour.service.js';
import type { PlanFormChoices } from './plan-form.view.js';

/** Reads for the pages that plan a tour. */
@Injectable()
export class PlanningChoices {
  constructor(
    private readonly tours: TourQuery,
    private readonly lines: TourListQuery,
    private readonly campaigns: CampaignQuery,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound also when it is somebody else's */
  async tour(actor: StaffActor, id: string): Promise<TourRow> {
    const tour = await this.tours.tour(id);
    if (!tour || !mayManage(actor.grants, tour)) throw new NotFound('tour');
    return tour;
  }

  async choices(scope: CampaignScope): Promise<PlanFormChoices> {
    return {
      cities: await this.tours.cities(),
      trainers: await this.tours.trainers(scope, this.clock.now()),
    };
  }

  /** Campaigns with their tours. */
  async list(actor: StaffActor, locale: Locale) {
    const reach = reachOf(actor.grants, MANAGING_ROLES);
    const lines = await this.lines.within(reach);
    const campaigns = await this.campaigns.within(reach);
    return {
      campaigns: campaigns.map(({ slug, name }) => ({
        slug,
        name: inLanguage(name, locale),
        newHref: `/${locale}/staff/campaigns/${slug}/tours/new`,
        tours: lines
          .filter(({ campaignSlug }) => campaignSlug === slug)
          .map((line) => ({
            title: inLanguage(line.name, locale),
            ...(line.isArchived
              ? { badge: { kind: 'neutral', text: t(locale, 'tours:tourList.archived') } }
              : {}),
            href: `/${locale}/staff/tours/${line.id}`,
            days:
              line.firstDay && line.lastDay
                ? t(locale, 'tours:tourList.days', {
                    first: formatDayShort(line.firstDay, locale),
                    last: `${formatDayShort(line.lastDay, locale)} ${line.lastDay.slice(0, 4)}`,
                  })
                : t(locale, 'tours:tourList.empty'),
            counts: [
              t(locale, 'tours:tourList.teams', { count: line.teams }),
              t(locale, 'tours:tourList.stops', { count: line.stops }),
              t(locale, 'tours:tourList.sessions', { count: line.sessions }),
            ].join(' · '),
          })),
      })),
    };
  }
}

/** Everything the planning pages do, so that their controller only speaks HTTP. */
@Injectable()
export class TourPlanning {
  constructor(
    private readonly db: Database,
    private readonly reads: PlanningChoices,
    private readonly tours: TourService,
    private readonly plans: PlanService,
  ) {}

  campaign(actor: StaffActor, key: string): Promise<CampaignRow> {
    return this.tours.campaignFor(actor, key);
  }

  tour(actor: StaffActor, id: string): Promise<TourRow> {
    return this.reads.tour(actor, id);
  }

  choices(scope: CampaignScope): Promise<PlanFormChoices> {
    return this.reads.choices(scope);
  }

  list(actor: StaffActor, locale: Locale): ReturnType<PlanningChoices['list']> {
    return this.reads.list(actor, locale);
  }

  /** An earlier plan of the same tour, to begin from; undefined when it is none. */
  async planOf(actor: StaffActor, tourId: string, id: string): Promise<PlanRow | undefined> {
    const plan = await this.plans.planFor(actor, id).catch((error: unknown) => {
      if (error instanceof NotFound) return undefined;
      throw error;
    });
    return plan?.tourId === tourId ? plan : undefined;
  }

  /** A tour and its first plan, or neither. @returns the id of the plan */
  make(actor: StaffActor, campaign: string, tour: NewTour, wanted: WantedPlan): Promise<string> {
    return this.db.transaction(async () =>
      this.plans.request(actor, await this.tours.create(actor, campaign, tour), wanted),
    );
  }

  /** @returns the id of the plan */
  ask(actor: StaffActor, tourId: string, wanted: WantedPlan): Promise<string> {
    return this.plans.request(actor, tourId, wanted);
  }
}
