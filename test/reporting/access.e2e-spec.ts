import type { LightMyRequestResponse } from 'fastify';
import { SESSION_COOKIE } from '../../src/shared/access/access-hooks.js';
import { newId } from '../../src/shared/new-id.js';
import type { Role, ScopeKind } from '../../src/shared/access/actor.js';
import { givenOrganisation, givenPerson, givenStaff } from '../support/actors.js';
import { type Agency, campaignId, givenAgency } from './world.js';

jest.setTimeout(60_000);

const FORMATS = ['participation', 'participation.csv', 'participation.xlsx'] as const;
const AGREEMENT = `
  INSERT INTO agreement (id, organisation_id, campaign_id, funder_id, reference, objectives_fr, objectives_ar, amount_centimes, signed_on, starts_on, ends_on)
  VALUES ($1, $2, $3, $2, 'A', '', '', 1, '2021-10-01', '2021-10-01', '2022-03-31')`;
const END_GRANTS = `UPDATE role_grant SET ends_at = $2 WHERE account_id = $1`;

/** A problem without what differs from one request to the next. */
const said = (answer: LightMyRequestResponse): object => ({ ...answer.json<object>(), instance: '' });

describe('who sees the figures', () => {
  let t: Agency;
  let here: string;
  let there: string;
  beforeAll(async () => {
    t = await givenAgency({ certificates: false });
    [here, there] = [await campaignId(t, 'apdn-2021'), await campaignId(t, 'caravane-2027')];
  }, 60_000);
  afterAll(() => t.close());

  const ask = (token: string | undefined, path = 'participation', campaign = 'apdn-2021') =>
    t.api(`/campaigns/${campaign}/${path}?by=gender`, { token });
  const page = (token: string | undefined, campaign = 'apdn-2021', by = 'by=gender') =>
    t.inject({
      url: `/fr/staff/campaigns/${campaign}/participation?${by}`,
      headers: { accept: 'text/html', ...(token ? { cookie: `${SESSION_COOKIE}=${token}` } : {}) },
    });
  const staff = async (role: Role, kind: ScopeKind, id: string | null) =>
    (await givenStaff(t, role, { kind, id })).token;

  it.each([
    ['a funder of another organisation', 'funder', 'organisation', () => givenOrganisation(t, 'agency')],
    ['a funder of another campaign', 'funder', 'campaign', () => there],
    ['a manager of another operator', 'manager', 'organisation', () => givenOrganisation(t)],
    ['a coordinator of another campaign', 'coordinator', 'campaign', () => there],
    ['an auditor of another operator', 'auditor', 'organisation', () => givenOrganisation(t)],
    // The campaign's id in a grant of another kind opens nothing.
    ['somebody with the id in a wrong kind of scope', 'funder', 'organisation', () => here],
  ] as const)('is not %s: the campaign is unknown to them', async (_, role, kind, scope) => {
    const token = await staff(role, kind, await scope());
    for (const format of FORMATS) {
      const [other, unknown] = [await ask(token, format), await ask(token, format, 'no-such-campaign')];
      expect([format, other.statusCode]).toEqual([format, 404]);
      expect(said(other)).toEqual(said(unknown));
    }
    expect((await page(token)).statusCode).toBe(404);
    const list = await t.inject({
      url: '/fr/staff/figures',
      headers: { accept: 'text/html', cookie: `${SESSION_COOKIE}=${token}` },
    });
    expect(list.body).not.toContain('campaigns/apdn-2021/');
  });

  it.each(['trainer', 'external-trainer', 'partner', 'cooperative-manager'] as const)(
    'is not a %s: they have no such right',
    async (role) => {
      const token = await staff(role, 'campaign', here);
      for (const format of FORMATS) expect((await ask(token, format)).statusCode).toBe(403);
      expect((await page(token)).statusCode).toBe(403);
    },
  );

  it('is neither a trainee nor a stranger', async () => {
    const { token } = await givenPerson(t);
    for (const format of FORMATS) {
      expect((await ask(token, format)).statusCode).toBe(403);
      const anonymous = await ask(undefined, format);
      expect([anonymous.statusCode, anonymous.headers['content-type']]).toEqual([
        401,
        'application/problem+json; charset=utf-8',
      ]);
      expect((await ask('a'.repeat(43), format)).statusCode).toBe(401);
    }
    expect((await page(token)).statusCode).toBe(403);
    const toSignIn = await page(undefined);
    expect([toSignIn.statusCode, toSignIn.headers['location']]).toEqual([
      303,
      expect.stringContaining('/sign-in?next='),
    ]);
  });

  it('is a funder by their agreement, and no longer when the grant has ended', async () => {
    const funder = await givenOrganisation(t, 'agency');
    const { id, token } = await givenStaff(t, 'funder', { kind: 'organisation', id: funder });
    expect((await ask(token)).statusCode).toBe(404);
    await t.db.write('test.agreement', AGREEMENT, [newId(), funder, here]);
    expect((await ask(token)).statusCode).toBe(200);
    expect((await ask(token, 'participation', 'caravane-2027')).statusCode).toBe(404);
    await t.db.write('test.endGrants', END_GRANTS, [id, t.clock.now()]);
    expect((await ask(token)).statusCode).toBeGreaterThanOrEqual(403);
    expect((await ask(token)).statusCode).toBeLessThanOrEqual(404);
  });

  it('sees exact figures only with the right to names', async () => {
    const shown = async (token: string) =>
      JSON.stringify((await t.figures(token, 'city,gender,category')).rows).includes('<5');
    expect(await shown(t.funder)).toBe(true);
    expect(await shown(t.auditor)).toBe(true);
    expect(await shown(t.manager)).toBe(false);
    expect(await shown(await staff('coordinator', 'campaign', here))).toBe(false);
    expect(await shown(await staff('admin', 'installation', null))).toBe(false);
    expect(await shown(await staff('funder', 'installation', null))).toBe(true);
  });
});

