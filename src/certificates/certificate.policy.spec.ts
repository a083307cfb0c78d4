import type { Actor, Grant, Role } from '../shared/access/actor.js';
import { mayHavePdf, mayIssueIn, mayIssueInRoom, mayReadIn } from './certificate.policy.js';

const scope = {
  campaignId: 'campaign',
  organisationId: 'organisation',
  sessionId: 'session',
  trainerIds: ['me'],
};
const signedIn = { signInId: 's', language: 'fr', via: 'bearer' } as const;
const grant = (role: Role, scopeKind: Grant['scopeKind'], scopeId: string | null): Grant => ({
  role,
  scopeKind,
  scopeId,
});
const staff = (...grants: Grant[]): Actor => ({
  ...signedIn,
  kind: 'staff',
  accountId: 'me',
  organisationId: 'organisation',
  name: 'N',
  grants,
});
const person = (id: string, ...grants: Grant[]): Actor => ({
  ...signedIn,
  kind: 'phone',
  phoneId: 'p',
  person: { id, name: 'N' },
  grants,
});

describe('who may do what with certificates', () => {
  it('issues for a campaign within reach, and only the roles that run it', () => {
    for (const role of ['admin', 'manager', 'coordinator'] as const) {
      expect(mayIssueIn(staff(grant(role, 'installation', null)), scope)).toBe(true);
      expect(mayIssueIn(staff(grant(role, 'campaign', 'campaign')), scope)).toBe(true);
      expect(mayIssueIn(staff(grant(role, 'organisation', 'organisation')), scope)).toBe(true);
      expect(mayIssueIn(staff(grant(role, 'campaign', 'other')), scope)).toBe(false);
      expect(mayIssueIn(staff(grant(role, 'session', 'session')), scope)).toBe(false);
    }
    for (const role of ['trainer', 'external-trainer', 'funder', 'partner', 'auditor'] as const)
      expect(mayIssueIn(staff(grant(role, 'campaign', 'campaign')), scope)).toBe(false);
    expect(mayIssueIn(person('x', grant('manager', 'campaign', 'campaign')), scope)).toBe(false);
  });

  it('lets the auditor read and nothing more', () => {
    const auditor = staff(grant('auditor', 'campaign', 'campaign'));
    expect([mayReadIn(auditor, scope), mayIssueIn(auditor, scope), mayIssueInRoom(auditor, scope)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(mayReadIn(staff(grant('funder', 'campaign', 'campaign')), scope)).toBe(false);
  });

  it('lets a trainer issue in their own session only', () => {
    const trainer = staff(grant('trainer', 'campaign', 'campaign'));
    expect(mayIssueInRoom(trainer, scope)).toBe(true);
    expect(mayIssueInRoom(trainer, { ...scope, trainerIds: ['another'] })).toBe(false);
    expect(mayIssueInRoom(staff(grant('trainer', 'session', 'session')), { ...scope, trainerIds: [] })).toBe(
      true,
    );
    expect(mayIssueInRoom(staff(grant('external-trainer', 'session', 'session')), scope)).toBe(false);
    expect(mayIssueInRoom(staff(grant('funder', 'campaign', 'campaign')), scope)).toBe(false);
  });

  it('gives the PDF to its holder and to the staff of its campaign', () => {
    const certificate = { ...scope, personId: 'holder' };
    expect(mayHavePdf(person('holder'), certificate)).toBe(true);
    expect(mayHavePdf(person('other'), certificate)).toBe(false);
    expect(mayHavePdf(undefined, certificate)).toBe(false);
    expect(mayHavePdf(staff(grant('auditor', 'organisation', 'organisation')), certificate)).toBe(true);
    expect(mayHavePdf(staff(grant('trainer', 'campaign', 'campaign')), certificate)).toBe(true);
    expect(mayHavePdf(staff(grant('trainer', 'campaign', 'other')), certificate)).toBe(false);
    expect(mayHavePdf(staff(grant('funder', 'campaign', 'campaign')), certificate)).toBe(false);
  });
});
