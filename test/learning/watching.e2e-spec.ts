import { randomUUID } from 'node:crypto';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type CourseFolder, courseFiles, givenCourses } from '../support/courses.js';
import { givenClass } from './given-class.js';

type Range = [number, number];
interface Part {
  from: number;
  to: number;
  seen: number;
  replayed: number;
  stopped: number;
}
interface Watching {
  modules: Array<{
    slug: string;
    people: number | null;
    completed: number | null;
    coverage: number | null;
    verified: number | null;
    parts: Part[] | null;
  }>;
}

const START = Date.parse('2027-01-15T08:00:00Z');
const RIGHT = {
  'question-1': 'assez',
  'question-2': 'assez',
  plusieurs: ['laine', 'heures'],
  vrai: true,
  nombre: '122,2',
};

describe('how a video is watched', () => {
  let t: TestApp;
  let courses: CourseFolder;
  let courseId: string;
  let video: string;
  let trainer: { token: string };

  beforeAll(async () => {
    courses = await givenCourses(courseFiles());
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
    const course = (await t.api('/courses/tissage')).json<{
      id: string;
      modules: Array<{ video?: { id: string } }>;
    }>();
    courseId = course.id;
    video = course.modules[0]?.video?.id ?? '';
    trainer = await givenStaff(t, 'trainer');
  }, 60_000);
  afterAll(async () => {
    await t.close();
    await courses.remove();
  });

  /** Plays stretches of the video one after the other, each in its own time. */
  const play = async (token: string, ...ranges: Range[]): Promise<void> => {
    let at = START;
    const events = [{ id: randomUUID(), ranges: [] as Range[], position: 0, at: new Date(at).toISOString() }];
    for (const [from, to] of ranges) {
      at += (to - from) * 1000;
      events.push({ id: randomUUID(), ranges: [[from, to]], position: to, at: new Date(at).toISOString() });
    }
    const answer = await t.api(`/videos/${video}/progress`, { method: 'PUT', token, body: { events } });
    expect(answer.statusCode).toBe(200);
  };
  /** Claims the whole video at once, as a phone that sat in a drawer never could. */
  const claim = (token: string) =>
    t.api(`/videos/${video}/progress`, {
      ...{ method: 'PUT', token },
      body: {
        events: [{ id: randomUUID(), ranges: [[0, 90]], position: 90, at: new Date(START).toISOString() }],
      },
    });
  const watching = async () =>
    (await t.api('/courses/tissage/watching', { token: trainer.token })).json<Watching>().modules[0]!;

  it('says nothing of four people, then where people stop, what they play again, and what is verified', async () => {
    const people: string[] = [];
    for (let n = 0; n < 3; n++) people.push((await givenPerson(t)).token);
    for (const token of people) await play(token, [0, 45], [45, 90]);
    const eager = (await givenPerson(t)).token;
    await claim(eager);
    expect(await watching()).toEqual({
      ...{ moduleId: expect.any(String) as string, slug: 'le-prix', title: expect.any(String) as string },
      ...{ videoId: video, duration: 90, people: null },
      ...{ completed: null, coverage: null, verified: null, parts: null },
    });
    await play((await givenPerson(t)).token, [0, 20]);
    await play((await givenPerson(t)).token, [0, 20], [9, 13]);
    const seen = await watching();
    expect(seen).toMatchObject({ people: 6, completed: 3, coverage: 0.741, verified: 0.85 });
    const parts = seen.parts ?? [];
    expect(parts).toHaveLength(20);
    expect(parts[2]).toEqual({ from: 9, to: 13.5, seen: 6, replayed: 1, stopped: 0 });
    expect(parts[4]).toEqual({ from: 18, to: 22.5, seen: 4, replayed: 0, stopped: 2 });
    expect(parts.map(({ stopped }) => stopped).reduce((a, b) => a + b)).toBe(2);
    expect(parts.map(({ replayed }) => replayed).reduce((a, b) => a + b)).toBe(1);
    expect([parts[0]?.seen, parts[19]?.seen]).toEqual([6, 4]);
    const passed = await t.api('/modules/le-prix/quiz-attempts', {
      token: eager,
      body: { id: randomUUID(), answers: RIGHT },
    });
    expect(passed.json()).toMatchObject({ passed: true });
    expect(await watching()).toMatchObject({ people: 6, completed: 4, verified: 1 });
    const url = '/fr/staff/learning/tissage/videos';
    const page = await t.inject({ url, headers: { cookie: `qafila=${trainer.token}` } });
    expect(page.body).toContain('On s’arrête le plus entre 0:18 et 0:23 : 2 personnes.');
    expect(page.body).toContain('On revoit le plus le passage de 0:09 à 0:14 : 1 personne.');
  });

  it('tells what each person of a session has seen, to those who teach or run it', async () => {
    const { session, people } = await givenClass(t, courseId, 3);
    const [whole, part, none] = people as [
      { token: string; id: string },
      { token: string; id: string },
      { id: string },
    ];
    await play(whole.token, [0, 45], [45, 90]);
    await claim(part.token);
    const path = `/sessions/${session.id}/watching`;
    const told = await t.api(path, { token: session.trainer.token });
    expect(told.json()).toMatchObject({
      ...{ sessionId: session.id, courseId },
      people: [
        {
          ...{ number: 1, personId: whole.id },
          modules: [
            { slug: 'le-prix', watchedSeconds: 90, unverifiedSeconds: 0, percent: 100, completed: true },
          ],
        },
        {
          ...{ number: 2, personId: part.id },
          modules: [{ watchedSeconds: 30, unverifiedSeconds: 60, percent: 33.3, completed: false }],
        },
        { number: 3, personId: none.id, modules: [] },
      ],
    });
    const url = `/fr/staff/sessions/${session.id}/videos`;
    const page = await t.inject({ url, headers: { cookie: `qafila=${session.trainer.token}` } });
    expect(page.body).toMatch(/100\s% ✓[^]*33\s% \+ 1:00/);
    const statuses = [];
    for (const token of [trainer.token, whole.token, undefined])
      statuses.push((await t.api(path, token === undefined ? {} : { token })).statusCode);
    expect(statuses).toEqual([404, 403, 401]);
    const mine = await t.api('/courses/tissage/watching', { token: whole.token });
    expect(mine.statusCode).toBe(403);
    expect((await t.api('/courses/nothing/watching', { token: trainer.token })).statusCode).toBe(404);
  });
});
