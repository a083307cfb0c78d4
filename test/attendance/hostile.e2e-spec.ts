import { randomUUID } from 'node:crypto';
import { createTestApp, type TestApp } from '../support/app.js';
import { mark, presenceOf, send } from './events.js';
import { givenEnrolment, givenSession, type GivenSession } from './factories.js';

const RAW = `SELECT body, review FROM attendance_event WHERE session_id = $1 ORDER BY received_at, id`;
const STUCK = `SELECT count(*)::int AS n FROM attendance_event WHERE interpreted_at IS NULL`;

interface Problem {
  code: string;
  limit?: number;
  detail: string;
  errors?: Array<{ pointer: string; code: string }>;
}

describe('what a broken or hostile phone sends', () => {
  let t: TestApp;
  let session: GivenSession;
  beforeAll(async () => {
    t = await createTestApp();
    session = await givenSession(t);
  }, 60_000);
  afterAll(() => t.close());

  const raw = (payload: string, type = 'application/json', to = session) =>
    t.inject({
      method: 'POST',
      url: `/api/v1/sessions/${to.id}/attendance`,
      headers: { authorization: `Bearer ${to.trainer.token}`, 'content-type': type },
      payload,
    });

  it('takes 500 events, and refuses 501 naming the limit', async () => {
    const { id } = await givenEnrolment(t, session);
    const events = Array.from({ length: 501 }, () => mark(id, 1));
    const refused = await send(t, session, events);
    expect(refused.statusCode).toBe(413);
    expect(refused.json<Problem>()).toMatchObject({ code: 'too-many-events', limit: 500 });
    expect(refused.json<Problem>().detail).toContain('500');
    expect((await send(t, session, events.slice(1))).json()).toEqual({
      accepted: 500,
      duplicates: 0,
      review: [],
    });
  });

  it.each([
    ['no device', { deviceId: undefined }, '/deviceId', 'required'],
    ['an empty device', { deviceId: '' }, '/deviceId', 'required'],
    ['a device of 10,000 characters', { deviceId: 'x'.repeat(10_000) }, '/deviceId', 'too-long'],
    ['a device that is a number', { deviceId: 7 }, '/deviceId', 'not-text'],
    ['a device with NUL', { deviceId: 'a\0b' }, '/deviceId', 'not-unicode'],
    ['a device with half a pair', { deviceId: '\ud83d' }, '/deviceId', 'not-unicode'],
    ['no clock', { sentAt: undefined }, '/sentAt', 'required'],
    ['a clock in words', { sentAt: 'now' }, '/sentAt', 'not-an-instant'],
    ['a clock without zone', { sentAt: '2027-01-15T09:00:00' }, '/sentAt', 'not-an-instant'],
    ['a clock beyond all calendars', { sentAt: '+275760-09-13T00:00:00Z' }, '/sentAt', 'not-an-instant'],
    ['a clock that is a number', { sentAt: 1e308 }, '/sentAt', 'not-an-instant'],
    ['an endless version', { appVersion: 'v'.repeat(101) }, '/appVersion', 'too-long'],
    ['no events', { events: undefined }, '/events', 'required'],
    ['events that are no list', { events: { 0: {} } }, '/events', 'not-a-list'],
  ])('%s: 422 on the field', async (_, more, pointer, code) => {
    const answer = await send(t, session, [], more);
    expect(answer.statusCode).toBe(422);
    expect(answer.json<Problem>().errors).toMatchObject([{ pointer, code }]);
  });

  it('refuses what is no batch at all', async () => {
    expect((await raw('')).statusCode).toBe(422);
    for (const body of ['null', '[]', '"text"', '7', 'true'])
      expect([body, (await raw(body)).statusCode]).toEqual([body, 422]);
    for (const body of ['{', '{"events":[}', '{"a":NaN}', '\0'])
      expect([body, (await raw(body)).statusCode]).toEqual([body, 400]);
    expect((await raw('<events/>', 'application/xml')).statusCode).toBe(415);
    const large = await raw(JSON.stringify({ events: [], note: 'x'.repeat(3 * 1024 * 1024) }));
    expect([large.statusCode, large.json<Problem>().code]).toEqual([413, 'body-too-large']);
  });

  it('counts the good ones among the worst', async () => {
    const target = await givenSession(t);
    const { id, personId } = await givenEnrolment(t, target);
    const [first, second] = [mark(id, 1), mark(id, 2)];
    const bad: Array<[string, unknown]> = [
      ['not-an-object', null],
      ['not-an-object', 'text'],
      ['not-an-object', 3],
      ['not-an-object', [[]]],
      ['bad-id', {}],
      ['bad-id', { ...mark(id, 1), id: "1'; DROP TABLE presence; --" }],
      ['not-storable', mark(id, 1, { by: 'a\0b' })],
      ['not-storable', mark(id, 1, { by: '\ud800' })],
      ['not-storable', mark(id, 1, { by: '@deep@' })],
      ['bad-time', mark(id, 1, { at: '+275760-09-13T00:00:00Z' })],
      ['bad-time', mark(id, 1, { at: 'NaN' })],
      ['bad-kind', mark(id, 1, { kind: ['present'] })],
      ['bad-kind', mark(id, 1, { kind: 'constructor' })],
      ['bad-value', mark(id, 1, { kind: 'partial', value: -1 })],
      ['bad-value', mark(id, 1, { kind: 'partial', value: '١' })],
      ['unit-unknown', mark(id, -1)],
      ['unit-unknown', mark(id, 1e21)],
      ['unit-unknown', mark(id, '')],
      ['unit-unknown', mark(id, '1; SELECT 1')],
      ['enrolment-unknown', mark(randomUUID(), 1)],
      ['who-missing', { ...mark(id, 1), enrolmentId: undefined }],
      [
        'pass-invalid',
        { ...mark(id, 1), enrolmentId: undefined, pass: `Q1.${'A'.repeat(22)}.${'A'.repeat(22)}` },
      ],
      ['pass-invalid', { ...mark(id, 1), enrolmentId: undefined, pass: '😀' }],
    ];
    const events = [first, ...bad.map(([, event]) => event), second];
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    const batch = { deviceId: 'broken', sentAt: t.clock.now().toISOString(), events };
    const text = JSON.stringify(batch).replace('"@deep@"', deep);
    const answer = await raw(text, 'application/json', target);
    expect(answer.statusCode).toBe(200);
    const { accepted, duplicates, review } = answer.json<{
      accepted: number;
      duplicates: number;
      review: Array<{ why: string }>;
    }>();
    expect(review.map(({ why }) => why).sort()).toEqual(bad.map(([why]) => why).sort());
    expect({ total: accepted + duplicates + review.length, accepted, duplicates }).toEqual({
      total: events.length,
      accepted: 2,
      duplicates: 0,
    });
    expect(await presenceOf(t, target.id)).toMatchObject([
      { personId, n: 1, minutes: 180 },
      { personId, n: 2, minutes: 150 },
    ]);
    expect(await t.db.read('test.raw', RAW, [target.id])).toHaveLength(events.length);
    // The same again is the same, also for events without ids.
    expect((await send(t, target, events)).json()).toEqual({
      accepted: 0,
      duplicates: events.length,
      review: [],
    });
    expect(await t.db.readOne('test.stuck', STUCK)).toEqual({ n: 0 });
  });

  it('gives long and strange reasons and names back unchanged', async () => {
    const { id } = await givenEnrolment(t, session);
    const reason = `<script>alert(1)</script> \u202eقافلة 🙂 ${'é'.repeat(10_000)}`;
    expect((await send(t, session, [mark(id, 2, { reason })])).json()).toMatchObject({ accepted: 1 });
    const rows = await t.db.read<{ body: { reason?: string } }>('test.raw', RAW, [session.id]);
    expect(rows.some(({ body }) => body.reason === reason)).toBe(true);
  });

  it('says nothing of passes to those who may not see them', async () => {
    const [mine, theirs] = [await givenEnrolment(t, session), await givenEnrolment(t, session)];
    for (const path of ['pass', 'pass.svg', 'pass.png']) {
      const url = `/enrolments/${theirs.id}/${path}`;
      expect((await t.api(url)).statusCode).toBe(401);
      expect((await t.api(url, { token: mine.token })).statusCode).toBe(404);
      expect((await t.api(url, { token: (await givenSession(t)).trainer.token })).statusCode).toBe(404);
      expect((await t.api(url, { token: session.trainer.token })).statusCode).toBe(200);
    }
    expect((await t.api('/enrolments/nobody/pass', { token: mine.token })).statusCode).toBe(404);
    const waiting = await givenEnrolment(t, session, { status: 'waiting' });
    const none = await t.api(`/enrolments/${waiting.id}/pass`, { token: waiting.token });
    expect([none.statusCode, none.json<Problem>().code]).toEqual([409, 'pass-needs-seat']);
  });
});
