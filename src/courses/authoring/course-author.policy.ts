import type { Grant, Role } from '../../shared/access/actor.js';

/** Where a course is taught, and whose it is. */
export interface CourseScope {
  /** Organisation that made the course; null for those that came with the files. */
  readonly organisationId: string | null;
  readonly campaigns: readonly { readonly campaignId: string; readonly organisationId: string }[];
}

/** Roles that write drafts. */
export const AUTHORS = ['admin', 'manager', 'trainer'] as const satisfies readonly Role[];
/** Roles that publish them. */
export const PUBLISHERS = ['admin', 'manager'] as const satisfies readonly Role[];

/** A grant reaches a course through its organisation, or a campaign that teaches it; a city's or a session's does not. */
function reaches({ scopeKind, scopeId }: Grant, { organisationId, campaigns }: CourseScope): boolean {
  switch (scopeKind) {
    case 'installation':
      return true;
    case 'organisation':
      return organisationId === scopeId || campaigns.some((campaign) => campaign.organisationId === scopeId);
    case 'campaign':
      return campaigns.some(({ campaignId }) => campaignId === scopeId);
    case 'city':
    case 'session':
      return false;
  }
}

export const mayWrite = (grants: readonly Grant[], course: CourseScope): boolean =>
  grants.some((grant) => AUTHORS.some((role) => role === grant.role) && reaches(grant, course));
export const mayPublish = (grants: readonly Grant[], course: CourseScope): boolean =>
  grants.some((grant) => PUBLISHERS.some((role) => role === grant.role) && reaches(grant, course));
