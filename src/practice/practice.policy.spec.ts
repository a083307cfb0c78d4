import type { Actor, Grant, Role } from '../shared/access/actor.js';
import { maySeeGroup } from './practice.policy.js';

const SESSION = { id: 's', campaignId: 'c', organisationId: 'o', units: [{ trainers: [{ id: 'me' }] }] };

function staff(accountId: string, role: Role, scopeKind: Grant['scopeKind'], scopeId: string | null): Actor {
  return { kind: 'staff', accountId, grants: [{ role, scopeKind, scopeId }] } as unknown as Actor;
}

describe('who sees where a group is stuck', () => {
  it.each<[string, Actor, boolean]>([
    ['its trainer', staff('me', 'trainer', 'organisation', 'x'), true],
    ['a trainer of another session', staff('other', 'trainer', 'organisation', 'o'), false],
    ['an external trainer of this session', staff('other', 'external-trainer', 'session', 's'), true],
    ['an external trainer of another session', staff('other', 'external-trainer', 'session', 't'), false],
    ['its name in a unit, without a teaching role', staff('me', 'funder', 'campaign', 'c'), false],
    ['the campaign’s coordinator', staff('other', 'coordinator', 'campaign', 'c'), true],
    ['another campaign’s coordinator', staff('other', 'coordinator', 'campaign', 'd'), false],
    ['the organisation’s auditor', staff('other', 'auditor', 'organisation', 'o'), true],
    ['an administrator', staff('other', 'admin', 'installation', null), true],
    ['a trainee', { kind: 'phone', grants: [] } as unknown as Actor, false],
  ])('%s: %s', (_, actor, may) => expect(maySeeGroup(actor, SESSION)).toBe(may));
});
