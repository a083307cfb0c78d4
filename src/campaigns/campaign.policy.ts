import type { Grant, Role } from '../shared/access/actor.js';

/** What a grant is compared with: a campaign and the organisation that runs it. */
export interface CampaignScope {
  campaignId: string;
  organisationId: string;
}

/** Roles that plan and change a campaign's tours. */
export const MANAGING_ROLES = ['admin', 'manager', 'coordinator'] as const satisfies readonly Role[];
/** Roles that see a campaign's plan besides those who change it. */
export const READING_ROLES = [...MANAGING_ROLES, 'auditor'] as const satisfies readonly Role[];

/** True when the grant reaches the campaign: the whole installation, its organisation, or itself. */
export function reaches(grant: Grant, { campaignId, organisationId }: CampaignScope): boolean {
  switch (grant.scopeKind) {
    case 'installation':
      return true;
    case 'organisation':
      return grant.scopeId === organisationId;
    case 'campaign':
      return grant.scopeId === campaignId;
    case 'city':
    case 'session':
      return false;
  }
}

/** True when one of the grants has one of the roles and reaches the campaign. */
export function hasRoleIn(grants: readonly Grant[], roles: readonly Role[], scope: CampaignScope): boolean {
  return grants.some((grant) => roles.includes(grant.role) && reaches(grant, scope));
}

export const mayManage = (grants: readonly Grant[], scope: CampaignScope): boolean =>
  hasRoleIn(grants, MANAGING_ROLES, scope);
export const mayReadPlan = (grants: readonly Grant[], scope: CampaignScope): boolean =>
  hasRoleIn(grants, READING_ROLES, scope);

/** What a list may show to the holder of these grants: everything, or by organisation and campaign. */
export interface Reach {
  everything: boolean;
  organisationIds: readonly string[];
  campaignIds: readonly string[];
}

/** The reach of the grants that have one of the roles, as values for a list's query. */
export function reachOf(grants: readonly Grant[], roles: readonly Role[]): Reach {
  const held = grants.filter((grant) => roles.includes(grant.role));
  const ids = (kind: Grant['scopeKind']) =>
    held.flatMap((grant) => (grant.scopeKind === kind && grant.scopeId ? [grant.scopeId] : []));
  return {
    everything: held.some((grant) => grant.scopeKind === 'installation'),
    organisationIds: ids('organisation'),
    campaignIds: ids('campaign'),
  };
}
