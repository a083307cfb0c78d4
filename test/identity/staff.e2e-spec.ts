import { AccountService } from '../../src/identity/public.js';
import { totpAt } from '../../src/identity/totp.js';
import { givenOrganisation } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { PlainBrowser } from '../support/browser-like.js';

const PASSWORD = 'une phrase de passe 1';
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('staff', () => {
  let t: TestApp;
  let organisationId: string;
  let used = 0;
  beforeAll(async () => {
    t = await createTestApp();
    organisationId = await givenOrganisation(t);
  }, 60_000);
  afterAll(() => t.close());

  async function account(changes: Record<string, unknown> = {}): Promise<{ id: string; email: string }> {
    used += 1;
    const email = `trainer${used}@qafila.test`;
    const grant = { role: 'trainer' as const, scopeKind: 'organisation' as const, scopeId: organisationId };
    const given = {
      email,
      name: 'Nadia',
      organisationId,
      language: 'fr' as const,
      password: PASSWORD,
      grants: [grant],
    };
    return { id: await t.app.get(AccountService).create({ ...given, ...changes }), email };
  }
  const signIn = (email: string, password = PASSWORD, more = {}) =>
    t.api('/auth/token', { body: { email, password, ...more } });

  it('signs in by e-mail and password, with grants, and the hash is argon2id', async () => {
    const { id, email } = await account();
    const answer = await signIn(` ${email.toUpperCase()} `);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ people: [], token: expect.any(String) });
    const me = await t.api('/me', { token: answer.json<{ token: string }>().token });
    expect(me.json()).toEqual({
      kind: 'staff',
      language: 'fr',
      person: null,
      account: { id, name: 'Nadia', organisationId },
      people: [],
      grants: [{ role: 'trainer', scopeKind: 'organisation', scopeId: organisationId }],
      csrf: null,
    });
    const row = await t.db.readOne<{ hash: string }>(
      'test.hash',
      `SELECT password_hash AS hash FROM account WHERE id = $1`,
      [id],
    );
    expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('answers a wrong password, an unknown address and a closed account alike', async () => {
    const { email } = await account();
    const closed = await account();
    await t.db.write('test.close', `UPDATE account SET disabled_at = $2 WHERE id = $1`, [
      closed.id,
      t.clock.now(),
    ]);
    const answers = [
      await signIn(email, 'wrong password'),
      await signIn('nobody@qafila.test'),
      await signIn(closed.email),
    ];
    for (const answer of answers) {
      expect(answer.statusCode).toBe(401);
      expect({ ...answer.json<object>(), instance: '' }).toEqual({
        ...answers[0]?.json<object>(),
        instance: '',
      });
    }
    expect((await signIn('a\u0000b@qafila.test')).json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/email', code: 'not-unicode' }],
    });
  });

  it('spends as long on an unknown address as on a wrong password', async () => {
    const { email } = await account();
    await signIn('nobody@qafila.test');
    const time = async (address: string): Promise<number> => {
      const from = performance.now();
      await signIn(address, 'wrong password');
      return performance.now() - from;
    };
    const known = [];
    const unknown = [];
    for (let i = 0; i < 7; i++) {
      known.push(await time(email));
      unknown.push(await time(`nobody${i}@qafila.test`));
    }
    // The hash takes tens of milliseconds: without it an unknown address would take one or two. A busy machine only adds.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3);
  });

  it('closes the door after ten failures in a quarter of an hour, to the right password too', async () => {
    const { email } = await account();
    const statuses = [];
    for (let i = 0; i < 10; i++) statuses.push((await signIn(email, `wrong password ${i}`)).statusCode);
    expect(statuses).toEqual(statuses.map(() => 401));
    const eleventh = await signIn(email);
    expect(eleventh.statusCode).toBe(429);
    expect(Number(eleventh.headers['retry-after'])).toBeGreaterThan(0);
    t.clock.advance(15 * 60_000);
    expect((await signIn(email)).statusCode).toBe(200);
  });

  it('judges ten of thirty wrong passwords at once', async () => {
    t.clock.advance(15 * 60_000);
    const { email } = await account();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => signIn(email, `wrong password ${i}`)),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(10);
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(20);
  });

  it('never counts a right password: forty sign-ins in a row pass', async () => {
    t.clock.advance(15 * 60_000);
    const { email } = await account();
    for (let i = 0; i < 40; i++) expect((await signIn(email)).statusCode).toBe(200);
  }, 20_000);

  it('does not ask for the authenticator in demo mode', async () => {
    const { id, email } = await account();
    await t.db.write('test.secret', `UPDATE account SET totp_secret = $2 WHERE id = $1`, [id, SECRET]);
    expect((await signIn(email)).statusCode).toBe(200);
  });

  it('creates no account twice and none with a bad address, password or grant', async () => {
    const { email } = await account();
    await expect(account({ email: email.toUpperCase() })).rejects.toMatchObject({
      code: 'email-taken',
      kind: 'conflict',
    });
    const fields = (changes: Record<string, unknown>) =>
      account(changes).then(
        () => [],
        (error: { errors: Array<{ pointer: string; code: string }> }) =>
          error.errors.map(({ pointer, code }) => `${pointer} ${code}`),
      );
    expect(await fields({ email: 'nobody', password: 'short', name: ' ', language: 'de' })).toEqual([
      '/email not-an-email',
      '/name required',
      '/language not-a-choice',
      '/password password-length',
    ]);
    expect(await fields({ grants: [{ role: 'king', scopeKind: 'installation', scopeId: null }] })).toEqual([
      '/grants/0 not-a-choice',
    ]);
    expect(
      await fields({ grants: [{ role: 'admin', scopeKind: 'installation', scopeId: organisationId }] }),
    ).toEqual(['/grants/0 not-a-choice']);
    expect(await fields({ name: 'x'.repeat(10_000) })).toEqual(['/name too-long']);
  });

  it('ends every sign-in when the password is set', async () => {
    const { id, email } = await account();
    const { token } = (await signIn(email)).json<{ token: string }>();
    await t.app.get(AccountService).setPassword(id, 'another password');
    expect((await t.api('/me', { token })).statusCode).toBe(401);
    expect((await signIn(email)).statusCode).toBe(401);
    expect((await signIn(email, 'another password')).statusCode).toBe(200);
  });

  it('leaves a trace of accounts and sign-ins, by ids only', async () => {
    const { id, email } = await account();
    await signIn(email);
    const rows = await t.db.read<{ action: string; facts: object }>(
      'test.audit',
      `SELECT action, facts FROM audit_event WHERE subject_id = $1 ORDER BY seq`,
      [id],
    );
    expect(rows).toEqual([
      { action: 'identity.account.create', facts: { roles: ['trainer'] } },
      { action: 'identity.staff.sign-in', facts: {} },
    ]);
  });

  it.each([
    ['trainer', '/fr/staff/sessions'],
    ['auditor', '/fr/staff/sessions'],
    ['funder', '/fr/staff/figures'],
    ['partner', '/fr/me'],
  ] as const)('leads a %s to a page that they may open', async (role, place) => {
    const { email } = await account({
      grants: [{ role, scopeKind: 'organisation', scopeId: organisationId }],
    });
    const browser = new PlainBrowser(t);
    const entered = await browser.post('/fr/staff/sign-in', { email, password: PASSWORD });
    expect(entered.headers.location).toBe('/fr/staff');
    expect((await browser.get('/fr/staff')).headers.location).toBe(place);
    expect((await browser.get(place)).statusCode).toBe(200);
  });
});