describe('a question that is wrong', () => {
  let t: Agency;
  beforeAll(async () => (t = await givenAgency({ certificates: false })), 60_000);
  afterAll(() => t.close());

  const page = (query: string, token = t.funder) =>
    t.inject({
      url: `/fr/staff/campaigns/apdn-2021/participation?${query}`,
      headers: { accept: 'text/html', cookie: `${SESSION_COOKIE}=${token}` },
    });

  it.each([
    ['an unknown dimension', 'by=shoe-size', 'not-a-choice'],
    ['an empty one', 'by=', 'not-a-choice'],
    ['an empty one among others', 'by=city,,gender', 'not-a-choice'],
    ['a repeated one', 'by=city,city', 'repeated'],
    ['a fourth', 'by=city,gender,category,sector', 'too-many'],
    ['a name of every object', 'by=constructor', 'not-a-choice'],
    ['another', 'by=__proto__', 'not-a-choice'],
    ['SQL', `by=${encodeURIComponent("city'; DROP TABLE participation; --")}`, 'not-a-choice'],
    ['a column', 'by=p.person_id', 'not-a-choice'],
    ['other letters', 'by=CITY', 'not-a-choice'],
  ])('%s is refused with the field, by the API and by the page', async (_, query, code) => {
    for (const format of FORMATS) {
      const answer = await t.api(`/campaigns/apdn-2021/${format}?${query}`, { token: t.funder });
      expect([answer.statusCode, answer.json()]).toEqual([
        422,
        expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/by', code })] }),
      ]);
    }
    const answer = await page(query);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('href="#field-by"');
  });

  it.each([
    ['the parameter twice', 'by=city&by=gender'],
    ['a parameter nobody knows', 'by=city&where=1'],
    ['an object', 'by[city]=1'],
    ['a NUL', 'by=city%00'],
    ['a language nobody speaks', 'by=city&lang=xx'],
    ['a query of 4 KB', `by=${'city,'.repeat(800)}`],
    ['a query of 60 KB', `by=${'x'.repeat(60_000)}`],
    ['a broken escape', 'by=%E0%A4%A'],
  ])('%s is refused by the API', async (_, query) => {
    for (const format of FORMATS) {
      const { statusCode } = await t.api(`/campaigns/apdn-2021/${format}?${query}`, { token: t.funder });
      expect([format, statusCode >= 400 && statusCode < 500]).toEqual([format, true]);
    }
    const { statusCode } = await page(query);
    expect([query.slice(0, 40), statusCode < 500]).toEqual([query.slice(0, 40), true]);
  });

  it.each(['%00', "'--", 'x'.repeat(5000), '%E0%A4%A', '..%2f', 'apdn-2021%20', '🐫'.repeat(40)])(
    'a campaign that is none (%#) is not found, and never an error of ours',
    async (campaign) => {
      for (const format of FORMATS) {
        const { statusCode } = await t.api(`/campaigns/${campaign}/${format}?by=city`, { token: t.funder });
        expect([format, statusCode >= 400 && statusCode < 500]).toEqual([format, true]);
      }
    },
  );

  it('keeps what was ticked when it was too much, and says how many there may be', async () => {
    const answer = await page('by=city&by=gender&by=milieu&by=sector');
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Trop de choix : gardez-en trois au plus.');
    const ticked = [...answer.body.matchAll(/name="by" value="(\w+)" checked/g)].map(([, name]) => name);
    expect(ticked).toEqual(['city', 'gender', 'sector', 'milieu']);
    // Somebody else's campaign is not confirmed by a refusal.
    const stranger = (await givenStaff(t, 'funder')).token;
    expect((await page('by=city,gender,milieu,sector', stranger)).statusCode).toBe(404);
    expect((await page('by=shoe-size', stranger)).statusCode).toBe(404);
  });

  it('leaves the figures as they were', async () => {
    const { total } = await t.figures(t.funder, 'city');
    expect(total['candidates']).toBe(300);
  });
});
