import { type CampaignScope, hasRoleIn } from '../campaigns/public.js';
import type { Actor, Role } from '../shared/access/actor.js';

/** A session besides, with the accounts of its trainers. */
export interface SessionScope extends CampaignScope {
  sessionId: string;
  trainerIds: readonly string[];
}

/** Who issues for a whole campaign, replaces and revokes. */
export const ISSUING_ROLES = ['admin', 'manager', 'coordinator'] as const satisfies readonly Role[];
/** Who sees the list of a campaign, with names. */
export const READING_ROLES = [...ISSUING_ROLES, 'auditor'] as const satisfies readonly Role[];
/** Who issues to one person and confirms names: those in the room as well. */
export const ROOM_ROLES = [...ISSUING_ROLES, 'trainer'] as const satisfies readonly Role[];

function has(actor: Actor, roles: readonly Role[], scope: CampaignScope): boolean {
  return actor.kind === 'staff' && hasRoleIn(actor.grants, roles, scope);
}

const PDF_ROLES: readonly Role[] = [...READING_ROLES, 'trainer'];

/** Batches, replacing and revoking. */
export const mayIssueIn = (actor: Actor, scope: CampaignScope): boolean => has(actor, ISSUING_ROLES, scope);

/** The list of a campaign's certificates, and each PDF. */
export const mayReadIn = (actor: Actor, scope: CampaignScope): boolean => has(actor, READING_ROLES, scope);

/** One person of a session: whoever issues in the campaign, the session's own trainers, a grant on this very session. */
export function mayIssueInRoom(actor: Actor, scope: SessionScope): boolean {
  if (mayIssueIn(actor, scope)) return true;
  if (actor.kind !== 'staff') return false;
  const own = scope.trainerIds.includes(actor.accountId);
  return actor.grants.some(
    ({ role, scopeKind, scopeId }) =>
      (ROOM_ROLES as readonly Role[]).includes(role) &&
      ((scopeKind === 'session' && scopeId === scope.sessionId) || (role === 'trainer' && own)),
  );
}

/** The PDF: its holder, those who may list it, and the campaign's trainers, who print it in the room. */
export function mayHavePdf(
  actor: Actor | undefined,
  certificate: CampaignScope & { personId: string },
): boolean {
  if (!actor) return false;
  return actor.kind === 'phone'
    ? actor.person?.id === certificate.personId
    : has(actor, PDF_ROLES, certificate);
}
