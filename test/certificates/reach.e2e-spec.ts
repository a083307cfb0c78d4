import { CertificateLink } from '../../src/certificates/public.js';
import { type Role, ROLES } from '../../src/shared/access/actor.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { tokenOf } from './token.js';
import { givenTrainee, givenWorld, type World } from './world.js';

jest.setTimeout(120_000);

const ISSUING: readonly Role[] = ['admin', 'manager', 'coordinator'];

describe('who reaches certificates', () => {
  let t: TestApp;
  let world: World;
  let code: string;
  let holder: string;

  beforeAll(async () => {
    t = await createTestApp();
    world = await givenWorld(t);
    const manager = (await givenStaff(t, 'manager', { kind: 'campaign', id: world.campaignId })).token;
    const personId = await givenTrainee(t, world);
    const answer = await t.api(`/sessions/${world.sessionId}/certificates`, {
      token: manager,
      body: { personId },
    });
    code = answer.json<{ code: string }>().code;
    holder = await tokenOf(t, personId);
  });
  afterAll(() => t.close());

  const status = async (request: Promise<{ statusCode: number }>): Promise<number> =>
    (await request).statusCode;
  const pdf = (token?: string, query = '') =>
    status(
      t.inject({
        url: `/v/${code}.pdf${query}`,
        ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
      }),
    );

  it('lets each role do what it may within its campaign, and nothing in another', async () => {
    const other = await givenWorld(t);
    for (const role of ROLES) {
      const mine = (await givenStaff(t, role, { kind: 'campaign', id: world.campaignId })).token;
      const foreign = (await givenStaff(t, role, { kind: 'campaign', id: other.campaignId })).token;
      const reads = ISSUING.includes(role) || role === 'auditor';
      const issues = ISSUING.includes(role);
      const inRoom = issues || role === 'trainer';
      const body = { name: 'x' };
      const asked = async (token: string) => [
        await status(t.api(`/campaigns/${world.slug}/certificates`, { token })),
        await status(t.api(`/campaigns/${world.slug}/certificates`, { token, body: { bad: 1 } })),
        await status(t.api(`/certificates/${code}/replace`, { token, body })),
        await status(t.api(`/certificates/${code}/revoke`, { token, body: {} })),
        await status(
          t.api(`/sessions/${world.sessionId}/certificates`, { token, body: { personId: world.courseId } }),
        ),
        await pdf(token),
      ];
      expect([role, await asked(mine)]).toEqual([
        role,
        [
          reads ? 200 : 403,
          issues ? 422 : 403,
          issues ? 422 : 403,
          issues ? 422 : 403,
          // The trainer of another session of the campaign: not hers, so nobody's.
          issues ? 404 : inRoom ? 404 : 403,
          reads || role === 'trainer' ? 200 : 403,
        ],
      ]);
      const [list, , replace, , issue, file] = await asked(foreign);
      expect([role, list, issue, file]).toEqual([role, reads ? 404 : 403, inRoom ? 404 : 403, 403]);
      expect(replace).toBe(issues ? 422 : 403);
      if (issues) {
        const name = { fr: { given: 'A', family: 'B' } };
        expect(await status(t.api(`/certificates/${code}/replace`, { token: foreign, body: { name } }))).toBe(
          404,
        );
        expect(
          await status(
            t.api(`/certificates/${code}/revoke`, { token: foreign, body: { reason: 'because' } }),
          ),
        ).toBe(404);
      }
    }
    expect((await t.api(`/certificates/${code}`)).json()).toMatchObject({ status: 'valid' });
  });

  it('lets the trainer of the very session issue and confirm names', async () => {
    const trainer = await givenStaff(t, 'trainer', { kind: 'campaign', id: world.campaignId });
    const personId = await givenTrainee(t, world, { signedUpAlone: false });
    const issue = () =>
      t.api(`/sessions/${world.sessionId}/certificates`, { token: trainer.token, body: { personId } });
    expect((await issue()).statusCode).toBe(404);
    await t.db.write(
      'test.teach',
      `INSERT INTO unit_resource (unit_id, resource_id, resource_kind, during, live)
       SELECT u.id, $2, 'trainer', u.during, u.live FROM unit u WHERE u.session_id = $1 AND u.n = 1`,
      [world.sessionId, trainer.id],
    );
    expect((await issue()).json()).toMatchObject({ code: 'name-not-confirmed' });
    const names = { token: trainer.token, body: { personIds: [personId] } };
    expect((await t.api(`/sessions/${world.sessionId}/certificate-names`, names)).statusCode).toBe(200);
    expect((await issue()).statusCode).toBe(201);
  });

  it('gives the PDF to the holder, to the staff, and to whoever has the link; not to a stranger', async () => {
    const link = t.app.get(CertificateLink);
    const { search } = new URL(link.pdfAddress(code));
    const other = await tokenOf(t, await givenTrainee(t, world));
    expect([await pdf(holder), await pdf(undefined, search)]).toEqual([200, 200]);
    expect([await pdf(), await pdf(other)]).toEqual([401, 403]);
    const forOther = new URL(link.pdfAddress('0000000000')).search;
    for (const wrong of ['?k=', '?k=AAAA', `${search}A`, forOther, '?k[]=1', `?k=${'A'.repeat(5000)}`])
      expect([wrong, await pdf(undefined, wrong)]).toEqual([wrong, 401]);
    const { headers } = await t.inject({ url: `/v/${code}.pdf${search}` });
    expect(headers['cache-control']).toContain('private');
  });

  it('has the same answer as a JSON file for those who may have the PDF, and a page for everybody', async () => {
    const { search } = new URL(t.app.get(CertificateLink).pdfAddress(code));
    expect((await t.inject({ url: `/v/${code}.json` })).statusCode).toBe(401);
    const other = { authorization: `Bearer ${await tokenOf(t, await givenTrainee(t, world))}` };
    expect((await t.inject({ url: `/v/${code}.json`, headers: other })).statusCode).toBe(403);
    const twin = await t.inject({ url: `/v/${code}.json${search}` });
    expect(twin.headers['content-type']).toContain('application/json');
    expect(twin.json()).toEqual((await t.api(`/certificates/${code}`)).json());
    for (const prefix of ['', '/fr', '/ar', '/en']) {
      const page = await t.inject({
        url: `${prefix}/v/${code.toLowerCase()}`,
        headers: { accept: 'text/html' },
      });
      expect([prefix, page.statusCode]).toEqual([prefix, 200]);
      expect(page.body).toContain('Fatima Amrani');
      // A stranger is offered no file.
      expect(page.body).not.toContain('.pdf');
    }
  });

  it('finds the certificate however its code is typed', async () => {
    const typed = `${code.slice(0, 5)} ${code.slice(5)}`
      .toLowerCase()
      .replaceAll('0', 'o')
      .replaceAll('1', 'i');
    expect((await t.api(`/certificates/${encodeURIComponent(typed)}`)).json()).toMatchObject({ code });
    const form = await t.inject({ url: `/fr/v?code=${encodeURIComponent(typed)}` });
    expect([form.statusCode, form.headers.location]).toEqual([303, `/fr/v/${code}`]);
    const wrong = await t.inject({ url: '/fr/v?code=nonsense', headers: { accept: 'text/html' } });
    expect([wrong.statusCode, wrong.body.includes('nonsense')]).toEqual([422, true]);
  });

  it('answers 404 for unknown codes, thirty a minute from one address; known ones go on', async () => {
    const from = (remoteAddress: string, url: string) =>
      t.inject({ url, remoteAddress, headers: { accept: 'application/json' } });
    t.clock.set('2027-02-01T10:00:10Z');
    const wellFormed = '0000000000';
    const unknown = [
      `/api/v1/certificates/${wellFormed}`,
      '/v/ABC',
      `/v/${wellFormed}.json`,
      `/v/${wellFormed}.pdf`,
      '/v/😀',
    ];
    for (let n = 0; n < 30; n++) {
      const url = unknown[n % unknown.length] ?? '';
      expect([url, (await from('192.0.2.1', encodeURI(url))).statusCode]).toEqual([url, 404]);
    }
    const limited = await from('192.0.2.1', `/v/${wellFormed}.json`);
    expect([limited.statusCode, Number(limited.headers['retry-after'])]).toEqual([429, 50]);
    expect((await from('192.0.2.1', `/api/v1/certificates/${code}`)).statusCode).toBe(200);
    expect((await from('192.0.2.2', `/v/${wellFormed}.json`)).statusCode).toBe(404);
    t.clock.set('2027-02-01T10:01:00Z');
    expect((await from('192.0.2.1', `/v/${wellFormed}.json`)).statusCode).toBe(404);
    // One household of IPv6 is one address.
    for (let n = 0; n < 30; n++) await from(`2001:db8:1:2::${n.toString(16)}`, '/v/ABC.json');
    expect((await from('2001:db8:1:2:ffff::1', '/v/ABC.json')).statusCode).toBe(429);
    expect((await from('2001:db8:1:3::1', '/v/ABC.json')).statusCode).toBe(404);
  });

  it('does not limit known codes below six hundred', async () => {
    for (let n = 0; n < 599; n++) {
      const answer = await t.inject({
        url: `/api/v1/certificates/${code}`,
        remoteAddress: '192.0.2.9',
      });
      if (answer.statusCode !== 200) throw new Error(`Refused after ${n}: ${answer.statusCode}`);
    }
  });
});
