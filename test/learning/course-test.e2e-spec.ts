import { randomUUID } from 'node:crypto';
import { withTest } from '../../src/courses/course-file/fixtures/course-test.js';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type CourseFolder, courseFiles, givenCourses } from '../support/courses.js';
import { givenClass } from './given-class.js';

interface Taken {
  id: string;
  phase: string;
  score: number | null;
  max: number;
  feedback: unknown[];
}
interface Own {
  step: string;
  items: Array<{ id: string; choices?: Array<{ id: string }> }>;
  pre: Taken | null;
  post: Taken | null;
}

const RIGHT = {
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`item-${n}`, 'deux'])),
  vrai: true,
  image: 'ici',
};
const LETTERS = 'B B B B B B B B A A';
const HOUR_MS = 3600 * 1000;

describe('the test before and after a course', () => {
  let t: TestApp;
  let courses: CourseFolder;
  let courseId: string;

  beforeAll(async () => {
    courses = await givenCourses(withTest(courseFiles()));
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
    courseId = (await t.api('/courses/tissage')).json<{ id: string }>().id;
  }, 60_000);
  afterAll(async () => {
    await t.close();
    await courses.remove();
  });

  const own = async (token: string): Promise<Own> =>
    (await t.api('/courses/tissage/test', { token })).json<Own>();
  const submit = (token: string, answers: object, more: object = {}) =>
    t.api('/courses/tissage/test-attempts', { token, body: { id: randomUUID(), answers, ...more } });

  const enter = (token: string, session: string, phase: string, lines: unknown) =>
    t.api(`/sessions/${session}/test-attempts`, { token, body: { phase, lines } });

  it('is taken before and after; what was right is told after the second only', async () => {
    const { token } = await givenPerson(t);
    const before = await own(token);
    expect([before.step, before.items.length, before.pre]).toEqual(['pre', 10, null]);
    const first = await submit(token, { 'item-1': 'deux', 'item-2': 'un' });
    expect([first.statusCode, first.json()]).toMatchObject([
      201,
      { phase: 'pre', score: null, max: 10, feedback: [] },
    ]);
    const between = await own(token);
    expect([between.step, between.items, between.pre?.score]).toEqual(['early', [], null]);
    const early = await submit(token, RIGHT);
    expect([early.statusCode, early.json<{ type: string }>().type]).toEqual([
      409,
      expect.stringContaining('test-too-early'),
    ]);
    t.clock.advance(3 * HOUR_MS);
    expect((await own(token)).step).toBe('post');
    const second = await submit(token, RIGHT, { phase: 'post' });
    expect(second.json<Taken>()).toMatchObject({ phase: 'post', score: 10, max: 10 });
    expect(second.json<Taken>().feedback).toHaveLength(10);
    expect(await own(token)).toMatchObject({ step: 'done', pre: { score: 1 }, post: { score: 10 } });
    expect((await submit(token, RIGHT)).statusCode).toBe(409);
  });

  it('opens the second once something was learned, and is the second alone for who began to learn', async () => {
    const [eager, late] = [await givenPerson(t), await givenPerson(t)];
    await submit(eager.token, {});
    t.clock.advance(1000);
    for (const { token } of [eager, late])
      await t.api('/modules/le-prix/quiz-attempts', {
        token,
        body: { id: randomUUID(), answers: { 'question-1': 'peu' } },
      });
    expect([(await own(eager.token)).step, (await own(late.token)).step]).toEqual(['post', 'post']);
    expect((await submit(late.token, RIGHT, { phase: 'pre' })).statusCode).toBe(409);
    expect((await submit(late.token, RIGHT)).json()).toMatchObject({ phase: 'post', score: 10 });
  });

  it('takes fifty submits of one attempt as one, and of two attempts the first', async () => {
    const { token, id: personId } = await givenPerson(t);
    const [a, b] = [randomUUID(), randomUUID()];
    const sent = await Promise.all(
      Array.from({ length: 50 }, (_, n) => submit(token, RIGHT, { id: n % 2 ? a : b })),
    );
    const taken = new Set(sent.filter(({ statusCode }) => statusCode === 201).map(({ body }) => body));
    expect([taken.size, new Set(sent.map(({ statusCode }) => statusCode))]).toEqual([1, new Set([201, 409])]);
    const rows = await t.db.read('test.testAttempts', 'SELECT 1 FROM test_attempt WHERE person_id = $1', [
      personId,
    ]);
    expect(rows).toHaveLength(1);
  });

  it.each<[string, object, string, string]>([
    ['no id', { id: undefined }, '/id', 'required'],
    ['an unknown phase', { phase: 'mid' }, '/phase', 'not-a-choice'],
    ['an unknown item', { answers: { x: 'un' } }, '/answers/x', 'unknown-field'],
    ['an unknown choice', { answers: { 'item-1': 'dix' } }, '/answers/item-1', 'not-a-choice'],
    ['no answers', { answers: 7 }, '/answers', 'not-an-object'],
    ['a time that is none', { at: 'hier' }, '/at', 'not-an-instant'],
  ])('refuses %s', async (_what, more, pointer, code) => {
    const { token } = await givenPerson(t);
    const answer = await submit(token, RIGHT, more);
    expect([answer.statusCode, answer.json<{ errors: unknown[] }>().errors]).toMatchObject([
      422,
      [{ pointer, code }],
    ]);
    expect((await own(token)).step).toBe('pre');
  });

  it('keeps keys and explanations to itself before the second test', async () => {
    const { token } = await givenPerson(t);
    const cookie = `qafila=${token}`;
    const secrets = /SECRET|سر ال|"(key|reason|feedback":\[\{|correct)"|name="q\.[^>]* checked/;
    const scan = async () => {
      for (const lang of ['fr', 'ar', 'en'])
        for (const who of ['', cookie])
          for (const path of ['courses', 'courses/tissage', 'courses/tissage/test']) {
            const { body, statusCode } = await t.inject({
              url: `/${lang}/${path}`,
              headers: who ? { cookie: who } : {},
            });
            expect([path, statusCode, secrets.exec(body)?.[0]]).toEqual([path, 200, undefined]);
          }
      for (const path of ['courses', 'courses/tissage', 'courses/tissage/test'])
        expect(secrets.exec((await t.api(path.replace(/^/, '/'), { token })).body)).toBeNull();
    };
    await scan();
    const answer = await submit(token, RIGHT);
    expect(secrets.exec(answer.body)).toBeNull();
    await scan();
  });

  it('is written down by the trainer as a grid: all lines or none, and again', async () => {
    const { session, people } = await givenClass(t, courseId, 3);
    const { token } = session.trainer;
    const wrong = await enter(token, session.id, 'pre', [
      `1: ${LETTERS}`,
      '2: A B',
      'deux: A',
      '',
      `9: ${LETTERS}`,
      `1: ${LETTERS}`,
      '3: D B B B B B B B A A',
    ]);
    expect(wrong.statusCode).toBe(422);
    expect(
      wrong
        .json<{ errors: Array<{ pointer: string; code: string }> }>()
        .errors.map(({ pointer, code }) => [pointer, code]),
    ).toEqual([
      ['/lines/2', 'not-a-grid-line'],
      ['/lines/4', 'not-on-the-list'],
      ['/lines/5', 'repeated'],
    ]);
    const letters = await enter(token, session.id, 'pre', ['1: B B', '3: D B B B B B B B A A']);
    expect(
      letters.json<{ errors: Array<{ pointer: string }> }>().errors.map(({ pointer }) => pointer),
    ).toEqual(['/lines/0', '/lines/1']);
    expect(await rowsOf(people)).toEqual([]);
    expect((await enter(token, session.id, 'pre', `1: ${LETTERS}\n2: أ أ أ أ أ أ أ أ أ -\n`)).json()).toEqual(
      { taken: 2 },
    );
    expect((await enter(token, session.id, 'pre', ['٢: A A A A A A A A A A'])).json()).toEqual({ taken: 1 });
    expect((await rowsOf(people)).map(({ score, method }) => [score, method])).toEqual([
      [2, 'read-aloud'],
      [10, 'read-aloud'],
    ]);
  });

  const rowsOf = (people: ReadonlyArray<{ id: string }>) =>
    t.db.read<{ score: number; method: string }>(
      'test.testRows',
      'SELECT score, method FROM test_attempt WHERE person_id = ANY ($1) ORDER BY score',
      [people.map(({ id }) => id)],
    );

  it('never mixes methods', async () => {
    const { session, people } = await givenClass(t, courseId, 2);
    const [aloud, screen] = people;
    await enter(session.trainer.token, session.id, 'pre', [`1: ${LETTERS}`]);
    await submit(screen?.token ?? '', {});
    t.clock.advance(4 * HOUR_MS);
    const refused = await submit(aloud?.token ?? '', RIGHT);
    expect([refused.statusCode, refused.json<{ type: string }>().type]).toEqual([
      409,
      expect.stringContaining('test-read-aloud'),
    ]);
    const entered = await enter(session.trainer.token, session.id, 'post', [
      `1: ${LETTERS}`,
      `2: ${LETTERS}`,
    ]);
    expect(entered.json<{ errors: unknown[] }>().errors).toMatchObject([
      { pointer: '/lines/1', code: 'taken-on-a-screen' },
    ]);
    expect(await rowsOf(people)).toHaveLength(2);
  });

  it('is entered by the session’s own trainer, and by who runs it', async () => {
    const { session } = await givenClass(t, courseId, 1);
    const other = await givenStaff(t, 'trainer');
    const funder = await givenStaff(t, 'funder');
    const person = await givenPerson(t);
    const codes = [];
    for (const { token } of [other, funder, person, session.coordinator, session.trainer])
      codes.push((await enter(token, session.id, 'pre', [`1: ${LETTERS}`])).statusCode);
    expect(codes).toEqual([404, 403, 403, 201, 201]);
  });

  it('counts gains by session and method, none under five, for who may see them', async () => {
    const { session, people } = await givenClass(t, courseId, 6);
    const { token } = session.trainer;
    const right = (n: number) =>
      [...Array<string>(n).fill('B'), ...Array<string>(8 - n).fill('A'), 'F', 'B'].join(' ');
    const gainOf = async (who: string) =>
      (await t.api('/courses/tissage/learning-gain', { token: who })).json<{
        sessions: Array<Record<string, unknown>>;
        total: unknown[];
      }>();
    await enter(
      token,
      session.id,
      'pre',
      people.map((_, n) => `${n + 1}: ${n === 5 ? LETTERS : right(2)}`),
    );
    await enter(
      token,
      session.id,
      'post',
      people.slice(0, 4).map((_, n) => `${n + 1}: ${right(6)}`),
    );
    const mine = { method: 'read-aloud', sessionId: session.id, city: expect.any(String) as unknown };
    expect((await gainOf(token)).sessions).toMatchObject([
      { ...mine, n: 4, atMax: 0, unpaired: 2, gain: null, pre: null, post: null },
    ]);
    await enter(token, session.id, 'post', [`5: ${right(1)}`, `6: ${LETTERS}`]);
    const { sessions, total } = await gainOf(token);
    const figures = { n: 5, atMax: 1, unpaired: 0, gain: 0.375, pre: 0.2, post: 0.5 };
    expect(sessions).toMatchObject([{ ...mine, ...figures }]);
    expect(total).toMatchObject([figures]);
    expect(await gainOf((await givenStaff(t, 'trainer')).token)).toMatchObject({ sessions: [], total: [] });
    const admin = await givenStaff(t, 'admin', { kind: 'installation', id: null });
    const all = await gainOf(admin.token);
    expect(all.sessions).toContainEqual(expect.objectContaining({ sessionId: null, method: 'screen' }));
    expect((await t.api('/courses/tissage/learning-gain', { token: people[0]?.token })).statusCode).toBe(403);
  });

  it('shows the figures, the cards and the grid as pages; the key to trainers only', async () => {
    const { session } = await givenClass(t, courseId, 2);
    const get = async (path: string, token: string) =>
      t.inject({ url: `/fr${path}`, headers: { cookie: `qafila=${token}` } });
    const { token } = session.trainer;
    for (const path of [
      '/staff/learning',
      '/staff/learning/tissage',
      '/staff/learning/tissage/test',
      `/staff/sessions/${session.id}/test`,
    ])
      expect([path, (await get(path, token)).statusCode]).toEqual([path, 200]);
    const cards = '/staff/learning/tissage/test/cards';
    const [plain, keyed] = [await get(cards, token), await get(`${cards}?key=1`, token)];
    expect([plain.body.includes('SECRET'), plain.body.includes('test-card__key')]).toEqual([false, false]);
    expect([keyed.body.includes('SECRET raison'), keyed.body.match(/Bonne réponse : ./g)?.length]).toEqual([
      true,
      10,
    ]);
    expect([
      (await get(cards, session.coordinator.token)).statusCode,
      (await get(`${cards}?key=1`, session.coordinator.token)).statusCode,
    ]).toEqual([200, 403]);
    expect((await get(cards, (await givenPerson(t)).token)).statusCode).toBe(403);
  });
});

describe('the figures of the questions', () => {
  let t: TestApp;
  let courses: CourseFolder;

  beforeAll(async () => {
    courses = await givenCourses();
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
  }, 60_000);
  afterAll(async () => {
    await t.close();
    await courses.remove();
  });

  it('counts each person’s first answer, and nothing under five people', async () => {
    const { token } = await givenStaff(t, 'trainer');
    const statistics = async () => {
      const answer = await t.api('/courses/tissage/item-statistics', { token });
      return answer.json<{ modules: Array<{ items: Array<{ itemId: string }> }> }>().modules[0]?.items ?? [];
    };
    const answer = (who: string, answers: object) =>
      t.api('/modules/le-prix/quiz-attempts', { token: who, body: { id: randomUUID(), answers } });
    const people = [];
    for (let n = 0; n < 5; n++) {
      expect((await statistics())[0]).toMatchObject({ n, difficulty: null, commonestWrong: null });
      const person = await givenPerson(t);
      people.push(person);
      await answer(person.token, {
        'question-1': n < 2 ? 'assez' : 'peu',
        plusieurs: n === 0 ? ['laine', 'heures'] : ['laine', 'chance'],
      });
      t.clock.advance(1000);
      await answer(person.token, { 'question-1': 'assez', plusieurs: ['laine', 'heures'], nombre: 122.2 });
    }
    const items = await statistics();
    expect(items.find(({ itemId }) => itemId === 'question-1')).toMatchObject({
      n: 5,
      difficulty: 0.4,
      commonestWrong: { text: 'Peu', share: 0.6 },
    });
    expect(items.find(({ itemId }) => itemId === 'plusieurs')).toMatchObject({
      n: 5,
      difficulty: 0.2,
      commonestWrong: { text: 'Laine · Chance', share: 0.8 },
    });
    expect(items.find(({ itemId }) => itemId === 'nombre')).toMatchObject({
      n: 5,
      difficulty: 0,
      commonestWrong: null,
    });
    expect((await t.api('/courses/tissage/item-statistics', { token: people[0]?.token })).statusCode).toBe(
      403,
    );
  });
});
