import { Injectable } from '@nestjs/common';
import { CampaignQuery, type CampaignScope, type Words } from '../../campaigns/public.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { mayNominate } from '../nomination.policy.js';

/** A campaign for which the actor may name people. */
export interface CampaignPlace extends CampaignScope {
  slug: string;
  name: Words;
}

/** Finds the campaign of a request; somebody else's is as unknown as none. */
@Injectable()
export class NominationGate {
  constructor(private readonly campaigns: CampaignQuery) {}

  /** @param key id or slug @throws NotFound */
  async campaign(actor: StaffActor, key: string): Promise<CampaignPlace> {
    const { id, organisationId, slug, name } = await this.campaigns.get(key);
    const place = { campaignId: id, organisationId, slug, name };
    if (!mayNominate(actor, place)) throw new NotFound('campaign');
    return place;
  }
}
