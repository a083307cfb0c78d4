import { CompletionService } from '../../src/completion/public.js';
import { correction, mark, participationOf, send } from '../attendance/events.js';
import { givenEnrolment, givenGround, givenSession, type Ground } from '../attendance/factories.js';
import { createTestApp, type TestApp } from '../support/app.js';

const COMPLETION = `
  SELECT completed_at AS "completedAt", evidence FROM completion
   WHERE person_id = $1 AND course_id = $2 AND campaign_id = $3`;
const HISTORY = `SELECT kind, completed_at AS "completedAt" FROM completion_change WHERE person_id = $1 ORDER BY at, id`;
const CANCEL = `UPDATE session SET status = 'cancelled', cancelled_at = $2 WHERE id = $1`;

describe('completion of a course in a campaign', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp()), 60_000);
  afterAll(() => t.close());
  afterEach(() => t.clock.set('2027-01-15T09:00:00Z'));

  const completionOf = (personId: string, { courseId, campaignId }: Ground) =>
    t.db.readOne<{ completedAt: Date; evidence: object }>('test.completion', COMPLETION, [
      personId,
      courseId,
      campaignId,
    ]);
  const historyOf = (personId: string) =>
    t.db.read<{ kind: string; completedAt: Date }>('test.history', HISTORY, [personId]);

  it('comes with enough presence, at the end of the half-day that made it enough', async () => {
    const session = await givenSession(t);
    t.clock.set('2027-01-15T18:00:00Z');
    const { id, personId } = await givenEnrolment(t, session);
    await send(t, session, [mark(id, 1)]);
    expect(await completionOf(personId, session.ground)).toBeUndefined();
    await send(t, session, [mark(id, 2, { kind: 'partial' })]);
    expect(await completionOf(personId, session.ground)).toMatchObject({
      completedAt: session.units[1]?.endsAt,
      evidence: {
        attendance: { units: 2, of: 2, share: 80, sessions: { [session.id]: [1, 2] } },
        modules: { of: 0 },
      },
    });
    expect(await participationOf(t, session.id)).toMatchObject([{ completedAt: session.units[1]?.endsAt }]);
  });

  it('goes with a correction, comes back with another, and both are remembered', async () => {
    const session = await givenSession(t);
    const { id, personId } = await givenEnrolment(t, session);
    const step = async (event: unknown) => {
      t.clock.advance(60_000);
      await send(t, session, [event]);
      return (await completionOf(personId, session.ground)) !== undefined;
    };
    expect(await step(mark(id, 1))).toBe(false);
    expect(await step(mark(id, 2))).toBe(true);
    expect(await step(correction(id, 2, 'absent', '2027-01-15T09:03:00Z', { reason: 'confondue' }))).toBe(
      false,
    );
    expect(await participationOf(t, session.id)).toMatchObject([{ units: 1, completedAt: null }]);
    expect(await step(mark(id, 2))).toBe(false);
    expect(await step(correction(id, 2, 'present', '2027-01-15T09:04:00Z'))).toBe(true);
    expect((await historyOf(personId)).map(({ kind }) => kind)).toEqual([
      'completed',
      'withdrawn',
      'completed',
    ]);
  });

  it('takes a half-day missed in one city and made up in another, and shows it in both', async () => {
    const ground = await givenGround(t);
    const tetouan = await givenSession(t, { ground });
    const mdiq = await givenSession(t, { ground, city: 'mdiq', date: '2027-01-16' });
    const one = await givenEnrolment(t, tetouan);
    const two = await givenEnrolment(t, mdiq, { personId: one.personId });
    await send(t, tetouan, [mark(one.id, 1), mark(one.id, 2, { kind: 'absent' })]);
    await send(t, mdiq, [mark(two.id, 1)]);
    expect(await completionOf(one.personId, ground)).toBeUndefined();
    await send(t, mdiq, [mark(two.id, 2)]);
    const completion = await completionOf(one.personId, ground);
    expect(completion).toMatchObject({
      evidence: { attendance: { units: 2, sessions: { [tetouan.id]: [1], [mdiq.id]: [1, 2] } } },
    });
    expect(await participationOf(t, tetouan.id)).toMatchObject([{ completedAt: completion?.completedAt }]);
    expect(await participationOf(t, mdiq.id)).toMatchObject([{ completedAt: completion?.completedAt }]);
  });

  it('sees both when two sessions are marked at the same time', async () => {
    const ground = await givenGround(t);
    const tetouan = await givenSession(t, { ground });
    const mdiq = await givenSession(t, { ground, city: 'mdiq', date: '2027-01-16' });
    const people = [];
    for (let i = 0; i < 8; i++) {
      const one = await givenEnrolment(t, tetouan);
      people.push({ ...one, there: (await givenEnrolment(t, mdiq, { personId: one.personId })).id });
    }
    await Promise.all(
      people.flatMap(({ id, there }) => [send(t, tetouan, [mark(id, 1)]), send(t, mdiq, [mark(there, 2)])]),
    );
    for (const { personId } of people) expect(await completionOf(personId, ground)).toBeDefined();
  });

  it('is asked in another campaign anew, and of a longer session in full', async () => {
    const ground = await givenGround(t);
    const long = await givenSession(t, {
      ground,
      hours: [
        ['08:00', '10:00'],
        ['10:00', '12:00'],
        ['13:00', '15:00'],
        ['15:00', '17:00'],
      ],
    });
    const short = await givenSession(t, { ground, date: '2027-01-18' });
    const elsewhere = await givenSession(t, { date: '2027-01-20' });
    const one = await givenEnrolment(t, long);
    const two = await givenEnrolment(t, short, { personId: one.personId });
    const three = await givenEnrolment(t, elsewhere, { personId: one.personId });
    await send(t, short, [mark(two.id, 1), mark(two.id, 2)]);
    await send(t, elsewhere, [mark(three.id, 1)]);
    expect(await completionOf(one.personId, ground)).toBeUndefined();
    await send(t, long, [mark(one.id, 3)]);
    expect(await completionOf(one.personId, ground)).toBeUndefined();
    await send(t, long, [mark(one.id, 4)]);
    expect(await completionOf(one.personId, ground)).toBeDefined();
    expect(await completionOf(one.personId, elsewhere.ground)).toBeUndefined();
  });

  it('does not ask for half-days of a session that was cancelled', async () => {
    const ground = await givenGround(t);
    const cancelled = await givenSession(t, {
      ground,
      hours: [
        ['08:00', '10:00'],
        ['10:00', '12:00'],
        ['13:00', '15:00'],
      ],
    });
    const held = await givenSession(t, { ground, date: '2027-01-18' });
    const one = await givenEnrolment(t, cancelled);
    const two = await givenEnrolment(t, held, { personId: one.personId });
    await send(t, cancelled, [mark(one.id, 1, { kind: 'absent' })]);
    await t.db.write('test.cancel', CANCEL, [cancelled.id, t.clock.now()]);
    await send(t, held, [mark(two.id, 1), mark(two.id, 2)]);
    expect(await completionOf(one.personId, ground)).toBeDefined();
  });

  it('needs somebody in the room even where a campaign asks for no share', async () => {
    const ground = await givenGround(t, 0);
    const session = await givenSession(t, { ground });
    const [there, absent] = [await givenEnrolment(t, session), await givenEnrolment(t, session)];
    await send(t, session, [mark(absent.id, 1, { kind: 'absent' }), mark(there.id, 2)]);
    await t.api(`/sessions/${session.id}/close`, { token: session.trainer.token, body: {} });
    expect(await completionOf(there.personId, ground)).toBeDefined();
    expect(await completionOf(absent.personId, ground)).toBeUndefined();
    expect(await t.app.get(CompletionService).standingOf(ground, absent.personId)).toMatchObject({
      completedAt: null,
      failing: ['attendance'],
      evidence: { attendance: { units: 0, of: 2, share: 0 } },
    });
  });

  it('keeps its instant when it is computed again', async () => {
    const session = await givenSession(t);
    const { id, personId } = await givenEnrolment(t, session);
    await send(t, session, [mark(id, 1), mark(id, 2)]);
    const before = await completionOf(personId, session.ground);
    expect(before?.completedAt).toEqual(t.clock.now());
    t.clock.advance(3600_000);
    await t.app.get(CompletionService).recompute(session.ground, [personId]);
    expect(await completionOf(personId, session.ground)).toEqual(before);
    expect(await historyOf(personId)).toHaveLength(1);
  });
});
