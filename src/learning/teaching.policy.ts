import { type Actor, type Grant, grantsOf, type Role } from '../shared/access/actor.js';

/** Where a session stands and who teaches it: what grants are compared with. */
export interface TaughtScope {
  readonly sessionId: string;
  readonly campaignId: string;
  readonly organisationId: string;
  /** Accounts of the trainers of its units. */
  readonly trainerIds: readonly string[];
}

/** Roles that see how the questions of the courses are answered. */
export const TEACHING_ROLES = [
  'trainer',
  'coordinator',
  'manager',
  'admin',
] as const satisfies readonly Role[];
/** Roles that may see a test's key before it is taken. */
export const KEY_ROLES = ['trainer', 'admin'] as const satisfies readonly Role[];
/** May this member of the staff see the right answers of a test? */
export function mayKey(actor: Actor): boolean {
  return grantsOf(actor, KEY_ROLES).length > 0;
}

const RUNNING: readonly Role[] = ['coordinator', 'manager', 'admin'];

/** The session's own trainers, whoever was granted this very session, and those who run it. */
export function teaches(actor: Actor, scope: TaughtScope): boolean {
  if (actor.kind !== 'staff') return false;
  if (grantsOf(actor, RUNNING).some((grant) => covers(grant, scope))) return true;
  const teaching = grantsOf(actor, ['trainer']);
  if (teaching.length > 0 && scope.trainerIds.includes(actor.accountId)) return true;
  return teaching.some((grant) => grant.scopeKind === 'session' && grant.scopeId === scope.sessionId);
}

/** Sees what belongs to no session: people who learn by themselves. */
export function seesEverybody(actor: Actor): boolean {
  return (
    actor.kind === 'staff' && grantsOf(actor, RUNNING).some(({ scopeKind }) => scopeKind === 'installation')
  );
}

function covers({ scopeKind, scopeId }: Grant, scope: TaughtScope): boolean {
  switch (scopeKind) {
    case 'installation':
      return true;
    case 'organisation':
      return scopeId === scope.organisationId;
    case 'campaign':
      return scopeId === scope.campaignId;
    case 'session':
      return scopeId === scope.sessionId;
    case 'city':
      return false;
  }
}
