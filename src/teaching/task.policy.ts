import { type Actor, grantsOf, type Role } from '../shared/access/actor.js';

/** Roles that look at what was handed in; whose is a matter of the reach. */
export const REVIEWING_ROLES = [
  'trainer',
  'external-trainer',
  'coordinator',
  'manager',
  'admin',
] as const satisfies readonly Role[];
const RUNNING: readonly Role[] = ['coordinator', 'manager', 'admin'];

/** Whose tasks somebody may see: everybody's, or of those with a seat in these sessions. */
export interface ReviewReach {
  /** Also of people who learn by themselves. */
  readonly everything: boolean;
  readonly organisationIds: readonly string[];
  readonly campaignIds: readonly string[];
  readonly sessionIds: readonly string[];
  /** Account that teaches the session. */
  readonly trainerId: string | null;
}

const NOTHING: ReviewReach = {
  everything: false,
  organisationIds: [],
  campaignIds: [],
  sessionIds: [],
  trainerId: null,
};

/** Trainers reach the sessions they teach or were granted; coordinators, managers and administrators those they run. */
export function reviewReach(actor: Actor): ReviewReach {
  if (actor.kind !== 'staff') return NOTHING;
  const running = grantsOf(actor, RUNNING);
  const reviewing = grantsOf(actor, REVIEWING_ROLES);
  const ids = (grants: typeof running, kind: string) =>
    grants.flatMap(({ scopeKind, scopeId }) => (scopeKind === kind && scopeId ? [scopeId] : []));
  return {
    everything: running.some(({ scopeKind }) => scopeKind === 'installation'),
    organisationIds: ids(running, 'organisation'),
    campaignIds: ids(running, 'campaign'),
    sessionIds: ids(reviewing, 'session'),
    trainerId: reviewing.length > running.length ? actor.accountId : null,
  };
}
