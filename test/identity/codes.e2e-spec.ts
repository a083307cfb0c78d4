import { createTestApp, type TestApp } from '../support/app.js';
import { askCode, codesSent, giveCode, newPhone, outbox, signIn, signUp, wrong } from '../support/phones.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('codes', () => {
  let t: TestApp;
  const log: string[] = [];
  beforeAll(async () => (t = await createTestApp({ log })), 60_000);
  afterAll(() => t.close());

  const ask = (phone: string) => t.api('/auth/otp', { body: { phone } });
  async function known(): Promise<string> {
    const phone = newPhone();
    await signUp(t, phone);
    return phone;
  }

  it('opens a sign-in once, and not a second time', async () => {
    const phone = await known();
    const { challenge, code } = await askCode(t, phone);
    const first = await giveCode(t, phone, code, challenge);
    expect(first.statusCode).toBe(200);
    expect(first.json()).toEqual({
      token: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: expect.stringMatching(/Z$/),
      people: [{ id: expect.any(String), name: 'Fatima A.' }],
    });
    const second = await giveCode(t, phone, code, challenge);
    expect(second.statusCode).toBe(422);
    expect(second.json()).toMatchObject({ errors: [{ pointer: '/code', code: 'code-late' }] });
  });

  it('gives one token to two requests with the right code at once', async () => {
    const phone = await known();
    const { code } = await askCode(t, phone);
    const answers = await Promise.all(Array.from({ length: 4 }, () => giveCode(t, phone, code)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 422, 422, 422]);
  });

  it('takes the code with spaces and Arabic digits, and without its challenge', async () => {
    const phone = await known();
    const { code } = await askCode(t, phone);
    const arabic = [...code].map((digit) => String.fromCharCode(0x660 + Number(digit))).join(' ');
    expect((await giveCode(t, phone, arabic)).statusCode).toBe(200);
  });

  it('serves for ten minutes and no longer', async () => {
    const [early, late] = [await known(), await known()];
    const a = await askCode(t, early);
    const b = await askCode(t, late);
    t.clock.advance(10 * MINUTE_MS - 1);
    expect((await giveCode(t, early, a.code)).statusCode).toBe(200);
    t.clock.advance(1);
    const answer = await giveCode(t, late, b.code);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/code', code: 'code-late' }] });
  });

  it('refuses the sixth try even when it is right', async () => {
    const phone = await known();
    const { challenge, code } = await askCode(t, phone);
    for (let i = 0; i < 5; i++) {
      const answer = await giveCode(t, phone, wrong(code), challenge);
      expect(answer.statusCode).toBe(422);
      expect(answer.json()).toMatchObject({ errors: [{ pointer: '/code', code: 'code-wrong' }] });
    }
    const sixth = await giveCode(t, phone, code, challenge);
    expect(sixth.statusCode).toBe(429);
    expect(sixth.json()).toMatchObject({ code: 'code-tries-spent' });
    expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(0);
    t.clock.advance(61_000);
    const next = await askCode(t, phone);
    expect((await giveCode(t, phone, next.code)).statusCode).toBe(200);
  });

  it('takes the fifth try when it is right', async () => {
    const phone = await known();
    const { code } = await askCode(t, phone);
    for (let i = 0; i < 4; i++) await giveCode(t, phone, wrong(code));
    expect((await giveCode(t, phone, code)).statusCode).toBe(200);
  });

  it('counts never more than five tries of twenty at once, and takes none', async () => {
    const phone = await known();
    const { challenge, code } = await askCode(t, phone);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => giveCode(t, phone, wrong(code), challenge)),
    );
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 422)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
    const row = await t.db.readOne('test.tries', `SELECT tries, used_at FROM challenge WHERE id = $1`, [
      challenge,
    ]);
    expect(row).toEqual({ tries: 5, used_at: null });
    expect((await giveCode(t, phone, code, challenge)).statusCode).toBe(429);
  });

  it('is bound to its challenge and its phone', async () => {
    const [mine, other] = [await known(), await known()];
    const a = await askCode(t, mine);
    const b = await askCode(t, other);
    expect((await giveCode(t, mine, a.code, b.challenge)).statusCode).toBe(422);
    expect((await giveCode(t, other, a.code)).statusCode).toBe(a.code === b.code ? 200 : 422);
    expect((await giveCode(t, mine, a.code, '01900000-0000-7000-8000-000000000000')).statusCode).toBe(422);
    expect((await giveCode(t, mine, a.code, a.challenge)).statusCode).toBe(200);
  });

  it('keeps the code as a keyed hash, and out of the log', async () => {
    const phone = await known();
    const { challenge, code } = await askCode(t, phone);
    await giveCode(t, phone, wrong(code));
    await giveCode(t, phone, code);
    await t.runJobs();
    const row = await t.db.readOne<{ kept: string }>(
      'test.kept',
      `SELECT challenge::text AS kept FROM challenge WHERE id = $1`,
      [challenge],
    );
    expect(row?.kept).not.toContain(code);
    expect(log.length).toBeGreaterThan(0);
    expect(log.filter((line) => line.includes(code) || line.includes(phone))).toEqual([]);
  });

  it('sends a second code after 60 seconds, and gives the waiting challenge before', async () => {
    const phone = await known();
    const first = await ask(phone);
    expect(first.json()).toMatchObject({ delivery: 'sms', resendAfterSeconds: 60 });
    t.clock.advance(59_000);
    const early = await ask(phone);
    expect(early.statusCode).toBe(202);
    expect(early.json()).toEqual({ ...first.json<object>(), resendAfterSeconds: 1 });
    expect(await codesSent(t, phone)).toHaveLength(1);
    t.clock.advance(1000);
    const second = await ask(phone);
    expect(second.json<{ challenge: string }>().challenge).not.toBe(
      first.json<{ challenge: string }>().challenge,
    );
    expect(await codesSent(t, phone)).toHaveLength(2);
  });

  it('sends one code to ten requests at once', async () => {
    const phone = await known();
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(phone)));
    expect(new Set(answers.map((answer) => answer.json<{ challenge: string }>().challenge)).size).toBe(1);
    expect(await codesSent(t, phone)).toHaveLength(1);
  });

  it('sends a code at once to somebody who has just used one or just signed up', async () => {
    const phone = await known();
    await signIn(t, phone);
    await signIn(t, phone);
    await signUp(t, phone, { name: { fr: { given: 'Khadija', family: 'Bennani' } } });
    const { people } = await signIn(t, phone);
    expect(people).toHaveLength(2);
    expect(await codesSent(t, phone)).toHaveLength(3);
  });

  it('answers the first code of a sign-up like any other, however early it comes', async () => {
    t.clock.advance(2 * HOUR_MS);
    // Asked for too early, by somebody unknown and by somebody known: then both sign up, and both get a code at once.
    for (const phone of [newPhone(), await known()]) {
      const early = (await ask(phone)).json<{ challenge: string }>().challenge;
      await signUp(t, phone, { name: { fr: { given: 'Khadija', family: 'Bennani' } } });
      const { challenge, code } = await askCode(t, phone);
      expect(challenge).not.toBe(early);
      expect((await giveCode(t, phone, code, challenge)).statusCode).toBe(200);
    }
  });

  it('sends five an hour to a phone, in any sixty minutes', async () => {
    // Across the turn of an hour: a window of the clock would let ten through.
    t.clock.set('2027-02-01T09:56:00Z');
    const phone = await known();
    for (let i = 0; i < 5; i++) {
      expect((await ask(phone)).statusCode).toBe(202);
      t.clock.advance(61_000);
    }
    const sixth = await ask(phone);
    expect(sixth.statusCode).toBe(429);
    expect(sixth.headers['retry-after']).toBe(String(3600 - 5 * 61));
    expect(await codesSent(t, phone)).toHaveLength(5);
    t.clock.advance(HOUR_MS - 5 * 61_000 - 1000);
    expect((await ask(phone)).statusCode).toBe(429);
    t.clock.advance(1000);
    expect((await ask(phone)).statusCode).toBe(202);
  });

  it('sends fifteen a day to a phone', async () => {
    const phone = await known();
    await signIn(t, phone);
    for (let i = 1; i < 15; i++) {
      t.clock.advance(15 * MINUTE_MS);
      expect((await ask(phone)).statusCode).toBe(202);
    }
    t.clock.advance(2 * HOUR_MS);
    const sixteenth = await ask(phone);
    expect(sixteenth.statusCode).toBe(429);
    expect(Number(sixteenth.headers['retry-after'])).toBe((24 - 3.5 - 2) * 3600);
    t.clock.advance(18.5 * HOUR_MS);
    expect((await ask(phone)).statusCode).toBe(202);
  });

  it('blocks no hall: 200 known numbers behind one address all get their code', async () => {
    const phones = Array.from({ length: 200 }, newPhone);
    for (const phone of phones) expect((await signUp(t, phone)).statusCode).toBe(201);
    const answers = await Promise.all(phones.map(ask));
    expect(answers.filter(({ statusCode }) => statusCode !== 202)).toEqual([]);
    const sent = await t.db.readOne<{ n: number }>(
      'test.sent',
      `SELECT count(*)::int AS n FROM message WHERE template = 'code' AND recipient = ANY($1)`,
      [phones],
    );
    expect(sent).toEqual({ n: 200 });
  }, 60_000);

  it('writes to five numbers an hour that nobody has seen, and answers all alike', async () => {
    t.clock.advance(2 * HOUR_MS);
    const phones = Array.from({ length: 8 }, newPhone);
    const answers = [];
    for (const phone of phones) answers.push(await ask(phone));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(phones.map(() => 202));
    const written = await Promise.all(phones.map((phone) => outbox(t, phone)));
    expect(written.map((lines) => lines.length)).toEqual([1, 1, 1, 1, 1, 0, 0, 0]);
    // Numbers that somebody has are not counted and not stopped.
    expect(await codesSent(t, await known().then(async (phone) => (await ask(phone), phone)))).toHaveLength(
      1,
    );
    t.clock.advance(HOUR_MS + 1000);
    expect((await ask(phones[7] ?? '')).statusCode).toBe(202);
    expect(await outbox(t, phones[7] ?? '')).toHaveLength(1);
  });

  it('keeps to five unseen numbers when twenty come at once', async () => {
    t.clock.advance(2 * HOUR_MS);
    const phones = Array.from({ length: 20 }, newPhone);
    await Promise.all(phones.map(ask));
    const written = await Promise.all(phones.map((phone) => outbox(t, phone)));
    expect(written.flat()).toHaveLength(5);
  });

  it('answers the same for a known number and an unknown one', async () => {
    t.clock.advance(2 * HOUR_MS);
    const [yes, no] = [await known(), newPhone()];
    const [a, b] = [await ask(yes), await ask(no)];
    expect(a.statusCode).toBe(b.statusCode);
    const shape = (answer: typeof a) => ({ ...answer.json<object>(), challenge: 'x' });
    expect(shape(a)).toEqual(shape(b));
    expect(Object.keys(a.headers).sort()).toEqual(Object.keys(b.headers).sort());
    expect(await outbox(t, no)).toEqual([
      expect.objectContaining({ template: 'no-account', body: expect.stringContaining('/fr/sign-up') }),
    ]);
    const wrongKnown = await giveCode(t, yes, '000000');
    const wrongUnknown = await giveCode(t, no, '000000');
    const neverAsked = await giveCode(t, newPhone(), '000000');
    for (const answer of [wrongUnknown, neverAsked]) {
      expect(answer.statusCode).toBe(wrongKnown.statusCode);
      expect({ ...answer.json<object>(), instance: '' }).toEqual({
        ...wrongKnown.json<object>(),
        instance: '',
      });
    }
    for (let i = 0; i < 4; i++) await Promise.all([giveCode(t, yes, '000001'), giveCode(t, no, '000001')]);
    const spent = await Promise.all([giveCode(t, yes, '000001'), giveCode(t, no, '000001')]);
    expect(spent.map(({ statusCode }) => statusCode)).toEqual([429, 429]);
    // The limits of a phone do not tell either.
    const counts = async (phone: string) => {
      const statuses = [];
      for (let i = 0; i < 5; i++) {
        t.clock.advance(61_000);
        statuses.push((await ask(phone)).statusCode);
      }
      return statuses;
    };
    expect(await counts(yes)).toEqual([202, 202, 202, 202, 429]);
    expect(await counts(no)).toEqual([202, 202, 202, 202, 429]);
  });

  it('sends no code to countries without a campaign, and says so to known and unknown alike', async () => {
    const american = '+14155552671';
    await signUp(t, american);
    for (const phone of [american, '+819012345678']) {
      const answer = await ask(phone);
      expect(answer.statusCode).toBe(202);
      expect(answer.json()).toMatchObject({ delivery: 'none' });
      expect(await outbox(t, phone)).toEqual([]);
    }
    const spanish = '+34612345678';
    await signUp(t, spanish);
    expect((await ask(spanish)).json()).toMatchObject({ delivery: 'sms' });
    expect(await codesSent(t, spanish)).toHaveLength(1);
  });

  it('stops at the hourly budget of a country', async () => {
    t.clock.advance(HOUR_MS);
    const start = new Date(Math.floor(t.clock.now().getTime() / HOUR_MS) * HOUR_MS);
    await t.db.write(
      'test.budget',
      `INSERT INTO rate_limit (bucket, window_start, hits) VALUES ('codes:BE', $1, 299)`,
      [start],
    );
    const belgians = ['+32470123456', '+32470123457'];
    for (const phone of belgians) await signUp(t, phone);
    const statuses = [];
    for (const phone of [...belgians, '+32470999999']) statuses.push((await ask(phone)).statusCode);
    expect(statuses).toEqual([202, 429, 429]);
    expect((await ask(await known())).statusCode).toBe(202);
  });

  it.each([
    [{}, '/phone', 'required'],
    [{ phone: 12 }, '/phone', 'not-text'],
    [{ phone: '' }, '/phone', 'phone-empty'],
    [{ phone: '0612' }, '/phone', 'phone-too-short'],
    [{ phone: '06\u000012345678' }, '/phone', 'not-unicode'],
    [{ phone: 'x'.repeat(10_000) }, '/phone', 'phone-too-long'],
    [{ phone: '+999123456789' }, '/phone', 'phone-country-unknown'],
    [{ phone: '0612345678', admin: true }, '/admin', 'unknown-field'],
  ])('refuses to send a code for a wrong body (%#)', async (body, pointer, code) => {
    const answer = await t.api('/auth/otp', { body });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ errors: [{ pointer, code, detail: expect.any(String) }] });
  });

  it.each([
    [{ phone: '0612345678' }, '/code', 'required'],
    [{ phone: '0612345678', code: 123456 }, '/code', 'not-text'],
    [{ phone: '0612345678', code: '12345' }, '/code', 'code-shape'],
    [{ phone: '0612345678', code: '12345x' }, '/code', 'code-shape'],
    [{ phone: '0612345678', code: '1'.repeat(10_000) }, '/code', 'code-shape'],
    [{ phone: '0612345678', code: '123456', challenge: 'x' }, '/challenge', 'not-an-id'],
    [{ code: '123456' }, '/phone', 'required'],
    [{ email: 'a@b.ma' }, '/password', 'required'],
  ])('refuses a wrong body for a token (%#)', async (body, pointer, code) => {
    const answer = await t.api('/auth/token', { body });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ pointer, code })]),
    });
  });
});
