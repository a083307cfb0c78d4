import { createHash } from 'node:crypto';
import { createTestApp, type TestApp } from '../support/app.js';
import { mark, send } from './events.js';
import { givenEnrolment, givenSession } from './factories.js';

const CODES = `SELECT count(*)::int AS n, count(DISTINCT code)::int AS different FROM pass`;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const digest = (text: string) => createHash('sha256').update(text).digest('hex');

interface Roster {
  sessionId: string;
  status: string;
  city: { slug: string; name: string };
  course: string;
  units: Array<Record<string, unknown>>;
  people: Array<{
    enrolmentId: string;
    passDigest: string;
    codeDigest: string;
    presence: Record<string, string>;
  }>;
}

describe('passes and the roster', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp()), 60_000);
  afterAll(() => t.close());

  it('gives a seat one pass, always the same, as text and as pictures', async () => {
    const session = await givenSession(t);
    const { id, token } = await givenEnrolment(t, session);
    const show = (suffix = '') => t.api(`/enrolments/${id}/pass${suffix}`, { token });
    const answers = await Promise.all([show(), show(), show(), show()]);
    const passes = answers.map((answer) => answer.json<{ code: string; qr: string }>());
    expect(new Set(passes.map((pass) => JSON.stringify(pass))).size).toBe(1);
    expect(passes[0]).toEqual({
      code: expect.stringMatching(/^\d{8}$/),
      qr: expect.stringMatching(/^Q1\.[\w-]{22}\.[\w-]{22}$/),
    });
    const svg = await show('.svg');
    expect([svg.statusCode, svg.headers['content-type'], svg.headers['cache-control']]).toEqual([
      200,
      'image/svg+xml',
      'private, no-store',
    ]);
    expect(svg.body).toMatch(/^<svg xmlns/);
    const png = await show('.png');
    expect(png.headers['content-type']).toBe('image/png');
    expect(png.rawPayload.subarray(0, 4)).toEqual(PNG);
  });

  it('holds names, digests of passes and units, and nothing else of a person', async () => {
    const session = await givenSession(t);
    const people: Array<{ id: string; token: string }> = [];
    for (let i = 0; i < 12; i++)
      people.push(
        await givenEnrolment(t, session, { name: ['Fatima', `Amrani ${i}`], nameAr: ['فاطمة', 'العمراني'] }),
      );
    await givenEnrolment(t, session, { status: 'cancelled' });
    await send(t, session, [mark(people[3]!.id, 2, { kind: 'partial' })]);
    const rosters = await Promise.all(
      [1, 2, 3].map(() => t.api(`/sessions/${session.id}/roster`, { token: session.trainer.token })),
    );
    const [roster, ...others] = rosters.map((answer) => answer.json<Roster>());
    expect(others).toEqual([roster, roster]);
    expect(roster).toMatchObject({
      sessionId: session.id,
      status: 'planned',
      city: { slug: 'tetouan', name: 'Tétouan' },
      course: 'E-marketing',
      units: [
        {
          id: session.units[0]?.id,
          n: 1,
          localDate: '2027-01-15',
          localStart: '09:00',
          localEnd: '12:00',
          zone: 'Africa/Casablanca',
          startsAt: '2027-01-15T09:00:00.000Z',
        },
        { n: 2, endsAt: '2027-01-15T16:30:00.000Z' },
      ],
    });
    expect(roster?.people).toHaveLength(12);
    for (const person of roster?.people ?? []) {
      expect(Object.keys(person).sort()).toEqual([
        'codeDigest',
        'enrolmentId',
        'name',
        'passDigest',
        'presence',
        'status',
      ]);
      const mine = people.find(({ id }) => id === person.enrolmentId)!;
      const pass = (await t.api(`/enrolments/${mine.id}/pass`, { token: mine.token })).json<{
        code: string;
        qr: string;
      }>();
      expect([person.passDigest, person.codeDigest]).toEqual([digest(pass.qr), digest(pass.code)]);
    }
    expect(roster?.people.find(({ enrolmentId }) => enrolmentId === people[3]!.id)?.presence).toEqual({
      [session.units[1]!.id]: 'partial',
    });
    expect(rosters[0]?.body).not.toMatch(/\+212|birth|photo/);
    expect(await t.db.readOne('test.codes', CODES)).toEqual({ n: 13, different: 13 });
  });

  it('serves the session’s trainer and coordinator in their language', async () => {
    const session = await givenSession(t);
    for (const { token } of [session.trainer, session.coordinator]) {
      const answer = await t.api(`/sessions/${session.id}/roster`, {
        token,
        headers: { 'accept-language': 'ar' },
      });
      expect(answer.json()).toMatchObject({
        course: 'التسويق الإلكتروني',
        city: { name: 'تطوان' },
        people: [],
      });
    }
  });
});
