import { randomUUID } from 'node:crypto';
import { givenPerson } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type CourseFolder, givenCourses, MODULE, VIDEO_MS } from '../support/courses.js';

jest.setTimeout(60_000);

const NOW = '2027-01-15T09:00:00Z';
const RIGHT = {
  'question-1': 'assez',
  'question-2': 'assez',
  plusieurs: ['laine', 'heures'],
  vrai: true,
  nombre: '122,2',
};
const many = (n: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`item-${i}`, 'x']));

interface Problem {
  code: string;
  type: string;
  errors: Array<{ pointer: string; code: string; detail: string }>;
}

describe('bad input to a lesson', () => {
  let t: TestApp;
  let courses: CourseFolder;
  let video: string;
  let token: string;

  beforeAll(async () => {
    courses = await givenCourses();
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
    const { modules } = (await t.api('/courses/tissage')).json<{
      modules: Array<{ video?: { id: string } }>;
    }>();
    video = modules[0]?.video?.id ?? '';
  }, 60_000);
  afterAll(async () => {
    await t.close();
    await courses.remove();
  });
  beforeEach(async () => (token = (await givenPerson(t)).token));

  const answer = (body: object, more: object = {}) =>
    t.api(`/modules/${MODULE}/quiz-attempts`, { token, body: { id: randomUUID(), answers: body, ...more } });

  const attempts = () =>
    t.db.readOne(
      'test.attempts',
      `SELECT count(*)::int AS n, count(*) FILTER (WHERE passed)::int AS passed FROM quiz_attempt a
        WHERE person_id = (SELECT person_id FROM quiz_attempt WHERE id = $1)`,
      [kept],
    );
  let kept = '';

  it.each<[string, unknown, string, string]>([
    ['no answers', undefined, '/answers', 'required'],
    ['null for answers', null, '/answers', 'required'],
    ['answers as a list', ['assez'], '/answers', 'not-an-object'],
    ['answers as text', 'assez', '/answers', 'not-an-object'],
    ['an empty attempt', {}, '/answers', 'too-few'],
    ['an unknown item', { ...RIGHT, 'question-9': 'peu' }, '/answers/question-9', 'unknown-field'],
    ['an inherited name', { ...RIGHT, constructor: 'peu' }, '/answers/constructor', 'unknown-field'],
    ['an item with strange letters', { 'a/b~c\0': 1 }, '/answers/a~1b~0c\0', 'unknown-field'],
    ['10,000 unknown items', { ...many(10_000) }, '/answers/item-0', 'unknown-field'],
    ['a list for one choice', { 'question-1': ['assez'] }, '/answers/question-1', 'not-text'],
    ['an object for one choice', { 'question-1': {} }, '/answers/question-1', 'not-text'],
    ['a number for one choice', { 'question-1': 1 }, '/answers/question-1', 'not-text'],
    ['an unknown choice', { 'question-1': 'trop' }, '/answers/question-1', 'not-a-choice'],
    [
      'a choice of 10,000 characters',
      { 'question-1': 'x'.repeat(10_000) },
      '/answers/question-1',
      'not-a-choice',
    ],
    ['nothing for a choice', { 'question-1': '' }, '/answers/question-1', 'required'],
    ['one choice for several', { plusieurs: 'laine' }, '/answers/plusieurs', 'not-a-list'],
    ['an unknown one of several', { plusieurs: ['laine', 'or'] }, '/answers/plusieurs', 'not-a-choice'],
    ['a list of lists', { plusieurs: [['laine']] }, '/answers/plusieurs', 'not-a-choice'],
    ['the same twice', { plusieurs: ['laine', 'laine'] }, '/answers/plusieurs', 'repeated'],
    ['10,000 choices', { plusieurs: Array(10_000).fill('laine') }, '/answers/plusieurs', 'repeated'],
    ['text for yes or no', { vrai: 'oui' }, '/answers/vrai', 'not-a-yes-or-no'],
    ['a number for yes or no', { vrai: 1 }, '/answers/vrai', 'not-a-yes-or-no'],
    ['words for a number', { nombre: 'cent vingt' }, '/answers/nombre', 'not-a-number'],
    ['a number beyond all', { nombre: '1e308' }, '/answers/nombre', 'not-a-number'],
    ['a list for a number', { nombre: [122.2] }, '/answers/nombre', 'not-a-number'],
  ])('refuses %s, marks nothing and keeps what was passed', async (_, answers, pointer, code) => {
    kept = randomUUID();
    const first = await t.api(`/modules/${MODULE}/quiz-attempts`, {
      token,
      body: { id: kept, answers: RIGHT },
    });
    expect(first.json()).toMatchObject({ passed: true, score: 5, max: 5 });
    const refused = await answer(answers as object);
    expect(refused.statusCode).toBe(422);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    const problem = refused.json<Problem>();
    expect(problem).toMatchObject({ type: '/problems/invalid-fields', code: 'invalid-fields' });
    expect(problem.errors[0]).toMatchObject({ pointer, code });
    expect(problem.errors[0]?.detail).not.toBe('Cette réponse ne convient pas.');
    expect(problem.errors.length).toBeLessThanOrEqual(100);
    expect(refused.body).not.toMatch(/122[.,]2|heures/);
    expect(await attempts()).toEqual({ n: 1, passed: 1 });
  });

  it.each<[string, object, string, string]>([
    ['no id', { id: undefined }, '/id', 'required'],
    ['an id that is none', { id: '1' }, '/id', 'not-an-id'],
    ['an id that is a number', { id: 1 }, '/id', 'not-an-id'],
    ['a time in words', { at: 'yesterday' }, '/at', 'not-an-instant'],
    ['a time without zone', { at: '2027-01-15T09:00:00' }, '/at', 'not-an-instant'],
    ['a time that is null', { at: null }, '/at', 'not-an-instant'],
    ['a version that is none', { versionId: 'x' }, '/versionId', 'not-a-choice'],
    ['a version of nothing', { versionId: randomUUID() }, '/versionId', 'not-a-choice'],
  ])('refuses an attempt with %s', async (_, more, pointer, code) => {
    const refused = await answer(RIGHT, more);
    expect([refused.statusCode, refused.json<Problem>().errors]).toMatchObject([422, [{ pointer, code }]]);
  });

  it('marks what is answered, and answers the same id with the first attempt, for its owner only', async () => {
    const id = randomUUID();
    const some = await answer({ 'question-1': 'assez', nombre: '٢٢,١' }, { id });
    expect([some.statusCode, some.json()]).toMatchObject([
      201,
      { score: 1, max: 5, passed: false, attempt: 1 },
    ]);
    expect((await answer(RIGHT, { id })).json()).toMatchObject({ score: 1, attempt: 1 });
    const other = await givenPerson(t);
    const theirs = await t.api(`/modules/${MODULE}/quiz-attempts`, {
      token: other.token,
      body: { id, answers: RIGHT },
    });
    expect([theirs.statusCode, theirs.json()]).toMatchObject([201, { score: 5, attempt: 1 }]);
  });

  it.each<[string, unknown, number, object]>([
    ['a stretch of no length', [[5, 5]], 200, { watchedSeconds: 0 }],
    ['no stretch', [], 200, { watchedSeconds: 0 }],
    ['a stretch beyond the end', [[VIDEO_MS, 2 * VIDEO_MS]], 200, { watchedSeconds: 0 }],
    ['a stretch up to 1e308', [[80, 1e308]], 200, { watchedSeconds: 10 }],
    ['half a millisecond', [[0, 0.0004]], 200, { watchedSeconds: 0 }],
    ['infinity', '[[0,1e999]]', 422, { errors: [{ pointer: '/events/1/ranges/0/1', code: 'not-a-number' }] }],
    ['nothing', null, 422, { errors: [{ pointer: '/events/1/ranges', code: 'not-a-list' }] }],
    [
      'null in a stretch',
      [[null, 5]],
      422,
      { errors: [{ pointer: '/events/1/ranges/0/0', code: 'not-a-number' }] },
    ],
    ['text', 'all', 422, { errors: [{ pointer: '/events/1/ranges', code: 'not-a-list' }] }],
    ['a flat stretch', [0], 422, { errors: [{ pointer: '/events/1/ranges/0', code: 'not-a-range' }] }],
    [
      'less than nothing',
      [[-5, 1]],
      422,
      { errors: [{ pointer: '/events/1/ranges/0/0', code: 'too-small' }] },
    ],
    ['backwards', [[9, 3]], 422, { errors: [{ pointer: '/events/1/ranges/0', code: 'range-reversed' }] }],
  ])(
    '%s as what was watched: nothing is credited that was not played',
    async (_, ranges, status, expected) => {
      const at = { position: 0, at: NOW };
      const before = await t.api(`/videos/${video}/progress`, {
        token,
        method: 'PUT',
        body: { events: [{ id: randomUUID(), ranges: [[20, 30]], ...at }] },
      });
      expect(before.json()).toMatchObject({ watchedSeconds: 10 });
      const events = [
        { id: randomUUID(), ranges: [], ...at },
        {
          id: randomUUID(),
          ranges: typeof ranges === 'string' && ranges.startsWith('[') ? '@' : ranges,
          ...at,
        },
      ];
      const payload = JSON.stringify({ events }).replace('"@"', String(ranges));
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const sent = await t.inject({
        method: 'PUT',
        url: `/api/v1/videos/${video}/progress`,
        headers,
        payload,
      });
      expect(sent.statusCode).toBe(status);
      if (status !== 200) expect(sent.json()).toMatchObject(expected);
      const after = await t.api(`/videos/${video}/progress`, { token, method: 'PUT', body: { events: [] } });
      const more = status === 200 ? (expected as { watchedSeconds: number }).watchedSeconds : 0;
      expect(after.json()).toMatchObject({ watchedSeconds: 10 + more });
    },
  );

  it('refuses an event too deep to be kept, and says which', async () => {
    const deep = JSON.stringify({ events: [{ id: randomUUID(), ranges: [], position: 0, at: NOW, x: '@' }] });
    for (const levels of [2_000, 100_000]) {
      const payload = deep.replace('"@"', '['.repeat(levels) + ']'.repeat(levels));
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const sent = await t.inject({
        method: 'PUT',
        url: `/api/v1/videos/${video}/progress`,
        headers,
        payload,
      });
      expect([levels, sent.statusCode, sent.json()]).toMatchObject([
        levels,
        422,
        { errors: [{ pointer: '/events/0', code: 'too-deep' }] },
      ]);
    }
  });

  it('refuses text that the database cannot keep, in an unknown member too', async () => {
    const events = [{ id: randomUUID(), ranges: [], position: 0, at: NOW, note: 'a\0b' }];
    const sent = await t.api(`/videos/${video}/progress`, { token, method: 'PUT', body: { events } });
    expect([sent.statusCode, sent.json()]).toMatchObject([
      422,
      { errors: [{ pointer: '/events/0/note', code: 'not-unicode' }] },
    ]);
  });
});
