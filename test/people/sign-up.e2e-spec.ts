import { createTestApp, type TestApp } from '../support/app.js';
import { askCode, codesSent, giveCode, newPhone, outbox, signIn, signUp } from '../support/phones.js';

const HOUR_MS = 3600 * 1000;
const COUNTS = `
  SELECT count(*) FILTER (WHERE p.status = 'pending')::int AS pending, count(*) FILTER (WHERE p.status = 'active')::int AS active
    FROM person p JOIN person_phone pp ON pp.person_id = p.id JOIN phone ph ON ph.id = pp.phone_id
   WHERE ph.e164 = $1`;
const CONSENTS = `
  SELECT c.purpose, c.in_force_at AS "inForceAt", c.text_version AS version, c.channel
    FROM consent c JOIN person_phone pp ON pp.person_id = c.person_id JOIN phone ph ON ph.id = pp.phone_id
   WHERE ph.e164 = $1 ORDER BY c.purpose`;

describe('signing up', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp()), 60_000);
  afterAll(() => t.close());

  const counts = (phone: string) =>
    t.db.readOne<{ pending: number; active: number }>('test.counts', COUNTS, [phone]);
  const name = (given: string, family: string) => ({ name: { fr: { given, family } } });

  it('is pending until the first right code, and no consent is in force before', async () => {
    const phone = newPhone();
    const answer = await signUp(t, phone);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), status: 'pending' });
    expect(await counts(phone)).toEqual({ pending: 1, active: 0 });
    const asked = await t.db.read<{ inForceAt: Date | null }>('test.consents', CONSENTS, [phone]);
    expect(asked).toHaveLength(2);
    expect(asked.every(({ inForceAt }) => inForceAt === null)).toBe(true);

    t.clock.advance(60_000);
    const { people } = await signIn(t, phone);
    expect(people).toEqual([{ id: expect.any(String), name: 'Fatima A.' }]);
    expect(await counts(phone)).toEqual({ pending: 0, active: 1 });
    const inForce = await t.db.read('test.consents', CONSENTS, [phone]);
    expect(inForce).toEqual(
      ['sms', 'training'].map((purpose) => ({
        purpose,
        inForceAt: t.clock.now(),
        version: '2026-11',
        channel: 'api',
      })),
    );
  });

  it('gives back in /me what was given, with province and milieu of the commune', async () => {
    const phone = newPhone();
    const names = {
      fr: { given: 'Aïcha', family: "M'hamdi 🌸" },
      ar: { given: 'عائشة', family: '<b>المحمدي</b>' },
    };
    await signUp(t, phone, {
      name: names,
      commune: '01.511.05.01',
      gender: null,
      birthYear: null,
      phone: '06 ' + phone.slice(5),
    });
    const { token, people } = await signIn(t, phone);
    const me = await t.api('/me', { token, headers: { 'accept-language': 'ar' } });
    expect(me.statusCode).toBe(200);
    expect(me.json()).toMatchObject({
      kind: 'person',
      language: 'fr',
      people: [{ id: people[0]?.id }],
      grants: [],
      csrf: null,
      person: {
        id: people[0]?.id,
        status: 'active',
        name: names,
        displayName: 'عائشة <b>المحمدي</b>',
        phones: [{ e164: phone, sms: true, verified: true }],
        gender: 'unspecified',
        birthYear: null,
        commune: { code: '01.511.05.01' },
        province: { code: '01.511' },
        milieu: 'rural',
        city: { slug: 'tanger', name: 'طنجة' },
        category: 'artisan',
        sector: 'tapis',
      },
    });
  });

  it('answers a repeated sign-up the same, and replaces the pending one of that name', async () => {
    const phone = newPhone();
    const first = await signUp(t, phone, { birthYear: 1980 });
    const second = await signUp(t, phone, { birthYear: 1990, ...name('FATIMA', 'Alawi') });
    const third = await signUp(t, phone, { birthYear: 1991, ...name('fatima', 'alaoui') });
    expect([first, second, third].map((answer) => answer.statusCode)).toEqual([201, 201, 201]);
    const { people, token } = await signIn(t, phone);
    expect(people).toHaveLength(1);
    expect((await t.api('/me', { token })).json()).toMatchObject({ person: { birthYear: 1991 } });
  });

  it('knows a verified phone and name as one person, and tells nobody', async () => {
    const phone = newPhone();
    await signUp(t, phone);
    const { people } = await signIn(t, phone);
    t.clock.advance(61_000);
    const again = await signUp(t, phone, { birthYear: 1950 });
    const fresh = await signUp(t, newPhone());
    expect(again.statusCode).toBe(fresh.statusCode);
    expect(Object.keys(again.json())).toEqual(Object.keys(fresh.json()));
    // The id tells nothing either: it is one that nobody has seen.
    expect(again.json<{ id: string }>().id).not.toBe(people[0]?.id);
    const later = await signIn(t, phone);
    expect(later.people).toEqual(people);
    expect((await t.api('/me', { token: later.token })).json()).toMatchObject({
      person: { birthYear: 1985 },
    });
  });

  it('serves five people by one phone; each picks their name, a sixth is told by SMS only', async () => {
    const phone = newPhone();
    for (const family of ['Alaoui', 'Bennani', 'Chraibi', 'Daoudi', 'Ennaji']) {
      expect((await signUp(t, phone, name('Fatima', family))).statusCode).toBe(201);
    }
    const sixth = await signUp(t, phone, name('Fatima', 'Fassi'));
    expect(sixth.statusCode).toBe(201);
    expect(sixth.json()).toEqual({ id: expect.any(String), status: 'pending' });
    expect((await outbox(t, phone)).map(({ template }) => template)).toEqual(['phone-full']);
    await signUp(t, phone, name('Fatima', 'Guessous'));
    expect(await outbox(t, phone)).toHaveLength(1);

    const { token, people } = await signIn(t, phone);
    expect(people.map((person) => person.name)).toEqual([
      'Fatima A.',
      'Fatima B.',
      'Fatima C.',
      'Fatima D.',
      'Fatima E.',
    ]);
    expect(await counts(phone)).toEqual({ pending: 5, active: 0 });
    const before = await t.api('/me', { token });
    expect(before.json()).toMatchObject({ kind: 'phone', person: null, people });
    expect((await t.api('/me/consents', { token })).json()).toMatchObject({
      code: 'person-not-picked',
      status: 403,
    });

    const picked = await t.api('/auth/person', { token, body: { personId: people[1]?.id } });
    expect(picked.statusCode).toBe(200);
    expect(picked.json()).toEqual({ person: people[1] });
    expect(await counts(phone)).toEqual({ pending: 4, active: 1 });
    expect((await t.api('/me', { token })).json()).toMatchObject({
      kind: 'person',
      person: { id: people[1]?.id },
    });
  });

  it('picks nobody of another phone', async () => {
    const [mine, other] = [newPhone(), newPhone()];
    await signUp(t, mine);
    await signUp(t, other);
    const me = await signIn(t, mine);
    const them = await signIn(t, other);
    const theirs = await t.api('/auth/person', { token: me.token, body: { personId: them.people[0]?.id } });
    const nobody = await t.api('/auth/person', {
      token: me.token,
      body: { personId: '01900000-0000-7000-8000-000000000000' },
    });
    expect(theirs.statusCode).toBe(404);
    expect({ ...theirs.json(), instance: 0 }).toEqual({ ...nobody.json(), instance: 0 });
    expect((await t.api('/auth/person', { token: me.token, body: { personId: 'x' } })).statusCode).toBe(422);
    expect((await t.api('/auth/person', { body: { personId: them.people[0]?.id } })).statusCode).toBe(401);
  });

  it('keeps five even when twenty sign up at once', async () => {
    const phone = newPhone();
    const names = Array.from({ length: 20 }, (_, i) =>
      name('Nadia', `Zeroual${String.fromCharCode(65 + i)}`),
    );
    const answers = await Promise.all(names.map((changes) => signUp(t, phone, changes)));
    expect(answers.map((answer) => answer.statusCode)).toEqual(names.map(() => 201));
    expect(await counts(phone)).toEqual({ pending: 5, active: 0 });
  });

  it('forgets a pending sign-up after a day, with its number, and never an active person', async () => {
    const [pending, active] = [newPhone(), newPhone()];
    await signUp(t, active);
    await signIn(t, active);
    await signUp(t, pending);
    const { challenge, code } = await askCode(t, pending);
    t.clock.advance(23.9 * HOUR_MS);
    await t.db.write(
      'test.enqueue',
      `INSERT INTO job (id, kind) VALUES (gen_random_uuid(), 'people.purgePending')`,
    );
    await t.runJobs();
    expect(await counts(pending)).toEqual({ pending: 1, active: 0 });

    t.clock.advance(0.2 * HOUR_MS);
    expect((await giveCode(t, pending, code, challenge)).statusCode).toBe(422);
    await t.db.write(
      'test.enqueue',
      `INSERT INTO job (id, kind) VALUES (gen_random_uuid(), 'people.purgePending')`,
    );
    await t.runJobs();
    expect(await counts(pending)).toEqual({ pending: 0, active: 0 });
    expect(await counts(active)).toEqual({ pending: 0, active: 1 });
    const left = await t.db.readOne('test.phones', `SELECT count(*)::int AS n FROM phone WHERE e164 = $1`, [
      pending,
    ]);
    expect(left).toEqual({ n: 0 });
  });

  it('gives no code to a sign-up that is older than a day, purged or not', async () => {
    const phone = newPhone();
    await signUp(t, phone);
    t.clock.advance(24 * HOUR_MS + 1000);
    await t.api('/auth/otp', { body: { phone } });
    expect(await codesSent(t, phone)).toEqual([]);
    expect((await outbox(t, phone)).map(({ template }) => template)).toEqual(['no-account']);
  });

  it('takes a number that is unusual only when it was checked', async () => {
    const phone = '+212512345678';
    const asked = await signUp(t, phone);
    expect(asked.statusCode).toBe(422);
    expect(asked.json()).toMatchObject({ errors: [{ pointer: '/phone', code: 'phone-unusual' }] });
    expect((await signUp(t, phone, { phoneConfirmed: true })).statusCode).toBe(201);
  });

  it('keeps a 05 number and says that no SMS goes there', async () => {
    const phone = '+212539912345';
    expect((await signUp(t, phone)).statusCode).toBe(201);
    const asked = await t.api('/auth/otp', { body: { phone: '05 39 91 23 45' } });
    expect(asked.statusCode).toBe(202);
    expect(asked.json()).toMatchObject({ delivery: 'none' });
    expect(await outbox(t, phone)).toEqual([]);
  });
});
