import { PresenceRebuildService } from '../../src/attendance/public.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { correction, mark, participationOf, presenceOf, send } from './events.js';
import { givenEnrolment, givenSession, type GivenSession } from './factories.js';

const STATUS = `SELECT status, closed_at AS "closedAt" FROM session WHERE id = $1`;
const CLOSINGS = `
  SELECT closed_at AS "closedAt", closed_by AS "closedBy", log, reopened_by AS "reopenedBy", reason
    FROM session_closing WHERE session_id = $1 ORDER BY closed_at`;
const CLOSE_BY_HAND = `UPDATE session SET status = 'closed', closed_at = $2 WHERE id = $1`;
const AUDIT = `SELECT action FROM audit_event WHERE subject_id = $1 ORDER BY seq`;
const ROWS = `
  SELECT e.id, e.review, e.flag, e.mark, e.minutes, e.correction, e.after_close AS "afterClose", e.happened_at AS "happenedAt",
         e.enrolment_id AS "enrolmentId", e.person_id AS "personId", e.unit_id AS "unitId", e.review_facts AS facts
    FROM attendance_event e WHERE e.session_id = $1 ORDER BY e.id`;
const SPOIL_EVENTS = `
  UPDATE attendance_event SET mark = 'absent', minutes = 0, correction = true, after_close = true WHERE review IS NULL AND session_id = $1`;
const SPOIL_PRESENCE = `UPDATE presence SET state = 'absent', minutes = 0, event_id = NULL, after_close = true WHERE session_id = $1`;
const SPOIL_COUNTS = `UPDATE participation SET units_attended = 9, minutes_present = 9, completed_at = NULL WHERE session_id = $1`;
const LOSE_PRESENCE = `DELETE FROM presence WHERE session_id = $1 AND unit_id = $2`;
const COMPLETIONS = `SELECT person_id AS "personId", completed_at AS "completedAt", evidence FROM completion WHERE course_id = $1 ORDER BY 1`;

