import type { Grant, Role } from '../shared/access/actor.js';

/** What a grant is compared with: the campaign, who runs it, and who pays for it. */
export interface ReportScope {
  campaignId: string;
  organisationId: string;
  funderIds: readonly string[];
}

/** Roles that see names, so nothing is hidden from them. */
const EXACT_ROLES: readonly Role[] = ['admin', 'manager', 'coordinator'];
/** Roles that see figures. */
export const REPORT_ROLES = [
  'admin',
  'manager',
  'coordinator',
  'funder',
  'auditor',
] as const satisfies readonly Role[];

function reaches(grant: Grant, scope: ReportScope): boolean {
  if (grant.scopeKind === 'installation') return true;
  if (grant.scopeKind === 'campaign') return grant.scopeId === scope.campaignId;
  if (grant.scopeKind !== 'organisation' || grant.scopeId === null) return false;
  return grant.role === 'funder'
    ? scope.funderIds.includes(grant.scopeId)
    : grant.scopeId === scope.organisationId;
}

/** How somebody may see the figures of a campaign: not at all, with small cells hidden, or exactly. */
export function sightOf(grants: readonly Grant[], scope: ReportScope): 'none' | 'protected' | 'exact' {
  const held = grants.filter(
    (grant) => (REPORT_ROLES as readonly Role[]).includes(grant.role) && reaches(grant, scope),
  );
  if (held.some(({ role }) => EXACT_ROLES.includes(role))) return 'exact';
  return held.length > 0 ? 'protected' : 'none';
}
