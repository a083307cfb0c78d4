import { PersonAccess, PersonQuery } from '../../src/people/public.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { newPhone, outbox, signIn, type SignedIn, signUp } from '../support/phones.js';

describe('my own file', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp()), 60_000);
  afterAll(() => t.close());

  async function person(
    changes?: Record<string, unknown>,
  ): Promise<SignedIn & { phone: string; id: string }> {
    const phone = newPhone();
    await signUp(t, phone, changes);
    const signedIn = await signIn(t, phone);
    return { ...signedIn, phone, id: signedIn.people[0]?.id ?? '' };
  }
  const granted = async (token: string): Promise<string[]> => {
    const { items } = (await t.api('/me/consents', { token })).json<{
      items: Array<{ purpose: string; granted: boolean }>;
    }>();
    return items.filter((item) => item.granted).map(({ purpose }) => purpose);
  };
  const put = (token: string, consents: unknown) =>
    t.api('/me/consents', { token, method: 'PUT', body: { consents } });

  it('is for whoever is signed in only', async () => {
    for (const path of ['/me', '/me/consents', '/me/messages'])
      expect((await t.api(path)).statusCode).toBe(401);
    expect((await t.api('/me', { token: 'x'.repeat(43) })).statusCode).toBe(401);
    const staff = await givenStaff(t, 'trainer');
    expect((await t.api('/me/consents', { token: staff.token })).statusCode).toBe(403);
  });

  it('lists every purpose and withdraws at once, keeping the history', async () => {
    const { token, id } = await person({ consents: ['training', 'sms', 'photo'] });
    const list = (await t.api('/me/consents', { token })).json<{ items: object[] }>();
    expect(list.items).toHaveLength(6);
    expect(list.items[0]).toEqual({
      purpose: 'training',
      granted: true,
      version: '2026-11',
      since: t.clock.now().toISOString(),
    });
    expect(list.items[2]).toEqual({ purpose: 'whatsapp', granted: false, version: null, since: null });

    const answer = await put(token, ['training', 'whatsapp']);
    expect(answer.statusCode).toBe(200);
    expect(await granted(token)).toEqual(['training', 'whatsapp']);
    expect((await put(token, ['training', 'whatsapp'])).json()).toEqual(answer.json());
    const rows = await t.db.read(
      'test.history',
      `SELECT purpose, withdrawn_at IS NOT NULL AS withdrawn FROM consent WHERE person_id = $1 ORDER BY purpose, asked_at`,
      [id],
    );
    expect(rows).toEqual([
      { purpose: 'photo', withdrawn: true },
      { purpose: 'sms', withdrawn: true },
      { purpose: 'training', withdrawn: false },
      { purpose: 'whatsapp', withdrawn: false },
    ]);
  });

  it('lets the training consent go, and then nobody can be enrolled', async () => {
    const { token, id } = await person();
    const access = t.app.get(PersonAccess);
    expect(await access.enrollable(id)).toMatchObject({
      id,
      gender: 'female',
      birthYear: 1985,
      category: 'artisan',
    });
    await put(token, []);
    await expect(access.enrollable(id)).rejects.toMatchObject({ code: 'training-consent-missing' });
    await put(token, ['training']);
    expect(await access.enrollable(id)).toMatchObject({ id });
    await expect(access.enrollable('01900000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('takes twenty changes of consents at once without a double', async () => {
    const { token } = await person();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => put(token, i % 2 ? ['training', 'photo'] : ['training'])),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
    expect(await granted(token)).toContain('training');
  });

  it.each([
    [{}, '/consents', 'required'],
    [{ consents: 'sms' }, '/consents', 'not-a-list'],
    [{ consents: ['everything'] }, '/consents', 'not-a-choice'],
    [{ consents: [], more: 1 }, '/more', 'unknown-field'],
  ])('refuses wrong consents (%#)', async (body, pointer, code) => {
    const { token } = await person();
    const answer = await t.api('/me/consents', { token, method: 'PUT', body });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ pointer, code }] });
    expect(await granted(token)).toEqual(['training', 'sms']);
  });

  it('changes the language of messages', async () => {
    const { token, phone } = await person();
    const answer = await t.api('/me', { token, method: 'PATCH', body: { language: 'ar' } });
    expect(answer.json()).toMatchObject({ kind: 'person', language: 'ar' });
    await signIn(t, phone);
    expect((await outbox(t, phone))[0]?.body).toMatch(/^قافلة: رمزك هو/);
  });

  it('shows every message, without the code in it, page by page', async () => {
    const { token, phone } = await person();
    for (let i = 0; i < 2; i++) {
      t.clock.advance(61_000);
      await signIn(t, phone);
    }
    const all = (await t.api('/me/messages', { token })).json<{
      items: Array<{ id: string; body: string }>;
      next: null;
    }>();
    expect(all.items).toHaveLength(3);
    expect(all.next).toBeNull();
    expect(all.items[0]).toMatchObject({ channel: 'sms', template: 'code', state: 'queued', reason: null });
    expect(all.items.filter(({ body }) => /\d{6}/.test(body) || !body.includes('******'))).toEqual([]);
    const first = (await t.api('/me/messages?limit=2', { token })).json<{ items: object[]; next: string }>();
    expect(first.items).toEqual(all.items.slice(0, 2));
    const rest = (await t.api(`/me/messages?limit=2&cursor=${first.next}`, { token })).json();
    expect(rest).toEqual({ items: all.items.slice(2), next: null });
    const other = await person();
    expect(
      (await t.api('/me/messages', { token: other.token })).json<{ items: object[] }>().items,
    ).toHaveLength(1);
    for (const query of ['limit=0', 'limit=201', 'limit=x', 'cursor=x']) {
      expect((await t.api(`/me/messages?${query}`, { token })).statusCode).toBe(422);
    }
  });

  it('ends one sign-in, or all of them', async () => {
    const { token: first, phone } = await person();
    const { token: second } = await signIn(t, phone);
    const { token: third } = await signIn(t, phone);
    const stranger = await person();
    const alive = async () =>
      Promise.all(
        [first, second, third, stranger.token].map(
          async (token) => (await t.api('/me', { token })).statusCode,
        ),
      );
    expect((await t.api('/auth/sign-out', { token: first, method: 'POST' })).statusCode).toBe(204);
    expect(await alive()).toEqual([401, 200, 200, 200]);
    expect((await t.api('/auth/sign-out-everywhere', { token: second, method: 'POST' })).statusCode).toBe(
      204,
    );
    expect(await alive()).toEqual([401, 401, 401, 200]);
    expect((await t.api('/auth/sign-out', { token: first, method: 'POST' })).statusCode).toBe(401);
  });

  it('ends a sign-in after ninety days', async () => {
    const { token } = await person();
    t.clock.advance(90 * 24 * 3600 * 1000 - 1000);
    expect((await t.api('/me', { token })).statusCode).toBe(200);
    t.clock.advance(1000);
    expect((await t.api('/me', { token })).statusCode).toBe(401);
  });

  it('is read by other features through PersonQuery', async () => {
    const one = await person({ language: 'ar', name: { ar: { given: 'فاطمة', family: 'العلوي' } } });
    const pending = newPhone();
    await signUp(t, pending);
    const rows = await t.db.read<{ id: string }>(
      'test.pending',
      `SELECT p.id FROM person p JOIN person_phone pp ON pp.person_id = p.id JOIN phone ph ON ph.id = pp.phone_id WHERE ph.e164 = $1`,
      [pending],
    );
    const ids = [one.id, rows[0]?.id ?? ''];
    const query = t.app.get(PersonQuery);
    expect([...(await query.contacts(ids))]).toEqual([
      [one.id, { personId: one.id, e164: one.phone, canSms: true, language: 'ar' }],
    ]);
    expect((await query.names(ids)).get(one.id)).toEqual({ ar: { given: 'فاطمة', family: 'العلوي' } });
    expect(await query.snapshot(ids[1] ?? '')).toBeUndefined();
    expect(await query.snapshot(one.id)).toMatchObject({
      communeCode: '01.511.01.0',
      sector: 'tapis',
      consentsToTraining: true,
    });
  });
});
