import { mayReadPlan } from '../campaigns/public.js';
import type { Actor, Role } from '../shared/access/actor.js';
import type { SessionRow } from '../tours/public.js';

/** Roles that may ask where a group is stuck; which group is a matter of the session. */
export const GROUP_ROLES = [
  'trainer',
  'external-trainer',
  'coordinator',
  'manager',
  'auditor',
  'admin',
] as const satisfies readonly Role[];

const TEACHING: readonly Role[] = ['trainer', 'external-trainer'];

/** The trainers of a session's half-days, whoever was granted this session, and those who read its campaign's plan. */
export function maySeeGroup(
  actor: Actor,
  session: Pick<SessionRow, 'id' | 'campaignId' | 'organisationId'> & {
    readonly units: readonly { readonly trainers: readonly { readonly id: string }[] }[];
  },
): boolean {
  if (actor.kind !== 'staff') return false;
  if (mayReadPlan(actor.grants, session)) return true;
  const teaching = actor.grants.filter(({ role }) => TEACHING.includes(role));
  if (teaching.some(({ scopeKind, scopeId }) => scopeKind === 'session' && scopeId === session.id))
    return true;
  const isTrainer = session.units.some(({ trainers }) => trainers.some(({ id }) => id === actor.accountId));
  return teaching.length > 0 && isTrainer;
}
