import { randomBytes, randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import sharp from 'sharp';
import { givenEnrolment, type GivenSession, givenSession } from '../attendance/factories.js';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type CourseFolder, courseFiles, givenCourses, MODULE } from '../support/courses.js';
import { multipart } from './forms.js';

const FILE = 'tissage/01-le-prix/module.yaml';
const TICK = `  - id: coche
    kind: exercise
    title: { fr: Faites, ar: أنجز }
    text: { fr: Faites-le., ar: أنجز. }
    proof: tick
`;
/** Id of the fixture's exercise that asks for a photo. */
const BLOCK = 'devoir';
const LINK = 'https://exemple.ma/ma-page?a=1';

interface Step {
  id: string;
  kind: string;
  proof: string | null;
  photo: string | null;
  note: string | null;
  reason: string | null;
  by: string | null;
}
interface Task {
  id: string;
  state: string;
  steps: Step[];
  person?: { id: string; name: string };
}

jest.setTimeout(30_000);

describe('real-world tasks', () => {
  let t: TestApp;
  let courses: CourseFolder;
  let session: GivenSession;
  let other: GivenSession;

  beforeAll(async () => {
    const files = courseFiles();
    files.set(FILE, `${files.get(FILE)}${TICK}`);
    courses = await givenCourses(files);
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
    const courseId = (await t.api('/courses/tissage')).json<{ id: string }>().id;
    [session, other] = [await givenSession(t), await givenSession(t)];
    for (const { id } of [session, other])
      await t.db.write('test.taught', 'UPDATE session SET course_id = $2 WHERE id = $1', [id, courseId]);
  }, 60_000);
  afterAll(async () => {
    await t.close();
    await courses.remove();
  });

  async function givenTrainee(at: GivenSession = session): Promise<{ id: string; token: string }> {
    const person = await givenPerson(t);
    await givenEnrolment(t, at, { personId: person.id });
    return person;
  }
  const address = (block = BLOCK) => `/modules/${MODULE}/tasks/${block}`;
  const handIn = (token: string, body: object, block?: string) => t.api(address(block), { token, body });
  const send = async (
    token: string,
    fields: Record<string, string | Blob>,
  ): Promise<LightMyRequestResponse> => {
    const { payload, headers } = await multipart(fields);
    const url = `/api/v1${address()}`;
    return t.inject({
      method: 'POST',
      url,
      payload,
      headers: { ...headers, authorization: `Bearer ${token}` },
    });
  };
  const photo = (content: Buffer) => ({ photo: new Blob([new Uint8Array(content)]) });
  const queue = (token: string, query = '') => t.api(`/staff/tasks${query}`, { token });
  const decide = (token: string, task: Task, decision: string, reason?: string) =>
    t.api(`/staff/tasks/${task.id}/decision`, {
      token,
      body: { handIn: task.steps.at(-1)?.id, decision, ...(reason === undefined ? {} : { reason }) },
    });

  it('shows on the course’s page what is to do, handed in, to do again and accepted', async () => {
    const { token } = await givenTrainee();
    const stands = async (as?: string) => {
      const headers = as === undefined ? {} : { authorization: `Bearer ${as}` };
      const { body } = await t.inject({ url: '/fr/courses/tissage', headers });
      const lines = [...body.matchAll(/<li class="[^"]*course-task">[^]*?<\/li>/g)].map(([line]) => line);
      expect(lines.every((line) => line.includes(`/fr/courses/tissage/${MODULE}/tasks/`))).toBe(true);
      return lines.map((line) =>
        line
          .replace(/<[^>]+>/g, '')
          .replace(/\s+/g, ' ')
          .trim(),
      );
    };
    expect(await stands()).toEqual([]);
    expect(await stands(session.trainer.token)).toEqual([]);
    expect(await stands(token)).toEqual(['Calculez Le prix À faire', 'Faites Le prix À faire']);
    const task = (await handIn(token, { link: LINK })).json<Task>();
    expect(await stands(token)).toEqual(['Calculez Le prix Rendu, en attente', 'Faites Le prix À faire']);
    await decide(session.trainer.token, task, 'returned', 'Le prix manque.');
    expect((await stands(token))[0]).toBe('Calculez Le prix À reprendre');
    const again = (await handIn(token, { link: `${LINK}&b=2` })).json<Task>();
    await decide(session.trainer.token, again, 'accepted');
    expect((await stands(token))[0]).toBe('Calculez Le prix Accepté');
    expect((await stands((await givenTrainee()).token))[0]).toBe('Calculez Le prix À faire');
  });

  it('goes from a link to a return, to a better one, to accepted, and keeps every step', async () => {
    const { token, id } = await givenTrainee();
    const first = await handIn(token, { link: LINK, note: 'Voilà\nma page 🧶' });
    expect([first.statusCode, first.json()]).toMatchObject([201, { state: 'handed-in', block: BLOCK }]);
    const task = first.json<Task>();
    const unexplained = await decide(session.trainer.token, task, 'returned', ' ');
    expect([unexplained.statusCode, unexplained.json()]).toMatchObject([
      422,
      { errors: [{ pointer: '/reason', code: 'return-says-why' }] },
    ]);
    const returned = await decide(session.trainer.token, task, 'returned', 'Le prix manque.');
    expect([returned.statusCode, returned.json()]).toMatchObject([
      200,
      { state: 'returned', person: { id, name: 'Fatima Amrani' } },
    ]);
    const again = await handIn(token, { link: `${LINK}&b=2` });
    const accepted = await decide(session.coordinator.token, again.json<Task>(), 'accepted');
    expect(accepted.json<Task>().steps.map(({ kind }) => kind)).toEqual([
      'handed-in',
      'returned',
      'handed-in',
      'accepted',
    ]);
    const mine = await t.api('/me/tasks', { token });
    const [own] = mine.json<{ items: Task[] }>().items;
    expect(own).toMatchObject({ state: 'accepted' });
    expect(own?.steps[0]?.note).toBe('Voilà\nma page 🧶');
    expect(own?.steps[1]).toMatchObject({ reason: 'Le prix manque.', by: 'trainer' });
    const more = await handIn(token, { link: LINK });
    expect([more.statusCode, more.json()]).toMatchObject([409, { code: 'task-accepted' }]);
  });

  it('audits decisions, and tells of a return by SMS without its words', async () => {
    const { token } = await givenTrainee();
    const task = (await handIn(token, { link: LINK })).json<Task>();
    await decide(session.trainer.token, task, 'returned', 'Un secret');
    const audit = await t.db.read<{ action: string; facts: object }>(
      'test.audit',
      'SELECT action, facts FROM audit_event WHERE subject_id = $1',
      [task.id],
    );
    expect(audit).toMatchObject([{ action: 'teaching.task.return' }]);
    expect(JSON.stringify(audit)).not.toContain('secret');
    const said = await t.db.read<{ body: string }>(
      'test.said',
      'SELECT body FROM message WHERE dedupe_key = $1',
      [`task:${task.id}:${task.steps[0]?.id}`],
    );
    expect(said).toHaveLength(1);
    expect(said[0]?.body).not.toContain('secret');
  });

  it('of two trainers at once lets one decide, and tells the other what was decided', async () => {
    const { token } = await givenTrainee();
    const task = (await handIn(token, { link: LINK })).json<Task>();
    const answers = await Promise.all([
      decide(session.trainer.token, task, 'accepted'),
      decide(session.coordinator.token, task, 'returned', 'Encore'),
    ]);
    const [won, lost] = answers.sort((a, b) => a.statusCode - b.statusCode);
    expect([won?.statusCode, lost?.statusCode]).toEqual([200, 409]);
    const decided = won!.json<Task>().steps.at(-1);
    expect(lost!.json()).toMatchObject({
      ...{ code: 'task-decided', decision: decided?.kind, by: decided?.by, reason: decided?.reason },
    });
  });

  it('decides on what was looked at only', async () => {
    const { token } = await givenTrainee();
    const old = (await handIn(token, { link: LINK })).json<Task>();
    const newer = (await handIn(token, { link: `${LINK}#2` })).json<Task>();
    const answer = await decide(session.trainer.token, old, 'accepted');
    expect([answer.statusCode, answer.json()]).toMatchObject([
      409,
      { code: 'task-changed', handIn: newer.steps.at(-1)?.id },
    ]);
  });

  it('takes the same id once, ten times at the same moment', async () => {
    const { token } = await givenTrainee();
    const body = { id: randomUUID(), link: LINK };
    const answers = await Promise.all(Array.from({ length: 10 }, () => handIn(token, body)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(10).fill(201));
    expect(answers.every((one) => one.json<Task>().steps.length === 1)).toBe(true);
  });

  it('keeps a photo small, upright and without its place; the person and their trainers see it, nobody else', async () => {
    const { token } = await givenTrainee();
    const taken = await sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#b8503a' } })
      .withExif({ IFD0: { Make: 'Fabricant' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 10/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const sent = await send(token, { ...photo(taken), note: 'Mon tapis' });
    expect([sent.statusCode, sent.json()]).toMatchObject([201, { steps: [{ proof: 'photo' }] }]);
    const url = sent.json<Task>().steps[0]?.photo ?? '';
    const seen = async (reader: string | undefined) =>
      t.inject({ url, headers: reader ? { authorization: `Bearer ${reader}` } : {} });
    const own = await seen(token);
    expect([own.statusCode, own.headers['content-type'], own.headers['cache-control']]).toEqual([
      ...[200, 'image/webp', 'private, no-store'],
    ]);
    const kept = await sharp(own.rawPayload).metadata();
    expect([kept.format, kept.width, kept.height, kept.exif, kept.orientation]).toEqual([
      ...['webp', 1067, 1600, undefined, undefined],
    ]);
    const readers = [
      session.trainer,
      session.coordinator,
      other.trainer,
      other.coordinator,
      await givenPerson(t),
    ];
    const statuses = await Promise.all(readers.map(async (one) => (await seen(one.token)).statusCode));
    expect(statuses).toEqual([200, 200, 404, 404, 404]);
    expect((await seen(undefined)).statusCode).toBe(401);
  });

  it('refuses what is no photo, too much of one, or a trap, each with its own problem', async () => {
    const { token } = await givenTrainee();
    const png = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: '#fff' } })
        .png()
        .toBuffer();
    const whole = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#123456' } })
      .jpeg()
      .toBuffer();
    const heavy = Buffer.concat([whole, randomBytes(6 * 1024 * 1024 - whole.length)]);
    const cases: Array<[string, Buffer, number, string]> = [
      ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'photo-wrong-type'],
      ['HTML called .jpg', Buffer.from('<!doctype html><script>1</script>'), 415, 'photo-wrong-type'],
      ['a zip', Buffer.from('PK\u0003\u0004aaaaaaaaaaaaaaaa'), 415, 'photo-wrong-type'],
      ['20 000 pixels', await png(20_000, 10), 422, 'photo-too-many-pixels'],
      ['100 megapixels', await png(10_000, 10_000), 422, 'photo-too-many-pixels'],
      ['half a picture', whole.subarray(0, whole.length / 2), 422, 'photo-broken'],
      ['6 MB', heavy, 413, 'photo-too-large'],
      ['9 MB', Buffer.concat([heavy, heavy.subarray(0, 3 * 1024 * 1024)]), 413, 'body-too-large'],
    ];
    for (const [name, content, status, code] of cases) {
      const answer = await send(token, photo(content));
      expect([name, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([name, status, code]);
    }
    expect((await t.api('/me/tasks', { token })).json()).toMatchObject({ items: [] });
  });

  it('takes forms with files where they are meant, and nowhere else', async () => {
    const { token } = await givenTrainee();
    const { payload, headers } = await multipart({ link: LINK });
    const url = `/api/v1/modules/${MODULE}/quiz-attempts`;
    const elsewhere = await t.inject({
      ...{ method: 'POST' as const, url, payload },
      headers: { ...headers, authorization: `Bearer ${token}` },
    });
    expect(elsewhere.statusCode).toBe(415);
    const cut = await t.inject({
      ...{ method: 'POST' as const, url: `/api/v1${address()}`, payload: payload.subarray(0, 60) },
      headers: { ...headers, authorization: `Bearer ${token}` },
    });
    expect(cut.statusCode).toBe(400);
  });

  it.each([
    ['nothing', {}, '/photo', 'proof-missing'],
    ['a tick where a photo is asked for', { tick: true }, '/photo', 'proof-missing'],
    ['http', { link: 'http://exemple.ma' }, '/link', 'not-a-link'],
    ['javascript:', { link: 'javascript:alert(1)' }, '/link', 'not-a-link'],
    ['a password in it', { link: 'https://a:b@exemple.ma' }, '/link', 'not-a-link'],
    ['a machine of the house', { link: 'https://localhost/x' }, '/link', 'not-a-link'],
    ['a long note', { link: LINK, note: 'é'.repeat(1001) }, '/note', 'longer-than'],
    ['a NUL', { link: LINK, note: 'a\0' }, '/note', 'not-unicode'],
    ['a photo as text', { photo: 'data:' }, '/photo', 'not-a-file'],
    ['a field of its own', { link: LINK, state: 'accepted' }, '/state', 'unknown-field'],
    ['no id', { link: LINK, id: 7 }, '/id', 'not-an-id'],
  ])('refuses %s and names the field', async (_, body, pointer, code) => {
    const { token } = await givenPerson(t);
    const answer = await handIn(token, body);
    expect([answer.statusCode, answer.json()]).toMatchObject([422, { errors: [{ pointer, code }] }]);
  });

  it('takes a tick where that is enough, 1000 characters of any script, and knows its exercises', async () => {
    const { token } = await givenPerson(t);
    const answer = await handIn(token, { tick: true, note: '🧶'.repeat(1000) }, 'coche');
    expect([answer.statusCode, answer.json()]).toMatchObject([201, { steps: [{ proof: 'tick' }] }]);
    for (const block of ['quiz', 'rien', '%00'])
      expect((await handIn(token, {}, block)).statusCode).toBe(404);
    expect((await t.api('/modules/rien/tasks/x', { token, body: {} })).statusCode).toBe(404);
    expect((await t.api(address(), { body: {} })).statusCode).toBe(401);
    expect((await handIn(session.trainer.token, { link: LINK })).statusCode).toBe(403);
  });

  it('shows each trainer the people of their sessions, page by page, and only those', async () => {
    const [mine, theirs, alone] = [await givenTrainee(other), await givenTrainee(), await givenPerson(t)];
    const made: Task[] = [];
    for (const { token } of [mine, theirs, alone]) {
      t.clock.advance(1000);
      made.push((await handIn(token, { link: LINK })).json<Task>());
    }
    t.clock.advance(1000);
    made.push((await handIn(mine.token, { tick: true }, 'coche')).json<Task>());
    const idsOf = async (token: string, query = '') =>
      (await queue(token, query)).json<{ items: Task[] }>().items.map(({ id }) => id);
    const [first, foreign, nobodys, second] = made.map(({ id }) => id) as [string, string, string, string];
    expect(await idsOf(other.trainer.token)).toEqual([first, second]);
    expect(
      await idsOf(other.coordinator.token, `?session=${other.id}&course=tissage&state=handed-in`),
    ).toEqual([...[first, second]]);
    expect(await idsOf(other.trainer.token, `?session=${session.id}`)).toEqual([]);
    const admin = await givenStaff(t, 'admin', { kind: 'installation', id: null });
    expect(await idsOf(admin.token)).toEqual(expect.arrayContaining([first, foreign, nobodys, second]));
    const page = (await queue(other.trainer.token, '?limit=1')).json<{ items: Task[]; next: string }>();
    expect(page.items.map(({ id }) => id)).toEqual([first]);
    expect(await idsOf(other.trainer.token, `?limit=1&cursor=${page.next}`)).toEqual([second]);
    for (const id of [foreign, nobodys, randomUUID(), 'x'])
      expect((await t.api(`/staff/tasks/${id}`, { token: other.trainer.token })).statusCode).toBe(404);
    const meddling = await decide(other.trainer.token, made[1]!, 'accepted');
    expect(meddling.statusCode).toBe(404);
  });
});
