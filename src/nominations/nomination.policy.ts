import { type CampaignScope, mayManage } from '../campaigns/public.js';
import type { StaffActor } from '../shared/access/actor.js';

/** Coordinators and managers of the campaign, and administrators, name people for it and see their names. */
export function mayNominate(actor: Pick<StaffActor, 'grants'>, scope: CampaignScope): boolean {
  return mayManage(actor.grants, scope);
}
