import type { LightMyRequestResponse } from 'fastify';
import { IdentityPurge } from '../../src/identity/jobs/identity.purge.js';
import { RoomCodeService } from '../../src/identity/public.js';
import { newId } from '../../src/shared/new-id.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { askCode, giveCode, newPhone, signIn, type SignedIn, signUp, wrong } from '../support/phones.js';
import { send } from './events.js';
import { type GivenSession, givenEnrolment, givenSession } from './factories.js';

const MINUTE_MS = 60_000;
const AUDIT = `
  SELECT action, actor_kind AS kind, actor_id AS actor, subject_id AS subject, organisation_id AS organisation, facts
    FROM audit_event WHERE subject_id = $1 AND action LIKE 'identity.room-code.%' ORDER BY seq`;
const CODES = `
  SELECT id, tries, used_at AS "usedAt", replaced_at AS "replacedAt" FROM room_code WHERE person_id = $1 ORDER BY created_at, id`;
const PHONE_OF = `SELECT ph.e164 FROM phone ph JOIN person_phone pp ON pp.phone_id = ph.id WHERE pp.person_id = $1`;
const GRANT = `
  INSERT INTO role_grant (id, person_id, role, scope_kind, scope_id, ends_at, created_at) VALUES ($1, $2, $3, 'installation', NULL, $4, $5)`;
const SEAT_OF = `
  SELECT e.id FROM enrolment e JOIN person_phone pp ON pp.person_id = e.person_id JOIN phone ph ON ph.id = pp.phone_id
   WHERE e.session_id = $1 AND ph.e164 = $2`;
const SIGN_INS = `SELECT count(*)::int AS n FROM sign_in WHERE person_id = $1 AND for_one`;

interface Shown {
  code: string;
  expiresAt: string;
  name: { fr?: string; ar?: string };
  phones: string[];
}
interface CodeRow {
  id: string;
  tries: number;
  usedAt: Date | null;
  replacedAt: Date | null;
}
/** Somebody of a session's roster, with a phone of their own. */
interface Trainee {
  id: string;
  personId: string;
  token: string;
  e164: string;
}

