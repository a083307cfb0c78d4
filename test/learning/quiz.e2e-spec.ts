import { randomUUID } from 'node:crypto';
import { withEveryKind } from '../../src/courses/course-file/fixtures/every-kind.js';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type CourseFolder, courseFiles, givenCourses, MODULE } from '../support/courses.js';

interface Item {
  id: string;
  kind: string;
  choices?: Array<{ id: string; text: string; image?: { src: string; alt: string } }>;
  options?: Array<{ id: string }>;
}
interface Quiz {
  versionId: string;
  paper: number;
  items: Item[];
}

const KEYS: Record<string, unknown> = {
  ordre: ['tondre', 'filer', 'tisser'],
  paires: { fil: 'mouton', couleur: 'garance' },
  image: 'une',
  nombre: '١٢٫٦',
  plusieurs: ['b', 'a'],
  vrai: true,
};
/** Files of the program, which are the same for everybody; what ends the visit; what engineers read. */
const ELSEWHERE = /^\/\/|^\/(assets|dev|api\/docs|practice\/pictures)\/|sign-out/;
/** Drawings are full of numbers that say nothing. */
const plain = (body: string): string => body.replace(/<svg[^]*?<\/svg>/g, '');
const DAY_MS = 24 * 3600 * 1000;

describe('a quiz of every kind, drawn from a pool', () => {
  let t: TestApp;
  let courses: CourseFolder;

  beforeAll(async () => {
    courses = await givenCourses(withEveryKind(courseFiles()));
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
  }, 60_000);
  afterAll(async () => {
    await t.close();
    await courses.remove();
  });

  const quizOf = async (token?: string): Promise<Quiz> =>
    (await t.api(`/modules/${MODULE}/quiz`, { token })).json<Quiz>();
  const submit = (token: string, body: object) =>
    t.api(`/modules/${MODULE}/quiz-attempts`, { token, body: { id: randomUUID(), ...body } });
  const rightFor = ({ items }: Quiz) => Object.fromEntries(items.map(({ id }) => [id, KEYS[id]]));
  const attemptsOf = async (personId: string) =>
    t.db.read<{ items: string[]; at: Date }>(
      'test.attempts',
      'SELECT items, at FROM quiz_attempt WHERE person_id = $1',
      [personId],
    );

  it('asks the same five until the attempt is in, and others afterwards', async () => {
    const { token } = await givenPerson(t);
    const first = await quizOf(token);
    expect([first.items.length, first.paper]).toEqual([5, 1]);
    expect(await quizOf(token)).toEqual(first);
    const papers = new Set([first.items.map(({ id }) => id).join()]);
    for (let n = 1; n <= 8; n++) {
      expect((await submit(token, { answers: {}, paper: n })).statusCode).toBe(422);
      expect((await submit(token, { answers: rightFor(await quizOf(token)) })).json()).toMatchObject({
        score: 5,
        max: 5,
        passed: true,
      });
      papers.add((await quizOf(token)).items.map(({ id }) => id).join());
    }
    expect((await quizOf(token)).paper).toBe(9);
    expect(papers.size).toBeGreaterThan(2);
  });

  it('marks each kind in each of its shapes', async () => {
    for (let people = 0; people < 8; people++) {
      const { token } = await givenPerson(t);
      const quiz = await quizOf(token);
      const answers: Record<string, unknown> = { ...rightFor(quiz) };
      if ('paires' in answers)
        answers['paires'] = [
          ['couleur', 'garance'],
          ['fil', 'mouton'],
        ];
      if ('nombre' in answers) answers['nombre'] = 12.75;
      if ('ordre' in answers) answers['ordre'] = ['filer', 'tondre', 'tisser'];
      const wrong = 'ordre' in answers ? ['ordre'] : [];
      const { score, feedback } = (await submit(token, { answers })).json<{
        score: number;
        feedback: Array<{ itemId: string; correct: boolean }>;
      }>();
      expect(feedback.map(({ itemId }) => itemId)).toEqual(quiz.items.map(({ id }) => id));
      expect(feedback.filter(({ correct }) => !correct).map(({ itemId }) => itemId)).toEqual(wrong);
      expect(score).toBe(5 - wrong.length);
    }
  });

  it('takes the items of a paper that was given, and of no other', async () => {
    const { token, id: personId } = await givenPerson(t);
    const first = await quizOf(token);
    expect((await submit(token, { answers: rightFor(first) })).statusCode).toBe(201);
    // Answered offline before the first attempt was in.
    expect((await submit(token, { answers: rightFor(first), paper: first.paper })).json()).toMatchObject({
      score: 5,
    });
    const future = await submit(token, { answers: rightFor(first), paper: 4 });
    expect([future.statusCode, future.json<{ errors: unknown }>().errors]).toMatchObject([
      422,
      [{ pointer: '/paper', code: 'not-a-choice' }],
    ]);
    const [left] = Object.keys(KEYS).filter((id) => !first.items.some((item) => item.id === id));
    const other = await submit(token, { answers: { [left ?? '']: KEYS[left ?? ''] }, paper: 1 });
    expect(other.json<{ errors: unknown }>().errors).toMatchObject([
      { pointer: `/answers/${left}`, code: 'unknown-field' },
    ]);
    expect((await attemptsOf(personId)).map(({ items }) => items)).toEqual(
      [1, 2].map(() => first.items.map(({ id }) => id)),
    );
  });

  it('takes fifty submits of one attempt as one', async () => {
    const { token, id: personId } = await givenPerson(t);
    const [id, quiz] = [randomUUID(), await quizOf(token)];
    const answers = rightFor(quiz);
    const wrong = Object.fromEntries(
      quiz.items.filter((item) => item.id === 'vrai').map((item) => [item.id, false]),
    );
    const sent = Array.from({ length: 50 }, (_, n) =>
      submit(token, { id, answers: n % 2 ? answers : { ...answers, ...wrong } }),
    );
    const taken = await Promise.all(sent);
    expect(taken.map(({ statusCode }) => statusCode)).toEqual(taken.map(() => 201));
    expect(new Set(taken.map(({ body }) => body)).size).toBe(1);
    expect(await attemptsOf(personId)).toHaveLength(1);
  });

  it('keeps the time of an attempt up to seven days late, and no other', async () => {
    const { token, id: personId } = await givenPerson(t);
    const now = t.clock.now().getTime();
    for (const late of [7 * DAY_MS, 7 * DAY_MS + 1, -5000]) {
      const quiz = await quizOf(token);
      const { at } = (
        await submit(token, { answers: rightFor(quiz), at: new Date(now - late).toISOString() })
      ).json<{ at: string }>();
      expect(Date.parse(at)).toBe(late === 7 * DAY_MS ? now - late : now);
    }
    expect(await attemptsOf(personId)).toHaveLength(3);
  });

  it('shows whoever only looks one and the same, and takes attempts of persons only', async () => {
    expect(await quizOf()).toEqual(await quizOf());
    expect(await quizOf((await givenStaff(t, 'trainer')).token)).toEqual(await quizOf());
    expect(
      (await t.api(`/modules/${MODULE}/quiz-attempts`, { body: { id: randomUUID(), answers: {} } }))
        .statusCode,
    ).toBe(401);
  });

  /** Every answer of the server to one trainee and one visitor, up to and without the first result. */
  async function journey(): Promise<Array<{ url: string; body: string }>> {
    const { token } = await givenPerson(t);
    const seen: Array<{ url: string; body: string }> = [];
    const visited = new Set<string>();
    const get = async (url: string, cookie: string): Promise<void> => {
      if (visited.has(cookie + url)) return;
      visited.add(cookie + url);
      const { body, headers } = await t.inject({ url, headers: cookie ? { cookie } : {} });
      seen.push({ url, body });
      const links = [...body.matchAll(/(?:href|src|"hls"|"url"|"src"|playlist"):?\s?=?"(\/[^"#]*)/g)].map(
        (match) => (match[1] ?? '').replaceAll('&amp;', '&'),
      );
      if (String(headers['content-type']).match(/html|json/))
        for (const link of links.filter((one) => !ELSEWHERE.test(one))) await get(link, cookie);
    };
    for (const cookie of ['', `qafila=${token}`]) {
      for (const lang of ['fr', 'ar', 'en']) await get(`/${lang}/courses`, cookie);
      for (const path of [
        'courses',
        'courses/tissage',
        `modules/${MODULE}/quiz`,
        `modules/${MODULE}/quiz?lang=ar`,
      ])
        await get(`/api/v1/${path}`, cookie);
    }
    const bundles = new Set(
      seen.flatMap(({ body }) =>
        [...body.matchAll(/\/media\/([0-9a-f]{64})\//g)].map(([, bundle]) => bundle),
      ),
    );
    for (const bundle of bundles)
      for (const file of ['manifest.json', 'module.yaml', '../module.yaml', 'course.yaml', 'test.yaml'])
        await get(`/media/${bundle}/${file}`, '');
    const refused = await submit(token, { answers: { vrai: 'peut-être', nombre: 'x' } });
    return [...seen, { url: 'a refused attempt', body: refused.body }];
  }

  it('never lets a key leave before the answer', async () => {
    const seen = await journey();
    expect(seen.length).toBeGreaterThan(30);
    expect(seen.filter(({ url }) => /courses\/tissage\/le-prix/.test(url)).length).toBeGreaterThanOrEqual(6);
    const secrets =
      /SECRET|سر ال|12[.,]6|0[.,]125|"(key|reason|feedback|tolerance|correct)"|name=\"q\.[^>]* (checked|selected)/;
    for (const { url, body } of seen) expect([url, secrets.exec(plain(body))?.[0]]).toEqual([url, undefined]);
    // In no order that they are shown in does the key stand.
    for (const { body } of seen) expect(body).not.toMatch(/tondre[^]{1,80}filer[^]{1,80}tisser/);
  });

  it('explains afterwards', async () => {
    const { token } = await givenPerson(t);
    const { body } = await submit(token, { answers: rightFor(await quizOf(token)) });
    expect(body).toContain('SECRET');
  });
});
