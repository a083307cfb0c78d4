import type { Actor, Grant, Role, ScopeKind } from '../shared/access/actor.js';
import { handlesSeats, mayHandle } from './enrolment.policy.js';

const SCOPE = { campaignId: 'campaign', organisationId: 'operator' };
const signedIn = { signInId: 's', language: 'fr', via: 'bearer' } as const;

const staff = (...grants: Grant[]): Actor => ({
  ...signedIn,
  kind: 'staff',
  accountId: 'account',
  organisationId: 'operator',
  name: 'Samir',
  grants,
});
const phone = (person: string | null, ...grants: Grant[]): Actor => ({
  ...signedIn,
  kind: 'phone',
  phoneId: 'phone',
  person: person === null ? null : { id: person, name: 'Fatima A.' },
  grants,
});
const grant = (role: Role, scopeKind: ScopeKind, scopeId: string | null): Grant => ({
  role,
  scopeKind,
  scopeId,
});

describe('who handles seats', () => {
  it.each<[Role, ScopeKind, string | null]>([
    ['admin', 'installation', null],
    ['manager', 'organisation', 'operator'],
    ['manager', 'campaign', 'campaign'],
    ['coordinator', 'campaign', 'campaign'],
  ])('a %s of the %s does, for anybody', (role, kind, id) => {
    const actor = staff(grant(role, kind, id));
    expect([handlesSeats(actor, SCOPE), mayHandle(actor, 'somebody', SCOPE)]).toEqual([true, true]);
  });

  it.each<[Role, ScopeKind, string | null]>([
    ['manager', 'organisation', 'other'],
    ['coordinator', 'campaign', 'other'],
    ['trainer', 'campaign', 'campaign'],
    ['funder', 'organisation', 'operator'],
    ['auditor', 'installation', null],
  ])('a %s of the %s %s does not', (role, kind, id) => {
    const actor = staff(grant(role, kind, id));
    expect([handlesSeats(actor, SCOPE), mayHandle(actor, 'somebody', SCOPE)]).toEqual([false, false]);
  });

  it('a person handles their own seat and nobody else’s', () => {
    expect(mayHandle(phone('fatima'), 'fatima', SCOPE)).toBe(true);
    expect(mayHandle(phone('fatima'), 'khadija', SCOPE)).toBe(false);
    expect(mayHandle(phone(null), 'fatima', SCOPE)).toBe(false);
  });

  it('a phone is no desk, whatever grants its person has', () => {
    const person = phone('fatima', grant('manager', 'campaign', 'campaign'));
    expect([handlesSeats(person, SCOPE), mayHandle(person, 'khadija', SCOPE)]).toEqual([false, false]);
  });
});
