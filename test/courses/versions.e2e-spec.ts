import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CourseLoader } from '../../src/courses/public.js';
import { LearningQuery } from '../../src/learning/public.js';
import { givenEnrolment, givenGround, givenSession } from '../attendance/factories.js';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type CourseFolder, givenCourses, MODULE } from '../support/courses.js';

const FILE = 'tissage/01-le-prix/module.yaml';
const RIGHT = {
  'question-1': 'assez',
  'question-2': 'assez',
  plusieurs: ['laine', 'heures'],
  vrai: true,
  nombre: '122,2',
};

interface Course {
  id: string;
  version: number;
  modules: Array<{ title: string; progress: { percent: number; quiz: unknown } }>;
}

describe('versions of a course', () => {
  let t: TestApp;
  let courses: CourseFolder;

  beforeEach(async () => {
    courses = await givenCourses();
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
  }, 60_000);
  afterEach(async () => {
    await t.close();
    await courses.remove();
  });

  async function change(from: string, to: string): Promise<void> {
    const text = await readFile(join(courses.path, FILE), 'utf8');
    if (!text.includes(from)) throw new Error(`no ${from}`);
    await courses.write(FILE, text.replace(from, to));
    expect(await t.app.get(CourseLoader).load()).toMatchObject({ published: ['tissage'] });
  }

  const courseOf = async (token?: string): Promise<Course> =>
    (await t.api('/courses/tissage?lang=fr', { token })).json<Course>();
  const answer = (token: string, answers: object) =>
    t.api(`/modules/${MODULE}/quiz-attempts`, { token, body: { id: randomUUID(), answers } });
  const begun = async () => {
    const person = await givenPerson(t);
    expect((await answer(person.token, RIGHT)).statusCode).toBe(201);
    return person;
  };

  it('leaves whoever had begun on theirs, and gives the new one to everybody else', async () => {
    const person = await begun();
    await change('Carte 1', 'Première carte');
    await change('title: { fr: Le prix,', 'title: { fr: Le juste prix,');
    expect(await courseOf(person.token)).toMatchObject({ version: 1, modules: [{ title: 'Le prix' }, {}] });
    expect(await courseOf((await givenPerson(t)).token)).toMatchObject({
      version: 3,
      modules: [{ title: 'Le juste prix' }, {}],
    });
    expect(await courseOf()).toMatchObject({ version: 3 });
    const page = await t.inject({
      url: `/fr/courses/tissage/${MODULE}`,
      headers: { authorization: `Bearer ${person.token}` },
    });
    expect(page.body).toContain('Carte 1');
    expect(page.body).not.toContain('Première carte');
    expect((await t.inject({ url: `/fr/courses/tissage/${MODULE}` })).body).toContain('Première carte');
  });

  it('marks the quiz of the version that somebody is on', async () => {
    const person = await begun();
    await change('key: assez', 'key: peu');
    expect((await answer(person.token, RIGHT)).json()).toMatchObject({ score: 5, passed: true });
    expect((await answer((await givenPerson(t)).token, RIGHT)).json()).toMatchObject({ score: 4 });
  });

  it('shows what changes, moves when one accepts, and keeps what was done', async () => {
    const person = await begun();
    const { token } = person;
    const video = {
      events: [{ id: randomUUID(), ranges: [[0, 90]], position: 90, at: t.clock.now().toISOString() }],
    };
    await t.api(`/modules/${MODULE}/progress`, { token, method: 'PUT', body: video });
    expect((await courseOf(token)).modules[0]).toMatchObject({
      progress: { percent: 100, completed: true, done: true },
    });
    await change('Carte 1', 'Première carte');
    await change('  - id: devoir\n    kind: exercise', '  - id: travail\n    kind: exercise');
    const offered = (
      await t.api('/courses/tissage/version', { token, headers: { 'accept-language': 'fr' } })
    ).json<object>();
    expect(offered).toMatchObject({ version: 1, newest: 3 });
    expect(offered).toMatchObject({
      changes: [
        {
          kind: 'changed',
          part: 'block',
          module: MODULE,
          block: 'carte-1',
          text: 'Le prix : une carte revue, « Première carte »',
        },
        { kind: 'added', part: 'block', block: 'travail' },
        { kind: 'removed', part: 'block', block: 'devoir' },
      ],
    });
    const auth = { authorization: `Bearer ${token}` };
    expect((await t.inject({ url: '/ar/courses/tissage', headers: auth })).body).toContain(
      '/ar/courses/tissage/version',
    );
    expect((await t.inject({ url: '/ar/courses/tissage/version', headers: auth })).body).toContain('بطاقة');
    const moved = await t.inject({ method: 'POST', url: '/ar/courses/tissage/version', headers: auth });
    expect([moved.statusCode, moved.headers.location]).toEqual([303, '/ar/courses/tissage']);
    expect(await courseOf(token)).toMatchObject({
      version: 3,
      modules: [{ progress: { percent: 100, completed: true, done: true } }, {}],
    });
    expect((await t.api('/courses/tissage/version', { token })).json()).toMatchObject({
      version: 3,
      newest: 3,
      changes: [],
    });
  });

  it('moves a session’s people when a manager says so, and nobody else may', async () => {
    const person = await begun();
    const { id: courseId } = await courseOf();
    const ground = { ...(await givenGround(t)), courseId };
    const session = await givenSession(t, { ground });
    await givenEnrolment(t, session, { personId: person.id });
    await change('Carte 1', 'Première carte');
    const path = `/sessions/${session.id}/course-version`;
    const other = await givenStaff(t, 'manager');
    expect((await t.api(path, { token: other.token, body: {} })).statusCode).toBe(404);
    expect((await t.api(path, { token: session.trainer.token, body: {} })).statusCode).toBe(403);
    const manager = await givenStaff(t, 'manager', { kind: 'campaign', id: ground.campaignId });
    const page = await t.inject({
      url: `/fr/staff/sessions/${session.id}/course`,
      headers: { authorization: `Bearer ${manager.token}` },
    });
    expect(page.body).toContain('1 personne suit la version 1');
    expect((await t.api(path, { token: manager.token, body: {} })).json()).toEqual({ moved: 1, version: 2 });
    expect((await t.api(path, { token: manager.token, body: {} })).json()).toEqual({ moved: 0, version: 2 });
    expect(await courseOf(person.token)).toMatchObject({ version: 2 });
  });

  it('judges completion by the version that each person is on', async () => {
    const person = await begun();
    const { id } = await courseOf();
    await change('watched: 80', 'watched: 50');
    const late = await givenPerson(t);
    const facts = await t.app.get(LearningQuery).factsOf([person.id, late.id], id);
    expect([facts.get(person.id)?.[0]?.watchedRequired, facts.get(late.id)?.[0]?.watchedRequired]).toEqual([
      80, 50,
    ]);
  });
});
