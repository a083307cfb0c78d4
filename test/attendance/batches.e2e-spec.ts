import { randomUUID } from 'node:crypto';
import { createTestApp, type TestApp } from '../support/app.js';
import { correction, mark, participationOf, presenceOf, send } from './events.js';
import { givenEnrolment, givenSession } from './factories.js';

const RAW = `SELECT body, skew_ms AS "skewMs", review, flag FROM attendance_event WHERE session_id = $1 ORDER BY id`;

describe('batches of attendance', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp()), 60_000);
  afterAll(() => t.close());

  it('counts what it can, lists the rest with the reason, and refuses no batch', async () => {
    const session = await givenSession(t);
    const [ali, mina] = [await givenEnrolment(t, session), await givenEnrolment(t, session)];
    const good = [mark(ali.id, 1), mark(mina.id, session.units[0]?.id ?? '', { kind: 'partial', value: 45 })];
    const bad = mark(mina.id, 9);
    const answer = await send(t, session, [good[0], bad, good[1]]);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      accepted: 2,
      duplicates: 0,
      review: [
        {
          id: bad['id'],
          why: 'unit-unknown',
          counted: false,
          detail: expect.stringContaining('demi-journée'),
        },
      ],
    });
    expect(await presenceOf(t, session.id)).toEqual(
      [
        {
          personId: ali.personId,
          n: 1,
          state: 'present',
          minutes: 180,
          eventId: good[0]?.['id'],
          afterClose: false,
        },
        {
          personId: mina.personId,
          n: 1,
          state: 'partial',
          minutes: 45,
          eventId: good[1]?.['id'],
          afterClose: false,
        },
      ].sort((a, b) => (a.personId < b.personId ? -1 : 1)),
    );
    expect(await participationOf(t, session.id)).toEqual(
      [
        { personId: ali.personId, booked: true, units: 1, minutes: 180, completedAt: null },
        { personId: mina.personId, booked: true, units: 1, minutes: 45, completedAt: null },
      ].sort((a, b) => (a.personId < b.personId ? -1 : 1)),
    );
  });

  it('keeps every member it was sent', async () => {
    const session = await givenSession(t);
    const { id } = await givenEnrolment(t, session);
    const event = mark(id, 1, { battery: 0.4, note: { mood: ['🙂', 'قافلة'] }, by: 'Salma', idSeen: true });
    await send(t, session, [event]);
    const [row] = await t.db.read<{ body: unknown }>('test.raw', RAW, [session.id]);
    expect(row?.body).toEqual(event);
  });

  it('counts an id once: in one batch, in another, by another device and at the same time', async () => {
    const session = await givenSession(t);
    const { id } = await givenEnrolment(t, session);
    const event = mark(id, 1);
    expect((await send(t, session, [event, event, { ...event, kind: 'absent' }])).json()).toMatchObject({
      accepted: 1,
      duplicates: 2,
    });
    expect((await send(t, session, [event])).json()).toEqual({ accepted: 0, duplicates: 1, review: [] });
    const events = Array.from({ length: 40 }, () => mark(id, 2));
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        send(t, session, i % 2 ? events : [...events].reverse(), { deviceId: `d${i % 3}` }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(12).fill(200));
    const sum = (key: string) =>
      answers.reduce((total, answer) => total + answer.json<Record<string, number>>()[key]!, 0);
    expect([sum('accepted'), sum('duplicates')]).toEqual([40, 440]);
  });

  it('gives three devices in any order the same presence as one', async () => {
    const one = await givenSession(t);
    const people = [await givenEnrolment(t, one), await givenEnrolment(t, one), await givenEnrolment(t, one)];
    const events = people.flatMap(({ id }, i) => [
      mark(id, 1, { kind: i === 1 ? 'absent' : 'present' }),
      mark(id, 2, { kind: 'partial' }),
      correction(id, 1, 'partial', '2027-01-15T09:10:00Z'),
      correction(id, 1, i === 2 ? 'absent' : 'present', '2027-01-15T09:20:00Z', { reason: 'erreur' }),
      correction(id, 2, 'absent', '2027-01-15T09:05:00Z'),
    ]);
    await Promise.all(
      [0, 1, 2].flatMap((device) =>
        [events.slice(device * 4, device * 4 + 9), [...events].reverse()].map((batch) =>
          send(t, one, batch, { deviceId: `phone-${device}` }),
        ),
      ),
    );
    const states = new Map(
      (await presenceOf(t, one.id)).map((row) => [`${row.personId} ${row.n}`, row.state]),
    );
    for (const [i, { personId }] of people.entries()) {
      expect(states.get(`${personId} 1`)).toBe(i === 2 ? 'absent' : 'present');
      expect(states.get(`${personId} 2`)).toBe('absent');
    }
    expect((await participationOf(t, one.id)).map(({ units }) => units).sort()).toEqual([0, 1, 1]);
  });

  it('places events on its own clock, so that a phone in the wrong year corrects nothing by it', async () => {
    const session = await givenSession(t);
    const { id } = await givenEnrolment(t, session);
    await send(t, session, [correction(id, 1, 'present', '2027-01-15T08:50:00Z')], { deviceId: 'right' });
    // Its clock says 2031; ten minutes before it sent, somebody said absent.
    await send(t, session, [correction(id, 1, 'absent', '2031-06-01T11:40:00Z')], {
      deviceId: 'ahead',
      sentAt: '2031-06-01T12:00:00Z',
    });
    expect(await presenceOf(t, session.id)).toMatchObject([{ state: 'present' }]);
    await send(t, session, [correction(id, 1, 'partial', '1970-01-01T00:05:00Z')], {
      deviceId: 'behind',
      sentAt: '1970-01-01T00:06:00Z',
    });
    expect(await presenceOf(t, session.id)).toMatchObject([{ state: 'partial', minutes: 90 }]);
  });

  it('flags a device whose clock moved by more than ten minutes, and counts its events', async () => {
    const session = await givenSession(t);
    const { id } = await givenEnrolment(t, session);
    /** Sends when the device's clock is so many minutes ahead of the server's. */
    const sendAhead = async (minutes: number, event: unknown, deviceId = 'phone-1') => {
      t.clock.advance(1000);
      const sentAt = new Date(t.clock.now().getTime() + minutes * 60_000).toISOString();
      return (await send(t, session, [event], { sentAt, deviceId })).json();
    };
    expect(await sendAhead(0, mark(id, 1))).toMatchObject({ accepted: 1, review: [] });
    expect(await sendAhead(10, mark(id, 1))).toMatchObject({ accepted: 1, review: [] });
    const moved = mark(id, 2);
    expect(await sendAhead(-1, moved)).toMatchObject({
      accepted: 1,
      review: [{ id: moved['id'], why: 'clock-changed', counted: true }],
    });
    expect(await sendAhead(-60, mark(id, 2), 'other')).toMatchObject({ accepted: 1, review: [] });
    expect(await presenceOf(t, session.id)).toHaveLength(2);
  });

  it('takes a person with a pass, and says whose pass another one is', async () => {
    const [tetouan, mdiq] = [
      await givenSession(t),
      await givenSession(t, { city: 'mdiq', date: '2027-01-16' }),
    ];
    const [here, there] = [await givenEnrolment(t, tetouan), await givenEnrolment(t, mdiq)];
    const pass = async (enrolment: { id: string; token: string }) =>
      (await t.api(`/enrolments/${enrolment.id}/pass`, { token: enrolment.token })).json<{
        code: string;
        qr: string;
      }>();
    const [mine, other] = [await pass(here), await pass(there)];
    const by = (shown: string, unit: number): Record<string, unknown> => ({
      ...mark(here.id, unit, { pass: shown }),
      enrolmentId: undefined,
    });
    const spaced = mine.code.replace(/(....)/, '$1 ');
    expect((await send(t, tetouan, [by(mine.qr, 1), by(spaced, 2)])).json()).toMatchObject({
      accepted: 2,
      review: [],
    });
    const altered = mine.qr.slice(0, -1) + (mine.qr.endsWith('A') ? 'B' : 'A');
    const wrong = [
      by(altered, 1),
      by(other.qr, 1),
      by(other.code, 1),
      by('12345678', 1),
      { ...by(mine.qr, 1), enrolmentId: there.id },
    ];
    const { review } = (await send(t, tetouan, wrong)).json<{
      review: Array<{ id: string; why: string; detail: string }>;
    }>();
    const whys = new Map(review.map(({ id, why, detail }) => [id, `${why}: ${detail}`]));
    expect(wrong.map((event) => whys.get(String(event['id'])))).toEqual([
      'pass-invalid: Pass invalide.',
      "pass-of-another-session: Inscrit à M'diq, samedi 16 janvier 2027.",
      "pass-of-another-session: Inscrit à M'diq, samedi 16 janvier 2027.",
      'pass-invalid: Pass invalide.',
      expect.stringMatching(/^pass-mismatch/),
    ]);
  });

  it('records whoever comes without a seat, and says so', async () => {
    const session = await givenSession(t);
    const waiting = await givenEnrolment(t, session, { status: 'waiting' });
    const event = mark(waiting.id, 1);
    expect((await send(t, session, [event])).json()).toMatchObject({
      accepted: 1,
      review: [{ id: event['id'], why: 'without-seat', counted: true }],
    });
    expect(await participationOf(t, session.id)).toMatchObject([{ booked: false, units: 1 }]);
  });

  it('does not let one session take the ids of another', async () => {
    const [one, other] = [await givenSession(t), await givenSession(t)];
    const [a, b] = [await givenEnrolment(t, one), await givenEnrolment(t, other)];
    const id = randomUUID();
    await send(t, one, [mark(a.id, 1, { id })]);
    const taken = await send(t, other, [mark(b.id, 1, { id }), mark(b.id, 2)]);
    expect(taken.json()).toMatchObject({
      accepted: 1,
      duplicates: 0,
      review: [{ why: 'id-used-elsewhere' }],
    });
    expect((await send(t, other, [mark(b.id, 1, { id })])).json()).toMatchObject({
      accepted: 0,
      duplicates: 1,
    });
    expect((await send(t, other, [mark(a.id, 1)])).json()).toMatchObject({
      review: [{ why: 'enrolment-unknown' }],
    });
  });
});
