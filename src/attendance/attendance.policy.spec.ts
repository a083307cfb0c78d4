import type { Actor, Role, ScopeKind } from '../shared/access/actor.js';
import { callsRoll, maySeePass, runsSession } from './attendance.policy.js';

const scope = { sessionId: 's', campaignId: 'c', organisationId: 'o', trainerIds: ['salma'] };

function staff(role: Role, scopeKind: ScopeKind, scopeId: string | null, accountId = 'somebody'): Actor {
  const grants = [{ role, scopeKind, scopeId }];
  return {
    kind: 'staff',
    signInId: 'i',
    language: 'fr',
    via: 'bearer',
    accountId,
    organisationId: 'x',
    name: '',
    grants,
  };
}

const phone = (id: string | null): Actor => ({
  kind: 'phone',
  signInId: 'i',
  language: 'fr',
  via: 'bearer',
  phoneId: 'p',
  person: id === null ? null : { id, name: '' },
  grants: [{ role: 'admin', scopeKind: 'installation', scopeId: null }],
});

describe('who calls the roll, who runs the session', () => {
  it.each([
    ['its trainer', staff('trainer', 'organisation', 'elsewhere', 'salma'), true, false],
    ['another trainer of the organisation', staff('trainer', 'organisation', 'o'), false, false],
    ['a trainer granted the session', staff('external-trainer', 'session', 's'), true, false],
    ['a trainer granted another session', staff('external-trainer', 'session', 'z'), false, false],
    ['its trainer without a grant to teach', staff('auditor', 'organisation', 'o', 'salma'), false, false],
    ['a coordinator of the campaign', staff('coordinator', 'campaign', 'c'), true, true],
    ['a coordinator of another campaign', staff('coordinator', 'campaign', 'd'), false, false],
    ['a coordinator of the session', staff('coordinator', 'session', 's'), true, true],
    ['a manager of the organisation', staff('manager', 'organisation', 'o'), true, true],
    ['a manager of another organisation', staff('manager', 'organisation', 'p'), false, false],
    ['a coordinator of a city', staff('coordinator', 'city', 's'), false, false],
    ['an administrator', staff('admin', 'installation', null), true, true],
    ['a funder', staff('funder', 'organisation', 'o'), false, false],
    ['a phone, whatever it was granted', phone('p1'), false, false],
  ])('%s', (_, actor, calls, runs) => {
    expect(callsRoll(actor, scope)).toBe(calls);
    expect(runsSession(actor, scope)).toBe(runs);
  });
});

describe('who sees a pass', () => {
  it.each([
    ['its person', phone('p1'), true],
    ['another person', phone('p2'), false],
    ['a phone without a person', phone(null), false],
    ['the trainer', staff('trainer', 'organisation', 'o', 'salma'), true],
    ['another trainer', staff('trainer', 'organisation', 'o'), false],
  ])('%s', (_, actor, sees) => expect(maySeePass(actor, 'p1', scope)).toBe(sees));
});
