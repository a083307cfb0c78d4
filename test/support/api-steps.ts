import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import type { ApiOptions, TestApp } from './app.js';

const COURSES = fileURLToPath(new URL('../../courses', import.meta.url));
/** Seconds of a video that one event tells, well within what is credited for the time that passed. */
const STEP_SECONDS = 30;

export interface PublicSession {
  id: string;
  course: { slug: string };
  seatsLeft: number;
  units: Array<{ n: number; startsAt: string; endsAt: string }>;
}

interface Module {
  id: string;
  slug: string;
  video?: { id: string; duration: number } | null;
  quiz: unknown;
}

/** What answers a question rightly: a choice, several, a number, true or false. */
export type Key = string | string[] | number | boolean;

/** A call to the API that must succeed. @param status what success is, if not 201 for a body and 200 without one */
export async function ok<T>(
  t: TestApp,
  path: string,
  options: ApiOptions = {},
  status = options.method === undefined && options.body !== undefined ? 201 : 200,
): Promise<T> {
  const answer = await t.api(path, options);
  if (answer.statusCode !== status)
    throw new Error(`${path}: ${answer.statusCode} ${answer.body.slice(0, 500)}`);
  return answer.body ? answer.json<T>() : (undefined as T);
}

/** @returns a token of a member of the demo's staff */
export async function staffToken(t: TestApp, account: string, password: string): Promise<string> {
  const body = { email: `${account}@qafila.test`, password };
  return (await ok<{ token: string }>(t, '/auth/token', { body }, 200)).token;
}

/** The one session of a city in the open campaign of the demo. */
export async function sessionIn(t: TestApp, city: string): Promise<PublicSession> {
  const { items } = await ok<{ items: PublicSession[] }>(t, `/campaigns/caravane-2027/sessions?city=${city}`);
  const [only] = items;
  if (!only || items.length > 1) throw new Error(`${city} has ${items.length} sessions`);
  return only;
}

/** The keys of a module's quiz, from the course's own file; the server never tells them. */
export async function quizKeys(course: string, module: string): Promise<Map<string, Key>> {
  for (const folder of await readdir(`${COURSES}/${course}`)) {
    if (!folder.endsWith(`-${module}`)) continue;
    const file = load(await readFile(`${COURSES}/${course}/${folder}/module.yaml`, 'utf8')) as {
      blocks: Array<{ items?: Array<{ id: string; key: Key }> }>;
    };
    return new Map(file.blocks.flatMap(({ items = [] }) => items.map(({ id, key }) => [id, key] as const)));
  }
  throw new Error(`No file of the module ${course}/${module}`);
}

/** The keys of a course's test, in its order. */
export async function testKeys(course: string): Promise<Map<string, Key>> {
  const { items } = load(await readFile(`${COURSES}/${course}/test.yaml`, 'utf8')) as {
    items: Array<{ id: string; key: Key }>;
  };
  return new Map(items.map(({ id, key }) => [id, key] as const));
}

/**
 * Watches every video of a course and answers every quiz rightly; the clock moves as far as that takes.
 *
 * @param done the slug of a module that is left out
 */
export async function finishCourse(t: TestApp, token: string, course: string, done?: string): Promise<void> {
  const { modules } = await ok<{ modules: Module[] }>(t, `/courses/${course}`, { token });
  for (const { id, slug, video, quiz } of modules) {
    if (slug === done) continue;
    if (video) await watch(t, token, video);
    if (!quiz) continue;
    const answers = Object.fromEntries(await quizKeys(course, slug));
    const body = { id: randomUUID(), answers };
    const { score, max } = await ok<{ score: number; max: number }>(t, `/modules/${id}/quiz-attempts`, {
      token,
      body,
    });
    if (score !== max) throw new Error(`The keys of ${course}/${slug} gave ${score} of ${max}`);
  }
}

/** Watches a video to its end; the clock moves as far as that takes. */
export async function watch(
  t: TestApp,
  token: string,
  video: { id: string; duration: number },
): Promise<void> {
  for (let from = 0; from < video.duration; from += STEP_SECONDS) {
    t.clock.advance(STEP_SECONDS * 1000);
    const ranges = [[from, Math.min(from + STEP_SECONDS, video.duration)]];
    const event = { id: randomUUID(), ranges, position: from, at: t.clock.now().toISOString() };
    await ok(t, `/videos/${video.id}/progress`, { token, method: 'PUT', body: { events: [event] } });
  }
}

/** Marks people present in every half-day, as the phone of a trainer sends it. */
export async function markPresent(
  t: TestApp,
  token: string,
  session: PublicSession,
  enrolmentIds: readonly string[],
): Promise<void> {
  const events = session.units.flatMap(({ n, startsAt }) =>
    enrolmentIds.map((enrolmentId) => ({
      id: randomUUID(),
      unit: n,
      at: startsAt,
      kind: 'present',
      enrolmentId,
    })),
  );
  const body = { deviceId: 'phone-1', sentAt: t.clock.now().toISOString(), appVersion: '1', events };
  const { review } = await ok<{ review: unknown[] }>(
    t,
    `/sessions/${session.id}/attendance`,
    { token, body },
    200,
  );
  if (review.length > 0) throw new Error(`To review: ${JSON.stringify(review)}`);
}
