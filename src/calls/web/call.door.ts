import { Injectable } from '@nestjs/common';
import { CampaignQuery, type CampaignRow, mayManage } from '../../campaigns/public.js';
import type { Actor, StaffActor } from '../../shared/access/actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import type { Application } from '../application.js';
import { ApplicationStore } from '../application.store.js';
import type { Call } from '../call.js';
import { CallDecisions } from '../call-decisions.js';
import { CallStore } from '../call.store.js';

/** A call with the campaign that makes it. */
export interface CallPlace {
  readonly call: Call;
  readonly campaign: CampaignRow;
}

/** Finds the call of a request; what is somebody else's is as unknown as nothing. */
@Injectable()
export class CallDoor {
  constructor(
    private readonly campaigns: CampaignQuery,
    private readonly calls: CallStore,
    private readonly applications: ApplicationStore,
    /** What is decided on the dossiers. */
    readonly decisions: CallDecisions,
  ) {}

  /** A campaign of the actor's. @param key id or slug @throws NotFound */
  async campaign(actor: StaffActor, key: string): Promise<CampaignRow> {
    const campaign = await this.campaigns.get(key);
    if (!manages(actor, campaign)) throw new NotFound('campaign');
    return campaign;
  }

  /** A call that the actor makes. @throws NotFound */
  async managed(actor: StaffActor, key: string): Promise<CallPlace> {
    const place = await this.find(key);
    if (!manages(actor, place.campaign)) throw new NotFound('call');
    return place;
  }

  /** A call that is published, or a draft of the actor's. @throws NotFound */
  async visible(actor: Actor | undefined, key: string): Promise<CallPlace> {
    const place = await this.find(key);
    if (place.call.state === 'draft' && !manages(actor, place.campaign)) throw new NotFound('call');
    return place;
  }

  /** A dossier of a call that the actor makes. @throws NotFound */
  async dossier(actor: StaffActor, id: string): Promise<CallPlace & { application: Application }> {
    const application = await this.applications.byId(id);
    if (!application) throw new NotFound('application');
    return { ...(await this.managed(actor, application.callId)), application };
  }

  private async find(key: string): Promise<CallPlace> {
    const call = await this.calls.find(key);
    if (!call) throw new NotFound('call');
    return { call, campaign: await this.campaigns.get(call.campaignId) };
  }
}

export function manages(actor: Actor | undefined, { id, organisationId }: CampaignRow): boolean {
  return actor?.kind === 'staff' && mayManage(actor.grants, { campaignId: id, organisationId });
}