describe('the authenticator', () => {
  let t: TestApp;
  let email: string;
  beforeAll(async () => {
    const env = {
      QAFILA_MODE: 'production',
      QAFILA_SECRET: 'x'.repeat(40),
      PUBLIC_URL: 'https://qafila.example',
    };
    t = await createTestApp({ env });
    const organisationId = await givenOrganisation(t);
    email = 'admin@example.ma';
    const grants = [{ role: 'admin' as const, scopeKind: 'installation' as const, scopeId: null }];
    const id = await t.app
      .get(AccountService)
      .create({ email, name: 'Admin', organisationId, language: 'ar', password: PASSWORD, grants });
    await t.db.write('test.secret', `UPDATE account SET totp_secret = $2 WHERE id = $1`, [id, SECRET]);
  }, 60_000);
  afterAll(() => t.close());

  const signIn = (totp?: string) =>
    t.api('/auth/token', { body: { email, password: PASSWORD, ...(totp ? { totp } : {}) } });
  const codeNow = () =>
    totpAt(Buffer.from('12345678901234567890'), Math.floor(t.clock.now().getTime() / 30_000));

  it('is asked for outside of the demo, and each of its codes serves once', async () => {
    const missing = await signIn();
    expect(missing.statusCode).toBe(401);
    expect(missing.json()).toMatchObject({ code: 'totp-needed' });
    expect((await signIn(codeNow() === '123456' ? '654321' : '123456')).json()).toMatchObject({
      code: 'totp-wrong',
    });
    const code = codeNow();
    expect((await signIn(code)).statusCode).toBe(200);
    expect((await signIn(code)).json()).toMatchObject({ code: 'totp-wrong' });
    t.clock.advance(30_000);
    const answers = await Promise.all([signIn(codeNow()), signIn(codeNow())]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401]);
  });

  it('comes after the password on the page, and the cookie goes over https only', async () => {
    t.clock.advance(60_000);
    const browser = new PlainBrowser(t);
    const asked = await browser.post('/fr/staff/sign-in', { email, password: PASSWORD });
    expect(asked.statusCode).toBe(422);
    expect(asked.body).toContain('name="totp"');
    expect(asked.body).not.toContain(PASSWORD);
    const entered = await browser.post('/fr/staff/sign-in', { email, password: PASSWORD, totp: codeNow() });
    expect([entered.statusCode, entered.headers.location]).toEqual([303, '/fr/staff']);
    expect(String(entered.headers['set-cookie'])).toMatch(/^qafila=.*; HttpOnly; Secure; SameSite=Lax$/);
    expect((await browser.get('/fr/staff')).headers.location).toBe('/fr/staff/sessions');
    const me = await browser.get('/fr/me');
    expect(me.statusCode).toBe(200);
    expect(me.body).toContain('Cet appareil');
    expect((await browser.post('/fr/sign-out', {}, me.body)).statusCode).toBe(303);
    expect((await browser.get('/fr/me')).statusCode).toBe(303);
  });

  it('has no outbox outside of the demo', async () => {
    const answer = await t.inject({ url: '/dev/outbox?to=%2B212612345678' });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'not-found' });
  });
});
