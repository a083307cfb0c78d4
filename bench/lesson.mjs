/**
 * A published lesson of a signed-in trainee, 16 connections, against bare node:http + pg with the same bytes; and how
 * long the first reader of a lesson waits, whose texts are rendered then.
 * `node bench/lesson.mjs [--quick]`; `bench/run.mjs` calls `run`.
 */
import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import * as web from './support/web.mjs';

const CONNECTIONS = 16;
/** Least share of the floor's requests per second: the floor has no template, no texts and no quiz. */
const BAR = 0.2;
const LANGUAGES = ['fr', 'ar'];
const FULL = { rounds: 7, warmRequests: 10_000, seconds: 5 };
const QUICK = { rounds: 3, warmRequests: 2_000, seconds: 3 };

const page = (path, cookie, more = '') =>
  `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/html\r\ncookie: ${cookie}\r\n${more}\r\n`;

async function timed(port, request) {
  const started = performance.now();
  const answer = await web.ask(port, request);
  return { ms: performance.now() - started, html: answer.slice(answer.indexOf('\r\n\r\n') + 4) };
}

/** Each lesson in each language, for the first time and once more; the code is warm, from the other pages. */
async function coldAndCached(port, slugs, cookie) {
  const ask = (path) => timed(port, page(path, cookie, 'connection: close\r\n'));
  for (let n = 0; n < 20; n++) await ask('/fr/courses');
  const [cold, cached] = [[], []];
  for (const language of LANGUAGES) {
    for (const slug of slugs) {
      const path = `/${language}/courses/e-marketing/${slug}`;
      cold.push((await ask(path)).ms);
      cached.push((await ask(path)).ms);
    }
  }
  return { cold: web.median(cold), coldest: Math.max(...cold), cached: web.median(cached) };
}

async function measure(running, database, courses, size) {
  const client = running.add(await web.openClient(database));
  const ours = running.add(await web.startOurs(database, courses));
  const people = await web.seedPeople(client, database, courses);
  const { rows } = await client.query('SELECT slug FROM module ORDER BY position');
  const slugs = rows.map(({ slug }) => slug);
  const first = await coldAndCached(ours.port, slugs, `qafila=${people[0].token}`);
  const lesson = `/fr/courses/e-marketing/${slugs[0]}`;
  const { html } = await timed(ours.port, page(lesson, `qafila=${people[0].token}`, 'connection: close\r\n'));
  const floor = running.add(await web.startFloor(database, Buffer.byteLength(html)));
  const job = { connections: CONNECTIONS, seconds: size.seconds };
  const mine = people.map(({ token }, n) =>
    page(`/fr/courses/e-marketing/${slugs[n % slugs.length]}`, `qafila=${token}`),
  );
  const theirs = people.map((_, n) => page('/course/1', `tok=tok${n + 1}`));
  await web.warm(floor, { ...job, requests: theirs }, size.warmRequests);
  await web.warm(ours, { ...job, requests: mine }, size.warmRequests);
  const [oursRounds, floorRounds] = [[], []];
  for (let round = 0; round < size.rounds; round++) {
    floorRounds.push(await web.load(floor, { ...job, requests: theirs }));
    oursRounds.push(await web.load(ours, { ...job, requests: mine }));
  }
  return { oursRounds, floorRounds, html, first };
}

export async function run({ quick = false } = {}) {
  await build();
  const running = new web.Running();
  const database = running.add(await web.startDatabase());
  const courses = await mkdtemp(join(tmpdir(), 'qafila-bench-courses-'));
  try {
    await web.writeCourse(courses);
    const size = quick ? QUICK : FULL;
    const { oursRounds, floorRounds, html, first } = await measure(running, database, courses, size);
    const ms = (value) => Number(value.toFixed(1));
    return await web.resultOf({
      name: `lesson of a signed-in trainee, ${CONNECTIONS} connections`,
      unit: 'requests per second',
      bar: BAR,
      ours: oursRounds,
      floors: floorRounds,
      checks: [
        {
          name: 'the lesson shows its cards and asks its five questions',
          ok: html.split('class="lesson-card"').length > 5 && html.split('quiz-item"').length - 1 === 5,
        },
      ],
      more: {
        pageBytes: Buffer.byteLength(html),
        alone: {
          unit: 'ms',
          ...{ cold: ms(first.cold), coldest: ms(first.coldest), cached: ms(first.cached) },
        },
      },
    });
  } finally {
    await running.stop();
    await rm(courses, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  web.print(await run({ quick: process.argv.includes('--quick') }));