describe('closing a session', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp()), 60_000);
  afterAll(() => t.close());
  afterEach(() => t.clock.set('2027-01-15T09:00:00Z'));

  const close = (s: GivenSession, token = s.trainer.token, body: unknown = { log: 'Bonne séance' }) =>
    t.api(`/sessions/${s.id}/close`, { token, body });
  const reopen = (s: GivenSession, token = s.coordinator.token, body: unknown = { reason: 'Deux oubliés' }) =>
    t.api(`/sessions/${s.id}/reopen`, { token, body });

  it('takes what happened before the close and arrives after it, marked so; later things go to review', async () => {
    const session = await givenSession(t);
    const [early, late] = [await givenEnrolment(t, session), await givenEnrolment(t, session)];
    t.clock.set('2027-01-15T17:00:00Z');
    expect((await close(session)).json()).toEqual({ status: 'closed', closedAt: '2027-01-15T17:00:00.000Z' });
    t.clock.set('2027-01-15T20:00:00Z');
    // Two hours slow: 14:59:59 on the phone is 16:59:59 of the server, a second before the close.
    const sentAt = '2027-01-15T18:00:00Z';
    const before = mark(early.id, 1, { at: '2027-01-15T14:59:59Z' });
    const at = mark(late.id, 1, { at: '2027-01-15T15:00:00Z' });
    const after = correction(early.id, 1, 'absent', '2027-01-15T16:00:00Z');
    expect((await send(t, session, [before, at, after], { sentAt })).json()).toMatchObject({
      accepted: 1,
      duplicates: 0,
      review: [at, after]
        .map(({ id }) => ({ id, why: 'after-close', counted: false }))
        .sort((a, b) => (a.id! < b.id! ? -1 : 1)),
    });
    expect(await presenceOf(t, session.id)).toMatchObject([
      { personId: early.personId, state: 'present', afterClose: true },
    ]);
  });

  it('is done once, by its trainer or coordinator, with the log kept', async () => {
    const session = await givenSession(t);
    expect((await close(session)).statusCode).toBe(200);
    const again = await close(session);
    expect(again.statusCode).toBe(409);
    expect(again.json()).toMatchObject({ code: 'roll-call-closed', closedAt: '2027-01-15T09:00:00.000Z' });
    expect(await t.db.readOne('test.status', STATUS, [session.id])).toMatchObject({ status: 'closed' });
    expect(await t.db.read('test.closings', CLOSINGS, [session.id])).toMatchObject([
      { closedBy: session.trainer.id, log: 'Bonne séance', reason: null },
    ]);
    const parallel = await givenSession(t);
    const answers = await Promise.all(
      [1, 2, 3, 4].map((i) =>
        close(parallel, i % 2 ? parallel.trainer.token : parallel.coordinator.token, {}),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409]);
  });

  it('is undone by a coordinator with a reason, after which the roll goes on', async () => {
    const session = await givenSession(t);
    const { id } = await givenEnrolment(t, session);
    expect((await reopen(session)).json()).toMatchObject({ status: 409, code: 'roll-call-not-closed' });
    await close(session);
    const refused = mark(id, 1, { at: '2027-01-15T09:30:00Z' });
    t.clock.set('2027-01-15T10:00:00Z');
    await send(t, session, [refused]);
    expect((await reopen(session, session.trainer.token)).statusCode).toBe(403);
    for (const body of [{}, { reason: '' }, { reason: '  a  ' }, { reason: 7 }, { reason: 'x'.repeat(501) }])
      expect((await reopen(session, session.coordinator.token, body)).statusCode).toBe(422);
    expect((await reopen(session)).json()).toEqual({ status: 'planned', closedAt: null });
    expect(await t.db.read('test.closings', CLOSINGS, [session.id])).toMatchObject([
      { reopenedBy: session.coordinator.id, reason: 'Deux oubliés' },
    ]);
    t.clock.set('2027-01-15T10:05:00Z');
    expect((await send(t, session, [mark(id, 2, { at: '2027-01-15T10:04:00Z' })])).json()).toMatchObject({
      accepted: 1,
      review: [],
    });
    expect(await presenceOf(t, session.id)).toMatchObject([{ n: 2, afterClose: false }]);
    expect((await close(session)).statusCode).toBe(200);
    expect(await t.db.read('test.audit', AUDIT, [session.id])).toEqual(
      [
        'attendance.close',
        'attendance.record',
        'attendance.reopen',
        'attendance.record',
        'attendance.close',
      ].map((action) => ({ action })),
    );
  });

  it('holds for a session that was loaded closed', async () => {
    const session = await givenSession(t);
    const { id } = await givenEnrolment(t, session);
    await t.db.write('test.closeByHand', CLOSE_BY_HAND, [session.id, '2027-01-14T00:00:00Z']);
    expect((await send(t, session, [mark(id, 1)])).json()).toMatchObject({
      review: [{ why: 'after-close' }],
    });
    expect((await reopen(session)).statusCode).toBe(200);
    t.clock.advance(1000);
    expect((await send(t, session, [mark(id, 2)])).json()).toMatchObject({ accepted: 1 });
    expect(await t.db.read('test.closings', CLOSINGS, [session.id])).toMatchObject([
      { closedBy: null, reason: 'Deux oubliés' },
    ]);
  });

  it('completes nobody', async () => {
    const session = await givenSession(t);
    await givenEnrolment(t, session);
    await close(session);
    await t.app.get(PresenceRebuildService).rebuild(session.id);
    expect(await t.db.read('test.completions', COMPLETIONS, [session.ground.courseId])).toEqual([]);
  });

  it('is another trainer’s to nobody’s knowledge', async () => {
    const [mine, theirs] = [await givenSession(t), await givenSession(t)];
    const strangers = [
      mine.trainer.token,
      mine.coordinator.token,
      (await givenStaff(t, 'trainer', { kind: 'organisation', id: theirs.ground.organisationId })).token,
    ];
    const unknown = '01994a3e-0000-7000-8000-000000000001';
    const bodyOf = (answer: { body: string }) => answer.body.replace(/urn:request:[\w-]+/, '');
    for (const token of strangers) {
      for (const [path, body] of [
        ['roster', undefined],
        ['attendance', { deviceId: 'd', sentAt: '2027-01-15T09:00:00Z', events: [] }],
        ['close', {}],
        ['reopen', { reason: 'pourquoi pas' }],
      ] as const) {
        const answer = await t.api(`/sessions/${theirs.id}/${path}`, { token, body });
        const nothing = await t.api(`/sessions/${unknown}/${path}`, { token, body });
        expect([path, answer.statusCode]).toEqual([path, 404]);
        expect(bodyOf(answer)).toBe(bodyOf(nothing));
      }
    }
    expect((await t.api(`/sessions/${mine.id}/roster`)).statusCode).toBe(401);
    const person = await givenEnrolment(t, mine);
    expect((await t.api(`/sessions/${mine.id}/roster`, { token: person.token })).statusCode).toBe(403);
    expect((await t.api(`/sessions/not-an-id/roster`, { token: mine.trainer.token })).statusCode).toBe(404);
  });

  it('can be rebuilt from the raw events to the very same rows', async () => {
    const session = await givenSession(t, {});
    const people = [];
    for (let i = 0; i < 5; i++)
      people.push(await givenEnrolment(t, session, { status: i === 4 ? 'waiting' : 'booked' }));
    const pass = await t.api(`/enrolments/${people[0]!.id}/pass`, { token: people[0]!.token });
    const events = people.flatMap(({ id }, i) => [
      mark(id, 1, { kind: i === 1 ? 'partial' : 'present', ...(i === 1 ? { value: 50 } : {}) }),
      mark(id, 2, { kind: i === 2 ? 'absent' : 'present' }),
      correction(id, 2, i === 3 ? 'absent' : 'present', `2027-01-15T08:0${i}:00Z`),
    ]);
    const shown = { ...mark('', 1, { pass: pass.json<{ qr: string }>().qr }), enrolmentId: undefined };
    await send(t, session, [...events.slice(0, 8), shown, null, { id: 'bad' }, mark(people[0]!.id, 7)]);
    t.clock.set('2027-01-15T09:30:00Z');
    await close(session);
    t.clock.set('2027-01-15T09:40:00Z');
    await send(t, session, [...events.slice(8), mark(people[1]!.id, 2, { at: '2027-01-15T09:35:00Z' })], {
      deviceId: 'b',
    });
    await reopen(session);
    t.clock.set('2027-01-15T09:50:00Z');
    const all = async () => ({
      presence: await presenceOf(t, session.id),
      participation: await participationOf(t, session.id),
      events: await t.db.read('test.rows', ROWS, [session.id]),
      completions: await t.db.read('test.completions', COMPLETIONS, [session.ground.courseId]),
    });
    const before = await all();
    expect(before.completions.length).toBeGreaterThan(2);
    expect(before.presence.some(({ afterClose }) => afterClose)).toBe(true);
    const rebuild = () => t.app.get(PresenceRebuildService).rebuild(session.id);
    expect(await rebuild()).toEqual({ sessions: 1, events: 20, persons: 5 });
    expect(await all()).toEqual(before);
    await t.db.write('test.spoilEvents', SPOIL_EVENTS, [session.id]);
    await t.db.write('test.spoilPresence', SPOIL_PRESENCE, [session.id]);
    await t.db.write('test.spoilCounts', SPOIL_COUNTS, [session.id]);
    await t.db.write('test.losePresence', LOSE_PRESENCE, [session.id, session.units[1]!.id]);
    expect((await all()).presence).not.toEqual(before.presence);
    await rebuild();
    expect(await all()).toEqual(before);
    const whole = await t.app.get(PresenceRebuildService).rebuild();
    expect(whole.sessions).toBeGreaterThanOrEqual(2);
    expect(await all()).toEqual(before);
  });
});
