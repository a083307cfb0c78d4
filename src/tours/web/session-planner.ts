import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { CampaignQuery } from '../../campaigns/public.js';
import { ChangeRules } from '../change-rules.js';
import type { SessionChange } from '../session-change.service.js';
import { RemoteLinkQuery } from '../remote-link.query.js';
import { SessionQuery } from '../session.query.js';
import type { SessionRow } from '../session.row.js';
import { type NewSession, SessionService } from '../session.service.js';
import { StopService } from '../stop.service.js';
import type { ToldPreview } from '../told-preview.js';
import { type StopRow, TourQuery } from '../tour.query.js';
import { SessionDeeds } from './session-deeds.js';
import type { FormChoices } from './session-form.view.js';

/** Reads of the form: what may be chosen at a stop. */
@Injectable()
export class PlanningLists {
  constructor(
    private readonly tours: TourQuery,
    private readonly campaigns: CampaignQuery,
    private readonly clock: Clock,
    readonly links: RemoteLinkQuery,
  ) {}

  async choices(stop: StopRow): Promise<FormChoices> {
    const { courses } = await this.campaigns.get(stop.campaignId);
    const venues = await this.tours.venues(stop.citySlug);
    return { courses, venues, trainers: await this.tours.trainers(stop, this.clock.now()) };
  }

  async trainersOfTeam({ tourId, teamId }: StopRow): Promise<string[]> {
    const team = (await this.tours.teams(tourId)).find(({ id }) => id === teamId);
    return team?.trainers.map(({ id }) => id) ?? [];
  }
}

/** Everything the form's pages do, so that their controller only speaks HTTP. */
@Injectable()
export class SessionPlanner {
  constructor(
    private readonly lists: PlanningLists,
    private readonly stops: StopService,
    private readonly sessions: SessionQuery,
    private readonly rules: ChangeRules,
    private readonly service: SessionService,
    private readonly deeds: SessionDeeds,
  ) {}

  stop(actor: StaffActor, id: string): Promise<StopRow> {
    return this.stops.stopFor(actor, id);
  }

  choices(stop: StopRow): Promise<FormChoices> {
    return this.lists.choices(stop);
  }

  trainersOfTeam(stop: StopRow): Promise<string[]> {
    return this.lists.trainersOfTeam(stop);
  }

  /** @throws NotFound, SessionNotEditable */
  async editable(actor: StaffActor, id: string): Promise<SessionRow> {
    const row = await this.sessions.get(id);
    this.rules.assertEditable(actor, row, undefined);
    return row;
  }

  /** The link of a session at a distance; empty for one in a room. */
  async remoteUrl(actor: StaffActor, row: SessionRow): Promise<string> {
    return (await this.lists.links.forStaff(actor, row)) ?? '';
  }

  create(actor: StaffActor, stopId: string, values: NewSession): Promise<string> {
    return this.service.create(actor, stopId, values);
  }

  /** Who would be told of the change. */
  rehearse(actor: StaffActor, id: string, change: SessionChange): Promise<ToldPreview> {
    return this.deeds.rehearse(actor, id, { kind: 'change', change });
  }

  change(actor: StaffActor, id: string, values: SessionChange): Promise<void> {
    return this.deeds.change(actor, id, values);
  }
}
