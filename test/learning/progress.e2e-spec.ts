import { randomUUID } from 'node:crypto';
import { ProgressStore } from '../../src/learning/public.js';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type CourseFolder, givenCourses, MODULE } from '../support/courses.js';

type Range = [number, number];
interface Sent {
  id: string;
  ranges: Range[];
  position: number;
  at: string;
}

const START = Date.parse('2027-01-15T08:00:00Z');
const RIGHT = {
  'question-1': 'assez',
  'question-2': 'assez',
  plusieurs: ['laine', 'heures'],
  vrai: true,
  nombre: '122,2',
};

function event(second: number, ranges: Range[], position = ranges.at(-1)?.[1] ?? 0): Sent {
  return { id: randomUUID(), ranges, position, at: new Date(START + second * 1000).toISOString() };
}

describe('progress', () => {
  let t: TestApp;
  let courses: CourseFolder;
  let video: string;

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

  const send = (token: string, events: unknown, more: object = {}, path = `/videos/${video}/progress`) =>
    t.api(path, { method: 'PUT', token, body: { events, ...more } });
  const someone = async () => (await givenPerson(t)).token;

  it('counts what was watched, as seconds and percent, under both addresses', async () => {
    const token = await someone();
    const first = await send(token, [event(0, [], 0), event(10, [[0, 10]]), event(20, [[10, 20]])]);
    expect([first.statusCode, first.json()]).toEqual([
      200,
      { watchedSeconds: 20, unverifiedSeconds: 0, percent: 22.2, completed: false },
    ]);
    const later = [event(30, [[20, 30]]), event(80, [[30, 72]])];
    const second = await send(token, later, {}, `/modules/${MODULE}/progress`);
    expect(second.json()).toEqual({ watchedSeconds: 72, unverifiedSeconds: 0, percent: 80, completed: true });
  });

  it('credits a claim by the clock, and keeps the rest until the quiz is passed', async () => {
    const token = await someone();
    const claimed = await send(token, [event(0, [[0, 90]])]);
    expect(claimed.json()).toEqual({
      watchedSeconds: 30,
      unverifiedSeconds: 60,
      percent: 33.3,
      completed: false,
    });
    const again = await send(token, [event(5, [[0, 90]])]);
    expect(again.json()).toMatchObject({ watchedSeconds: 40, unverifiedSeconds: 50 });
    await t.api(`/modules/${MODULE}/quiz-attempts`, {
      token,
      body: { id: randomUUID(), answers: { 'question-1': 'peu' } },
    });
    expect((await send(token, [])).json()).toMatchObject({ watchedSeconds: 40, unverifiedSeconds: 50 });
    const quiz = await t.api(`/modules/${MODULE}/quiz-attempts`, {
      token,
      body: { id: randomUUID(), answers: RIGHT },
    });
    expect(quiz.json()).toMatchObject({ passed: true });
    expect((await send(token, [])).json()).toEqual({
      watchedSeconds: 90,
      unverifiedSeconds: 0,
      percent: 100,
      completed: true,
    });
  });

  it('is the same whatever the order, the parts and the repetitions', async () => {
    const events = Array.from({ length: 12 }, (_, i) =>
      event(i * 4 + (i % 3), [[(i * 7) % 80, ((i * 7) % 80) + 5 + i * 4]]),
    );
    const answers = new Set<string>();
    const orders = [events, [...events].reverse(), [...events].sort((a, b) => (a.id < b.id ? -1 : 1))];
    for (const [n, order] of orders.entries()) {
      const token = await someone();
      const size = [12, 1, 5][n] ?? 1;
      const calls = Array.from({ length: Math.ceil(12 / size) }, (_, i) =>
        order.slice(i * size, (i + 1) * size),
      );
      for (const call of [...calls, ...calls])
        expect((await send(token, [...call, ...call])).statusCode).toBe(200);
      answers.add((await send(token, [])).body);
    }
    expect(answers.size).toBe(1);
  });

  it('is the same when the calls come at once', async () => {
    const token = await someone();
    const calm = await someone();
    const events = Array.from({ length: 30 }, (_, i) => event(i, [[i * 3, i * 3 + 3 + (i % 5)]]));
    await send(calm, events);
    const answers = await Promise.all(events.map((one) => send(token, [one])));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(events.map(() => 200));
    expect((await send(token, [])).body).toBe((await send(calm, [])).body);
  });

  it('keeps what others send although one who sends at the same moment is gone', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => givenPerson(t)));
    const store = t.app.get(ProgressStore);
    const keep = (personId: string, second: number) => {
      const sent = event(second, [[0, 10]]);
      const key = {
        personId,
        videoId: video,
        moduleIds: [],
        durationMs: 90_000,
        receivedAt: new Date(START),
      };
      const watched = { atMs: START + second * 1000, positionMs: 10_000, claim: [[0, 10_000]] as Range[] };
      return store.add(key, [{ id: sent.id, body: JSON.stringify(sent), ...watched }]);
    };
    const gone = randomUUID();
    const answers = await Promise.allSettled(
      people.flatMap(({ id }, n) => [keep(id, 0), ...(n === 5 ? [keep(gone, 0)] : []), keep(id, 10)]),
    );
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    const kept = await t.db.read<{ events: number }>(
      'test.eventsOf',
      'SELECT count(*)::int AS events FROM progress_event WHERE person_id = ANY ($1) GROUP BY person_id',
      [people.map(({ id }) => id)],
    );
    expect(kept.map(({ events }) => events)).toEqual(people.map(() => 2));
  });

  it('places the events of a phone whose clock is wrong by what it says the time is', async () => {
    const token = await someone();
    const hour = 3600;
    const wrong = [event(hour - 20, [], 0), event(hour, [[0, 70]])];
    const sentAt = new Date(START + hour * 1000).toISOString();
    expect((await send(token, wrong, { sentAt })).json()).toMatchObject({ watchedSeconds: 70 });
    // Without it, times ahead of ours are now: the two events fall together.
    expect(
      (await send(await someone(), [event(2 * hour, [], 0), event(3 * hour, [[0, 70]])])).json(),
    ).toMatchObject({
      watchedSeconds: 30,
    });
  });

  it('gives the same again when everything is interpreted from the raw events', async () => {
    const token = await someone();
    await send(token, [event(50, [[10, 60]]), event(0, [[0, 90]])]);
    await send(token, [event(20, [[20, 90]])]);
    const before = (await send(token, [])).body;
    const rows = () => t.db.read('test.progressRows', 'SELECT * FROM video_progress ORDER BY person_id');
    const then = await rows();
    expect(await t.app.get(ProgressStore).rebuild()).toBe(then.length);
    expect(await rows()).toEqual(then);
    expect((await send(token, [])).body).toBe(before);
  });

  it('keeps each event as it came, with members it does not know', async () => {
    const person = await givenPerson(t);
    const sent = { ...event(0, [[0, 5.4321]]), speed: 1.5 };
    await send(person.token, [sent]);
    const [row] = await t.db.read<{ body: unknown }>(
      'test.rawEvent',
      'SELECT body FROM progress_event WHERE person_id = $1',
      [person.id],
    );
    expect(row?.body).toEqual(sent);
  });

  it('cuts off what lies beyond the end', async () => {
    const token = await someone();
    const body = (await send(token, [event(0, []), event(60, [[80, 1e12]], 1e12)])).json();
    expect(body).toEqual({ watchedSeconds: 10, unverifiedSeconds: 0, percent: 11.1, completed: false });
  });

  it.each<[string, unknown, string, string]>([
    ['no events', undefined, '/events', 'required'],
    ['events that are no list', {}, '/events', 'not-a-list'],
    ['an event that is none', [7], '/events/0', 'not-an-object'],
    ['too many events', Array.from({ length: 501 }, () => event(0, [])), '/events', 'too-many'],
    ['no id', [{ ...event(0, []), id: undefined }], '/events/0/id', 'required'],
    ['an id that is none', [{ ...event(0, []), id: 'x' }], '/events/0/id', 'not-an-id'],
    ['no ranges', [{ ...event(0, []), ranges: undefined }], '/events/0/ranges', 'required'],
    ['a negative range', [event(0, [[-1, 5]], 0)], '/events/0/ranges/0/0', 'too-small'],
    ['a reversed range', [event(0, [[9, 5]], 0)], '/events/0/ranges/0', 'range-reversed'],
    ['a reversed range beyond the end', [event(0, [[900, 500]], 0)], '/events/0/ranges/0', 'range-reversed'],
    ['a range of one', [event(0, [[9] as never], 0)], '/events/0/ranges/0', 'not-a-range'],
    ['words', [event(0, [['0', '9'] as never], 0)], '/events/0/ranges/0/0', 'not-a-number'],
    ['NaN, which is null in JSON', [event(0, [[0, NaN]], 0)], '/events/0/ranges/0/1', 'not-a-number'],
    [
      '10,000 ranges',
      [
        event(
          0,
          Array.from({ length: 10_000 }, (_, i): Range => [i, i + 1]),
        ),
      ],
      '/events/0/ranges',
      'too-many',
    ],
    ['no position', [{ ...event(0, []), position: undefined }], '/events/0/position', 'required'],
    ['a negative position', [event(0, [], -3)], '/events/0/position', 'too-small'],
    ['no time', [{ ...event(0, []), at: undefined }], '/events/0/at', 'required'],
    ['a time that is none', [{ ...event(0, []), at: 'yesterday' }], '/events/0/at', 'not-an-instant'],
    [
      'a time before phones',
      [{ ...event(0, []), at: '1970-01-01T00:00:00Z' }],
      '/events/0/at',
      'not-an-instant',
    ],
  ])('refuses %s and keeps nothing of the call', async (_, events, pointer, code) => {
    const token = await someone();
    const all = Array.isArray(events) ? [...(events as unknown[]), event(1, [[0, 5]])] : events;
    const answer = await send(token, all);
    const problem = answer.json<{ errors: Array<{ pointer: string; code: string; detail: string }> }>();
    expect([answer.statusCode, problem.errors[0]]).toMatchObject([422, { pointer, code }]);
    expect(problem.errors[0]?.detail).not.toBe('Cette réponse ne convient pas.');
    expect((await send(token, [])).json()).toMatchObject({ watchedSeconds: 0, unverifiedSeconds: 0 });
  });

  it('refuses infinity and a body that is no object', async () => {
    const token = await someone();
    const text = JSON.stringify({ events: [event(0, [[0, 54.125]])] }).replace('54.125', '1e999');
    const json = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const put = (payload: string) =>
      t.inject({ method: 'PUT', url: `/api/v1/videos/${video}/progress`, headers: json, payload });
    expect((await put(text)).json()).toMatchObject({ status: 422, errors: [{ code: 'not-a-number' }] });
    expect((await put('[]')).statusCode).toBe(422);
    expect((await put('null')).statusCode).toBe(422);
    expect((await put('{')).statusCode).toBe(400);
    expect((await put('')).statusCode).toBe(422);
  });

  it('knows no unknown video, and takes progress of a person only', async () => {
    const token = await someone();
    for (const path of [
      `/videos/${randomUUID()}/progress`,
      '/videos/x/progress',
      '/modules/la-vente/progress',
      '/modules/x/progress',
    ])
      expect([path, (await send(token, [event(0, [])], {}, path)).statusCode]).toEqual([path, 404]);
    expect(
      (await t.api(`/videos/${video}/progress`, { method: 'PUT', body: { events: [] } })).statusCode,
    ).toBe(401);
    expect((await send((await givenStaff(t, 'trainer')).token, [])).statusCode).toBe(403);
  });

  it('shows own progress in the course, and nobody else’s', async () => {
    const [mine, other] = [await someone(), await someone()];
    await send(mine, [event(0, [], 0), event(20, [[0, 20]], 20)]);
    const progressOf = async (token?: string) =>
      (await t.api('/courses/tissage', { token })).json<{ modules: Array<{ progress?: unknown }> }>()
        .modules[0]?.progress;
    expect(await progressOf(mine)).toEqual({
      ...{
        watchedSeconds: 20,
        unverifiedSeconds: 0,
        percent: 22.2,
        completed: false,
        position: 20,
        quiz: null,
        done: false,
      },
    });
    expect(await progressOf(other)).toMatchObject({ watchedSeconds: 0, position: 0 });
    expect(await progressOf()).toBeUndefined();
  });
});
