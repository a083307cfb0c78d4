import { randomUUID } from 'node:crypto';
import { finishCourse } from '../support/api-steps.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { TestClock } from '../support/test-clock.js';

jest.setTimeout(180_000);

const PASSWORD = 'journey-password';
const PHONE = '06 61 00 00 61';
const E164 = '+212661000061';

interface Session {
  id: string;
  course: { id: string; slug: string };
  seatsLeft: number;
  units: Array<{ id: string; n: number; startsAt: string; endsAt: string }>;
}

interface Course {
  modules: Array<{ id: string; quiz: unknown }>;
}

describe('the whole journey, over the API', () => {
  let t: TestApp;
  let person: string;
  let personId: string;
  let session: Session;
  let code: string;
  const staff: Record<string, string> = {};

  const ok = async <T>(
    path: string,
    options: Parameters<TestApp['api']>[1] = {},
    status?: number,
  ): Promise<T> => {
    const answer = await t.api(path, options);
    const expected = status ?? (options.method === undefined && options.body !== undefined ? 201 : 200);
    if (answer.statusCode !== expected)
      throw new Error(`${path}: ${answer.statusCode} ${answer.body.slice(0, 500)}`);
    return answer.body ? answer.json<T>() : (undefined as T);
  };

  beforeAll(async () => {
    const clock = new TestClock('2026-12-01T10:00:00Z');
    t = await createTestApp({
      clock,
      env: { QAFILA_DEMO: '1', QAFILA_DEMO_PASSWORD: PASSWORD },
      isFirstStart: true,
    });
    for (const account of ['manager', 'trainer', 'funder']) {
      const body = { email: `${account}@qafila.test`, password: PASSWORD };
      staff[account] = (await ok<{ token: string }>('/auth/token', { body }, 200)).token;
    }
  });
  afterAll(() => t.close());

  it('signs up by phone in Arabic', async () => {
    const body = {
      phone: PHONE,
      name: { ar: { given: 'فاطمة', family: 'العمراني' }, fr: { given: 'Fatima', family: 'Amrani' } },
      gender: 'female',
      birthYear: 1988,
      commune: '01.571.01.11',
      city: 'tetouan',
      category: 'artisan',
      sector: 'tapis',
      language: 'ar',
      consents: ['training', 'sms'],
    };
    const signedUp = await ok<{ id: string; status: string }>('/people', { body });
    expect(signedUp.status).toBe('pending');
    const { challenge } = await ok<{ challenge: string }>('/auth/otp', { body: { phone: PHONE } }, 202);
    await t.runJobs();
    const outbox = await t.inject({ url: `/dev/outbox?to=${encodeURIComponent(E164)}` });
    const [message] = outbox.json<Array<{ body: string }>>();
    const digits = /\b\d{6}\b/.exec(message?.body ?? '')?.[0];
    const token = await ok<{ token: string; people: Array<{ id: string; name: string }> }>(
      '/auth/token',
      { body: { challenge, phone: PHONE, code: digits }, headers: { 'accept-language': 'ar' } },
      200,
    );
    person = token.token;
    personId = token.people[0]?.id ?? '';
    expect(token.people).toEqual([{ id: signedUp.id, name: 'فاطمة ع.' }]);
  });

  it('books a seat in Tétouan', async () => {
    const { items } = await ok<{ items: Session[] }>('/campaigns/caravane-2027/sessions?city=tetouan');
    const [found] = items;
    if (!found) throw new Error('Tétouan has no session');
    session = found;
    const booking = await ok<{ status: string }>(`/sessions/${session.id}/enrolments`, {
      token: person,
      body: {},
    });
    expect(booking.status).toBe('booked');
    const again = await ok<{ items: Session[] }>('/campaigns/caravane-2027/sessions?city=tetouan');
    expect(again.items[0]?.seatsLeft).toBe(session.seatsLeft - 1);
  });

  it('follows every lesson of the course and passes its quizzes', async () => {
    const { modules } = await ok<Course>(`/courses/${session.course.slug}?lang=fr`, { token: person });
    const quizzes = modules.filter(({ quiz }) => quiz);
    expect(quizzes.length).toBeGreaterThan(0);
    for (const { id } of quizzes) {
      const quiz = await ok<object>(`/modules/${id}/quiz`, { token: person });
      expect(JSON.stringify(quiz)).not.toMatch(/"(key|keys|correct|feedback)"/);
    }
    await finishCourse(t, person, session.course.slug);
  });

  it('is marked present in both half-days by the trainer', async () => {
    const [first] = session.units;
    if (!first) throw new Error('the session has no unit');
    t.clock.set(first.startsAt);
    for (const account of ['manager', 'trainer', 'funder']) {
      const body = { email: `${account}@qafila.test`, password: PASSWORD };
      staff[account] = (await ok<{ token: string }>('/auth/token', { body }, 200)).token;
    }
    const lead = staff['manager'];
    const roster = await ok<{
      people?: Array<{ enrolmentId: string }>;
      items?: Array<{ enrolmentId: string }>;
    }>(`/sessions/${session.id}/roster`, { token: lead });
    const [entry] = roster.people ?? roster.items ?? [];
    expect(JSON.stringify(roster)).not.toContain('661000061');
    t.clock.advance(600_000);
    const events = session.units.map(({ n, startsAt }) => ({
      id: randomUUID(),
      by: 'trainer',
      unit: n,
      at: startsAt,
      kind: 'present',
      enrolmentId: entry?.enrolmentId,
    }));
    const batch = { deviceId: 'phone-1', sentAt: t.clock.now().toISOString(), appVersion: '1', events };
    const result = await ok<{ accepted: number; duplicates: number; review: unknown[] }>(
      `/sessions/${session.id}/attendance`,
      { token: lead, body: batch },
      200,
    );
    expect(result).toMatchObject({ accepted: session.units.length, duplicates: 0, review: [] });
    const again = await ok<{ duplicates: number }>(
      `/sessions/${session.id}/attendance`,
      { token: lead, body: batch },
      200,
    );
    expect(again.duplicates).toBe(session.units.length);
    t.clock.set(session.units.at(-1)?.endsAt ?? first.endsAt);
    t.clock.advance(600_000);
  });

  it('closes the session and issues the certificate', async () => {
    const body = { email: 'manager@qafila.test', password: PASSWORD };
    const lead = (await ok<{ token: string }>('/auth/token', { body }, 200)).token;
    await ok(`/sessions/${session.id}/close`, { token: lead, body: {} }, 200);
    await t.runJobs();
    const { jobId } = await ok<{ jobId: string }>(
      '/campaigns/caravane-2027/certificates',
      { token: lead, body: { sessionId: session.id, confirmNames: true } },
      202,
    );
    await t.runJobs();
    const job = await ok<{ state: string; done: number; failures: unknown[] }>(`/jobs/${jobId}`, {
      token: lead,
    });
    expect(job).toMatchObject({ state: 'done', done: 1, failures: [] });
    const mine = await ok<{ items: Array<{ code: string }> }>('/me/certificates', { token: person });
    code = mine.items[0]?.code ?? '';
    expect(mine.items).toHaveLength(1);
  });

  it('can be checked by a stranger', async () => {
    const certificate = await ok<{ status: string }>(`/certificates/${code}`);
    expect(certificate.status).toBe('valid');
    expect(JSON.stringify(certificate)).toContain('العمراني');
    const page = await t.inject({ url: `/ar/v/${code}`, headers: { accept: 'text/html' } });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('العمراني');
    expect((await t.inject({ url: `/v/${code}.pdf` })).statusCode).not.toBe(200);
  });

  it('appears once in the agency’s figures', async () => {
    const body = { email: 'funder@qafila.test', password: PASSWORD };
    const token = (await ok<{ token: string }>('/auth/token', { body }, 200)).token;
    const manager = (
      await ok<{ token: string }>('/auth/token', { body: { ...body, email: 'manager@qafila.test' } }, 200)
    ).token;
    const path = '/campaigns/caravane-2027/participation?by=city,gender';
    const exact = await ok<{ rows: Array<Record<string, unknown>>; total: Record<string, number> }>(path, {
      token: manager,
    });
    expect(exact.rows).toEqual([
      {
        city: { slug: 'tetouan', name: 'Tétouan' },
        gender: 'female',
        candidates: 1,
        booked: 1,
        attended: 1,
        attendeeHours: 6.5,
        completed: 1,
        certified: 1,
      },
    ]);
    expect(exact.total).toMatchObject({ candidates: 1, attended: 1, certified: 1 });
    const protectedRows = await ok<{ rows: Array<Record<string, unknown>> }>(path, { token });
    expect(protectedRows.rows[0]).toMatchObject({ candidates: '<5', attended: '<5', attendeeHours: '<5' });
    expect(personId).not.toBe('');
  });
});
