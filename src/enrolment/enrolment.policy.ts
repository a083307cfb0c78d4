import { type Actor, grantsOf, type Grant, type Role } from '../shared/access/actor.js';

/** Where a session stands: what a grant's scope is compared with. */
export interface SeatScope {
  organisationId: string;
  campaignId: string;
  sessionId: string;
}

const DESK: readonly Role[] = ['coordinator', 'manager', 'admin'];

function covers(grant: Grant, scope: SeatScope): boolean {
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
      // A city is named by its slug and a grant by an id: until they meet, a city's grant opens no seats.
      return false;
  }
}

/** Coordinators and managers of the campaign, and administrators, handle other people's seats. */
export function handlesSeats(actor: Actor, scope: SeatScope): boolean {
  return actor.kind === 'staff' && grantsOf(actor, DESK).some((grant) => covers(grant, scope));
}

/** A seat is its person's own, or handled by the desk; to anybody else it does not exist. */
export function mayHandle(actor: Actor, personId: string, scope: SeatScope): boolean {
  if (actor.kind === 'phone') return actor.person?.id === personId;
  return handlesSeats(actor, scope);
}
