import { type Actor, type Grant, grantsOf, type Role } from '../shared/access/actor.js';

/** Where a session stands and who teaches it: what grants are compared with. */
export interface RollCallScope {
  sessionId: string;
  campaignId: string;
  organisationId: string;
  /** Accounts of the trainers of its units. */
  trainerIds: readonly string[];
}

/** Roles that may come near a roll call at all; which session is a matter of the scope. */
export const ROLL_CALL_ROLES = [
  'trainer',
  'external-trainer',
  'coordinator',
  'manager',
  'admin',
] as const satisfies readonly Role[];
const RUNNING: readonly Role[] = ['coordinator', 'manager', 'admin'];
const TEACHING: readonly Role[] = ['trainer', 'external-trainer'];

/** Coordinators and managers of the session, and administrators: they also reopen it. */
export function runsSession(actor: Actor, scope: RollCallScope): boolean {
  return actor.kind === 'staff' && grantsOf(actor, RUNNING).some((grant) => covers(grant, scope));
}

/** The session's own trainers, whoever was granted this very session, and those who run it. */
export function callsRoll(actor: Actor, scope: RollCallScope): boolean {
  if (actor.kind !== 'staff') return false;
  if (runsSession(actor, scope)) return true;
  const teaching = grantsOf(actor, TEACHING);
  if (teaching.length > 0 && scope.trainerIds.includes(actor.accountId)) return true;
  return teaching.some((grant) => grant.scopeKind === 'session' && grant.scopeId === scope.sessionId);
}

/** A pass is shown to its own person, and to the staff of its session. */
export function maySeePass(actor: Actor, personId: string, scope: RollCallScope): boolean {
  return actor.kind === 'phone' ? actor.person?.id === personId : callsRoll(actor, scope);
}

function covers(grant: Grant, scope: RollCallScope): boolean {
  switch (grant.scopeKind) {
    case 'installation':
      return true;
    case 'organisation':
      return grant.scopeId === scope.organisationId;
    case 'campaign':
      return grant.scopeId === scope.campaignId;
    case 'session':
      return grant.scopeId === scope.sessionId;
    case 'city':
      // A grant names its scope by an id and a city has a slug only: until they meet, a city's grant opens no roll.
      return false;
  }
}
