export const ROLES = [
  'trainee',
  'cooperative-manager',
  'trainer',
  'external-trainer',
  'coordinator',
  'manager',
  'funder',
  'partner',
  'auditor',
  'admin',
] as const;
export type Role = (typeof ROLES)[number];

export const SCOPE_KINDS = ['installation', 'organisation', 'campaign', 'city', 'session'] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];

/** A role within a scope. `scopeId` is null for the whole installation only. */
export interface Grant {
  role: Role;
  scopeKind: ScopeKind;
  scopeId: string | null;
}

interface SignedIn {
  signInId: string;
  language: 'ar' | 'fr' | 'en';
  grants: readonly Grant[];
  /** How the request proved it: a cookie needs the CSRF token as well. */
  via: 'bearer' | 'cookie';
}

/** Somebody of the staff, by e-mail and password. */
export interface StaffActor extends SignedIn {
  kind: 'staff';
  accountId: string;
  organisationId: string;
  name: string;
}

/** A phone that gave the right code; `person` is null until one of its persons is picked. */
export interface PhoneActor extends SignedIn {
  kind: 'phone';
  phoneId: string;
  person: { id: string; name: string } | null;
  /** Signed in as this person and nobody else of the phone: by a code that was shown to them, not sent to the phone. */
  isForOne?: true;
}

export type Actor = StaffActor | PhoneActor;

/** Somebody of the staff in whose name a job works on. */
export type StaffAuthor = Pick<StaffActor, 'kind' | 'accountId'>;

/** The grants of an actor for one of these roles. */
export function grantsOf(actor: Actor, roles: readonly Role[]): Grant[] {
  return actor.grants.filter((grant) => roles.includes(grant.role));
}

/** Id that the audit log keeps for an actor. */
export function auditIdOf(actor: StaffAuthor | PhoneActor): string {
  return actor.kind === 'staff' ? actor.accountId : (actor.person?.id ?? actor.phoneId);
}