describe('a code shown in the room', () => {
  let t: TestApp;
  let session: GivenSession;
  const log: string[] = [];
  beforeAll(async () => {
    t = await createTestApp({ log });
    session = await givenSession(t);
  }, 60_000);
  afterAll(() => t.close());

  const pathOf = (sessionId: string, enrolmentId: string) =>
    `/sessions/${sessionId}/roster/${enrolmentId}/room-code`;
  const ask = (enrolmentId: string, token = session.trainer.token, sessionId = session.id) =>
    t.api(pathOf(sessionId, enrolmentId), { token, method: 'POST' });
  async function show(enrolmentId: string, token?: string): Promise<Shown> {
    const answer = await ask(enrolmentId, token);
    if (answer.statusCode !== 201) throw new Error(`${answer.statusCode} ${answer.body}`);
    return answer.json<Shown>();
  }
  async function trainee(options: Parameters<typeof givenEnrolment>[2] = {}): Promise<Trainee> {
    const enrolled = await givenEnrolment(t, session, options);
    const row = await t.db.readOne<{ e164: string }>('test.phoneOf', PHONE_OF, [enrolled.personId]);
    return { ...enrolled, e164: row?.e164 ?? '' };
  }
  const rowsOf = (personId: string) => t.db.read<CodeRow>('test.codes', CODES, [personId]);
  const errorOf = (answer: LightMyRequestResponse) => ({
    status: answer.statusCode,
    errors: answer.json<{ errors?: unknown }>().errors,
  });
  const WRONG = {
    status: 422,
    errors: [expect.objectContaining({ pointer: '/code', code: 'code-wrong' })],
  };

  it('opens its person’s own record, without any SMS, and is written down with who, to whom, where and when', async () => {
    const one = await trainee({ name: ['Fatima', 'Amrani'], nameAr: ['فاطمة', 'عمراني'] });
    const answer = await ask(one.id);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['cache-control']).toBe('no-store');
    const shown = answer.json<Shown>();
    expect(shown).toEqual({
      code: expect.stringMatching(/^\d{6}$/),
      expiresAt: new Date(t.clock.now().getTime() + 10 * MINUTE_MS).toISOString(),
      name: { fr: 'Fatima Amrani', ar: 'فاطمة عمراني' },
      phones: [expect.stringMatching(/^06 •• •• •• \d\d$/)],
    });
    const entered = await giveCode(t, one.e164, shown.code);
    expect(entered.statusCode).toBe(200);
    const { token, people } = entered.json<SignedIn>();
    expect(people).toEqual([{ id: one.personId, name: 'Fatima A.' }]);
    expect((await t.api('/me', { token })).json()).toMatchObject({ person: { id: one.personId } });
    const [row] = await rowsOf(one.personId);
    const facts = { roomCode: row?.id, session: session.id };
    const about = { subject: one.personId, organisation: session.ground.organisationId };
    expect(await t.db.read('test.audit', AUDIT, [one.personId])).toEqual([
      { action: 'identity.room-code.show', kind: 'staff', actor: session.trainer.id, ...about, facts },
      {
        ...{ action: 'identity.room-code.use', kind: 'system', actor: null },
        ...{ ...about, facts: { ...facts, shownBy: session.trainer.id } },
      },
    ]);
  });

  it('is shown by whoever runs the session too, and typed as people type', async () => {
    const one = await trainee({ status: 'waiting' });
    const { code } = await show(one.id, session.coordinator.token);
    const arabic = [...code].map((digit) => String.fromCharCode(0x660 + Number(digit))).join(' ');
    expect((await giveCode(t, one.e164, arabic)).statusCode).toBe(200);
  });

  it('is kept as a keyed hash, and is in no log, no audit, no job and no remembered answer', async () => {
    const one = await trainee();
    const { code } = (
      await t.api(pathOf(session.id, one.id), {
        token: session.trainer.token,
        body: {},
        headers: { 'idempotency-key': newId() },
      })
    ).json<Shown>();
    await giveCode(t, one.e164, wrong(code));
    expect((await giveCode(t, one.e164, code)).statusCode).toBe(200);
    await t.runJobs();
    const kept = await t.db.read<{ kept: string }>(
      'test.keptEverywhere',
      `SELECT code_hmac::text || tries AS kept FROM room_code WHERE person_id = $1
        UNION ALL SELECT facts::text FROM audit_event
        UNION ALL SELECT coalesce(payload::text, '') FROM job
        UNION ALL SELECT coalesce(response, '') FROM idempotency_key`,
      [one.personId],
    );
    const inWords = new RegExp(`(?<![0-9a-f-])${code}(?![0-9a-f-])`);
    expect(kept.length).toBeGreaterThan(2);
    expect(kept.filter(({ kept: text }) => inWords.test(text))).toEqual([]);
    expect(log.length).toBeGreaterThan(0);
    expect(log.filter((line) => inWords.test(line) || line.includes(one.e164))).toEqual([]);
  });

  it('is made anew by the same Idempotency-Key: the first answer was kept nowhere', async () => {
    const one = await trainee();
    const headers = { 'idempotency-key': newId() };
    const again = () =>
      t.api(pathOf(session.id, one.id), { token: session.trainer.token, body: {}, headers });
    const [first, second] = [await again(), await again()];
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.headers['idempotency-replayed']).toBeUndefined();
    expect(await rowsOf(one.personId)).toMatchObject([
      { replacedAt: expect.any(Date) },
      { replacedAt: null },
    ]);
  });

  it('serves for ten minutes and no longer', async () => {
    const [early, late] = [await trainee(), await trainee()];
    const [first, second] = [await show(early.id), await show(late.id)];
    t.clock.advance(10 * MINUTE_MS - 1);
    expect((await giveCode(t, early.e164, first.code)).statusCode).toBe(200);
    t.clock.advance(1);
    expect(errorOf(await giveCode(t, late.e164, second.code))).toEqual(WRONG);
  });

  it('serves once', async () => {
    const one = await trainee();
    const { code } = await show(one.id);
    expect((await giveCode(t, one.e164, code)).statusCode).toBe(200);
    expect(errorOf(await giveCode(t, one.e164, code))).toEqual(WRONG);
  });

  it('gives one sign-in to eight requests at once', async () => {
    const one = await trainee();
    const { code } = await show(one.id);
    const answers = await Promise.all(Array.from({ length: 8 }, () => giveCode(t, one.e164, code)));
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect(answers.filter(({ statusCode }) => statusCode === 422)).toHaveLength(7);
    expect(await t.db.readOne('test.signIns', SIGN_INS, [one.personId])).toEqual({ n: 1 });
  });

  it('opens once even to those who gave it before it was used', async () => {
    const one = await trainee();
    const { code } = await show(one.id);
    const codes = t.app.get(RoomCodeService);
    const tries = await Promise.all(Array.from({ length: 4 }, () => codes.tryCode([one.personId], code)));
    const right = tries.flatMap((tried) => tried.right ?? []);
    expect(right).toHaveLength(4);
    const uses = await Promise.allSettled(right.map((it) => t.db.transaction(() => codes.use(it))));
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await rowsOf(one.personId)).toMatchObject([{ tries: 4, usedAt: expect.any(Date) }]);
  });

  it('dies when a newer one is shown', async () => {
    const one = await trainee();
    const [old, fresh] = [await show(one.id), await show(one.id)];
    if (old.code !== fresh.code) expect(errorOf(await giveCode(t, one.e164, old.code))).toEqual(WRONG);
    expect((await giveCode(t, one.e164, fresh.code)).statusCode).toBe(200);
  });

  it('is one live one, however many are asked for at once', async () => {
    const one = await trainee();
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(one.id)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 201, 201]);
    const live = (await rowsOf(one.personId)).filter(({ replacedAt }) => replacedAt === null);
    expect(live).toHaveLength(1);
  });

  it('dies of five wrong tries, counted one by one of twenty at once', async () => {
    const one = await trainee();
    const { code } = await show(one.id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => giveCode(t, one.e164, wrong(code))));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([422]));
    expect(await rowsOf(one.personId)).toMatchObject([{ tries: 5, usedAt: null }]);
    expect(errorOf(await giveCode(t, one.e164, code))).toEqual(WRONG);
  });

  it('is taken at the fifth try', async () => {
    const one = await trainee();
    const { code } = await show(one.id);
    for (let i = 0; i < 4; i++) await giveCode(t, one.e164, wrong(code));
    await giveCode(t, one.e164, 'abc');
    expect((await giveCode(t, one.e164, code)).statusCode).toBe(200);
  });

  it('shows in no answer to a wrong code: as for a number that nobody has', async () => {
    const [live, none] = [await trainee(), await trainee()];
    const { code } = await show(live.id);
    const bare = async (phone: string) => {
      const { statusCode, body } = await giveCode(t, phone, wrong(code));
      return [statusCode, body.replaceAll(/"instance":"[^"]*"/g, '')];
    };
    const unknown = await bare(newPhone());
    expect(await bare(live.e164)).toEqual(unknown);
    expect(await bare(none.e164)).toEqual(unknown);
  });

  it('shows in no answer either when the number’s last SMS was used', async () => {
    const one = await trainee();
    const { code } = await show(one.id);
    const sms = await askCode(t, one.e164);
    expect((await giveCode(t, one.e164, sms.code, sms.challenge)).statusCode).toBe(200);
    expect(errorOf(await giveCode(t, one.e164, wrong(code)))).toEqual(WRONG);
  });

  it('is nothing with another number, and loses no try there', async () => {
    const [one, other] = [await trainee(), await trainee()];
    const { code } = await show(one.id);
    expect(errorOf(await giveCode(t, other.e164, code))).toEqual(WRONG);
    expect(await rowsOf(one.personId)).toMatchObject([{ tries: 0 }]);
  });

  it('opens when the phone has had all its SMS, and when the tries at them are spent', async () => {
    const one = await trainee();
    for (let i = 0; i < 5; i++) {
      await askCode(t, one.e164);
      t.clock.advance(61_000);
    }
    const refused = await t.api('/auth/otp', { body: { phone: one.e164 } });
    expect(refused.statusCode).toBe(429);
    for (let i = 0; i < 5; i++) await giveCode(t, one.e164, '000000');
    expect((await giveCode(t, one.e164, '000000')).statusCode).toBe(429);
    const { code } = await show(one.id);
    expect((await giveCode(t, one.e164, wrong(code))).statusCode).toBe(429);
    expect((await giveCode(t, one.e164, code)).statusCode).toBe(200);
  });

  it('is taken on the page of an SMS as well, and each leaves the other alone', async () => {
    const one = await trainee();
    const { code } = await show(one.id);
    const sms = await askCode(t, one.e164);
    expect((await giveCode(t, one.e164, sms.code, sms.challenge)).statusCode).toBe(200);
    expect(await rowsOf(one.personId)).toMatchObject([{ tries: 0, usedAt: null }]);
    const second = await askCode(t, one.e164);
    expect((await giveCode(t, one.e164, code, second.challenge)).statusCode).toBe(200);
    expect((await giveCode(t, one.e164, second.code, second.challenge)).statusCode).toBe(200);
  });

  it('proves no number: a phone that never had a code stays as unproved as it was', async () => {
    const one = await trainee();
    const verified = `UPDATE phone SET verified_at = NULL, can_sms = false WHERE e164 = $1`;
    await t.db.write('test.unverified', verified, [one.e164]);
    const { code } = await show(one.id);
    expect((await giveCode(t, one.e164, code)).statusCode).toBe(200);
    const proved = `SELECT verified_at IS NOT NULL AS proved FROM phone WHERE e164 = $1`;
    expect(await t.db.readOne('test.proved', proved, [one.e164])).toEqual({ proved: false });
  });

  describe('on a phone that several people share', () => {
    async function family(): Promise<{ phone: string; people: Array<{ id: string; enrolmentId: string }> }> {
      const phone = newPhone();
      for (const given of ['Fatima', 'Hassan', 'Khadija'])
        await signUp(t, phone, { name: { fr: { given, family: 'Alaoui' } } });
      const { token, people } = await signIn(t, phone);
      const enrolled = [];
      for (const { id } of people) {
        await t.api('/auth/person', { token, body: { personId: id } });
        enrolled.push({ id, enrolmentId: (await givenEnrolment(t, session, { personId: id })).id });
      }
      return { phone, people: enrolled };
    }

    it('opens its person and nobody else, now and later', async () => {
      const { phone, people } = await family();
      const [first, second] = people;
      const { code } = await show(first!.enrolmentId);
      const entered = (await giveCode(t, phone, code)).json<SignedIn>();
      expect(entered.people).toEqual([{ id: first!.id, name: 'Fatima A.' }]);
      const pick = (personId: string) => t.api('/auth/person', { token: entered.token, body: { personId } });
      expect((await pick(second!.id)).statusCode).toBe(404);
      expect((await pick(first!.id)).statusCode).toBe(200);
      expect((await t.api('/me', { token: entered.token })).json()).toMatchObject({
        person: { id: first!.id },
        people: [{ id: first!.id, name: 'Fatima A.' }],
      });
      const who = await t.inject({ url: '/fr/sign-in/who', cookies: { qafila: entered.token } });
      expect(who.body).toContain('Fatima A.');
      expect(who.body).not.toContain('Hassan A.');
      const me = await t.inject({ url: '/fr/me', cookies: { qafila: entered.token } });
      expect(me.body).not.toContain('/sign-in/who');
    });

    it('ends its own person’s sign-ins everywhere, and nobody else’s of the phone', async () => {
      const { phone, people } = await family();
      const [first, second] = people;
      const theirs = (await giveCode(t, phone, (await show(second!.enrolmentId)).code)).json<SignedIn>();
      const mine = (await giveCode(t, phone, (await show(first!.enrolmentId)).code)).json<SignedIn>();
      const lost = (await giveCode(t, phone, (await show(first!.enrolmentId)).code)).json<SignedIn>();
      const out = await t.api('/auth/sign-out-everywhere', { token: mine.token, body: {} });
      expect(out.statusCode).toBeLessThan(300);
      const statuses = [mine, lost, theirs].map(({ token }) => t.api('/me', { token }));
      expect((await Promise.all(statuses)).map(({ statusCode }) => statusCode)).toEqual([401, 401, 200]);
    });

    it('loses no try by the right codes of the others, and one by every wrong one', async () => {
      const { phone, people } = await family();
      const [first, second, third] = people;
      const codes: string[] = [];
      for (const { enrolmentId } of people) codes.push((await show(enrolmentId)).code);
      expect((await giveCode(t, phone, codes[0]!)).statusCode).toBe(200);
      expect((await giveCode(t, phone, codes[1]!)).statusCode).toBe(200);
      expect(await rowsOf(third!.id)).toMatchObject([{ tries: 0 }]);
      const again = [await show(first!.enrolmentId), await show(second!.enrolmentId)];
      const none = ['000000', '111111', '222222', '333333'].find(
        (code) => code !== codes[2] && again.every((one) => one.code !== code),
      );
      await giveCode(t, phone, none!);
      for (const { id } of people) expect((await rowsOf(id)).at(-1)).toMatchObject({ tries: 1 });
    });
  });

  describe('is not shown', () => {
    const grant = async (personId: string, role: string, endsAt: Date | null = null) =>
      t.db.write('test.grantPerson', GRANT, [newId(), personId, role, endsAt, t.clock.now()]);

    it.each(['admin', 'manager', 'coordinator', 'trainer', 'auditor', 'funder'])(
      'for a person who is %s',
      async (role) => {
        const one = await trainee();
        await grant(one.personId, role);
        const answer = await ask(one.id);
        expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
          403,
          'room-code-for-staff',
        ]);
        expect(await rowsOf(one.personId)).toEqual([]);
        expect(await t.db.read('test.audit', AUDIT, [one.personId])).toEqual([]);
      },
    );

    it('for staff of tomorrow either: who joins after it was shown does not enter by it', async () => {
      const one = await trainee();
      const { code } = await show(one.id);
      await grant(one.personId, 'admin');
      expect((await giveCode(t, one.e164, code)).statusCode).toBe(422);
      expect(await t.db.readOne('test.signIns', SIGN_INS, [one.personId])).toEqual({ n: 0 });
    });

    it('except to learners, to cooperatives’ managers and to who was staff once', async () => {
      const one = await trainee();
      await grant(one.personId, 'trainee');
      await grant(one.personId, 'cooperative-manager');
      await grant(one.personId, 'trainer', new Date(t.clock.now().getTime() - 1));
      expect((await ask(one.id)).statusCode).toBe(201);
    });

    it('to somebody without any number', async () => {
      const one = await trainee();
      await t.db.write('test.noPhone', `DELETE FROM person_phone WHERE person_id = $1`, [one.personId]);
      const answer = await ask(one.id);
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
        409,
        'room-code-needs-phone',
      ]);
    });

    it('to somebody whom staff wrote down at the door with a number that was proved before', async () => {
      const there = await givenSession(t);
      const atDoor = async (phone: string): Promise<string> => {
        const name = { given: 'Fatima', family: 'Alaoui' };
        const walkIn = { name, phone, consent: 'heard' };
        const event = { id: newId(), unit: 1, at: t.clock.now().toISOString(), kind: 'walkIn', walkIn };
        expect((await send(t, there, [event])).statusCode).toBe(200);
        const seat = await t.db.readOne<{ id: string }>('test.seatOf', SEAT_OF, [there.id, phone]);
        const answer = await ask(seat?.id ?? '', there.trainer.token, there.id);
        return answer.statusCode === 201 ? 'shown' : answer.json<{ code: string }>().code;
      };
      const [known, unknown] = [newPhone(), newPhone()];
      await signUp(t, known);
      await signIn(t, known);
      expect([await atDoor(known), await atDoor(unknown)]).toEqual(['room-code-number-proved', 'shown']);
    });

    it('at a session that is long over, far ahead or cancelled', async () => {
      const one = await givenSession(t, { ground: session.ground, date: '2027-06-15' });
      const seat = await givenEnrolment(t, one);
      const asked = await ask(seat.id, one.trainer.token, one.id);
      expect([asked.statusCode, asked.json<{ code: string }>().code]).toEqual([409, 'room-code-not-now']);
    });

    it('a sixth time within the hour', async () => {
      const one = await trainee();
      for (let i = 0; i < 5; i++) {
        await show(one.id);
        t.clock.advance(MINUTE_MS);
      }
      const sixth = await ask(one.id);
      expect([sixth.statusCode, sixth.json<{ code: string }>().code]).toEqual([429, 'room-codes-spent']);
      expect(sixth.headers['retry-after']).toBe(String(55 * 60));
      t.clock.advance(55 * MINUTE_MS);
      expect((await ask(one.id)).statusCode).toBe(201);
    });

    it('for whoever is not on this roster, or by whoever does not call it: the same answer as for nobody', async () => {
      const elsewhere = await givenSession(t);
      const [here, there] = [await trainee(), await givenEnrolment(t, elsewhere)];
      const gone = await givenEnrolment(t, session, { status: 'cancelled' });
      const bare = ({ statusCode, body }: LightMyRequestResponse) => [
        statusCode,
        body.replaceAll(/"instance":"[^"]*"/g, ''),
      ];
      const unknown = bare(await ask(newId()));
      expect(unknown[0]).toBe(404);
      const { trainer, coordinator } = elsewhere;
      for (const answer of [
        await ask(there.id),
        await ask(gone.id),
        await ask(here.personId),
        await ask('x'),
        await ask(here.id, trainer.token),
        await ask(here.id, coordinator.token),
        await ask(here.id, (await givenStaff(t, 'manager')).token),
        await ask(here.id, session.trainer.token, elsewhere.id),
        await ask(there.id, session.trainer.token, elsewhere.id),
        await ask(here.id, session.trainer.token, newId()),
      ])
        expect(bare(answer)).toEqual(unknown);
      expect((await ask(here.id, (await givenStaff(t, 'funder')).token)).statusCode).toBe(403);
      expect((await ask(here.id, here.token)).statusCode).toBe(403);
      expect((await t.api(pathOf(session.id, here.id), { method: 'POST' })).statusCode).toBe(401);
      expect([...(await rowsOf(here.personId)), ...(await rowsOf(there.personId))]).toEqual([]);
    });
  });

  it('is forgotten after two days, when no limit counts it', async () => {
    const one = await trainee();
    await show(one.id);
    const purge = t.app.get(IdentityPurge);
    t.clock.advance(2 * 24 * 3_600_000 - 1);
    await purge.purge();
    expect(await rowsOf(one.personId)).toHaveLength(1);
    t.clock.advance(2);
    expect((await purge.purge()).roomCodes).toBeGreaterThan(0);
    expect(await rowsOf(one.personId)).toEqual([]);
  });
});
