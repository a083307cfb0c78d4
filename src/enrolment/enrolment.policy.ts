import { type CampaignScope, mayManage } from '../campaigns/public.js';
import { speaksFor } from '../people/public.js';
import type { Actor } from '../shared/access/actor.js';

/** Coordinators and managers of the campaign, and administrators, handle other people's seats. */
export function handlesSeats(actor: Actor, scope: CampaignScope): boolean {
  return actor.kind === 'staff' && mayManage(actor.grants, scope);
}

/** A seat is its person's own, or handled by the desk; to anybody else it does not exist. */
export function mayHandle(actor: Actor, personId: string, scope: CampaignScope): boolean {
  return speaksFor(actor, personId) || handlesSeats(actor, scope);
}
