import type { Grant } from '../shared/access/actor.js';
import { mayManage, mayReadPlan, reachOf, READING_ROLES } from './campaign.policy.js';

const scope = { campaignId: 'campaign-1', organisationId: 'organisation-1' };
const grant = (role: Grant['role'], scopeKind: Grant['scopeKind'], scopeId: string | null): Grant => ({
  role,
  scopeKind,
  scopeId,
});

describe('who plans a campaign', () => {
  it.each([
    ['admin', 'installation', null, true],
    ['manager', 'organisation', 'organisation-1', true],
    ['coordinator', 'campaign', 'campaign-1', true],
    ['coordinator', 'campaign', 'campaign-2', false],
    ['manager', 'organisation', 'organisation-2', false],
    ['trainer', 'campaign', 'campaign-1', false],
    ['funder', 'campaign', 'campaign-1', false],
    ['coordinator', 'city', 'campaign-1', false],
    ['coordinator', 'session', 'campaign-1', false],
  ] as const)('%s in %s %s: %s', (role, kind, id, expected) => {
    expect(mayManage([grant(role, kind, id)], scope)).toBe(expected);
  });

  it('lets an auditor read and not change', () => {
    const auditor = [grant('auditor', 'campaign', 'campaign-1')];
    expect(mayReadPlan(auditor, scope)).toBe(true);
    expect(mayManage(auditor, scope)).toBe(false);
  });

  it('never mixes the role of one grant with the scope of another', () => {
    const grants = [grant('trainer', 'campaign', 'campaign-1'), grant('manager', 'campaign', 'campaign-2')];
    expect(mayManage(grants, scope)).toBe(false);
    expect(reachOf(grants, READING_ROLES)).toEqual({
      everything: false,
      organisationIds: [],
      campaignIds: ['campaign-2'],
    });
  });
});
