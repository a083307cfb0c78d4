/**
 * The course page of a signed-in trainee, 16 connections, against bare node:http + pg with the same bytes.
 * `node bench/course-page.mjs [--quick]`; `bench/run.mjs` calls `run`.
 */
import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import * as web from './support/web.mjs';

const CONNECTIONS = 16;
/** Least share of the floor's requests per second. */
const BAR = 0.8;
const PATH = '/fr/courses/e-marketing';
const FULL = { rounds: 7, warmRequests: 20_000, seconds: 5 };
const QUICK = { rounds: 3, warmRequests: 6_000, seconds: 3 };

const page = (cookie, more = '') =>
  `GET ${PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/html\r\ncookie: ${cookie}; lang=fr\r\n${more}\r\n`;

/** Half of each video seen by everybody, the quiz passed on every second module: as the floor has it. */
async function seedProgress(client) {
  await client.query(`
    INSERT INTO video_progress (person_id, video_id, watched, claimed, position_ms, last_event_at, last_event_id)
    SELECT p.id, v.id, '{[0,45000)}', '{[0,45000)}', 45000, now(), gen_random_uuid() FROM person p CROSS JOIN video v`);
  await client.query(`
    INSERT INTO quiz_attempt (person_id, id, module_id, version_id, answers, score, max, passed, at, received_at)
    SELECT p.id, gen_random_uuid(), m.id, m.version_id, '{}', 4, 5, true, now(), now() FROM person p CROSS JOIN module m WHERE m.position % 2 = 0`);
  await client.query('ANALYZE video_progress, quiz_attempt, module, video, course_version');
}

async function measure(running, database, courses, size) {
  const client = running.add(await web.openClient(database));
  const ours = running.add(await web.startOurs(database, courses));
  const people = await web.seedPeople(client, database, courses);
  await seedProgress(client);
  const answer = await web.ask(ours.port, page(`qafila=${people[0].token}`, 'connection: close\r\n'));
  const html = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  const bytes = Buffer.byteLength(html);
  const floor = running.add(await web.startFloor(database, bytes));
  const job = { connections: CONNECTIONS, seconds: size.seconds };
  const mine = people.map(({ token }) => page(`qafila=${token}`));
  const theirs = people.map((_, n) => page(`tok=tok${n + 1}`).replace(PATH, '/course/1'));
  await web.warm(floor, { ...job, requests: theirs }, size.warmRequests);
  await web.warm(ours, { ...job, requests: mine }, size.warmRequests);
  const [oursRounds, floorRounds] = [[], []];
  for (let round = 0; round < size.rounds; round++) {
    floorRounds.push(await web.load(floor, { ...job, requests: theirs }));
    oursRounds.push(await web.load(ours, { ...job, requests: mine }));
  }
  const packed = people.map(({ token }) => page(`qafila=${token}`, 'accept-encoding: gzip, deflate, br\r\n'));
  const compressed = await web.load(ours, { ...job, requests: packed });
  return { oursRounds, floorRounds, bytes, html, compressed };
}

export async function run({ quick = false } = {}) {
  await build();
  const running = new web.Running();
  const database = running.add(await web.startDatabase());
  const courses = await mkdtemp(join(tmpdir(), 'qafila-bench-courses-'));
  try {
    await web.writeCourse(courses);
    const { oursRounds, floorRounds, bytes, html, compressed } = await measure(
      running,
      database,
      courses,
      quick ? QUICK : FULL,
    );
    return await web.resultOf({
      name: `course page of a signed-in trainee, ${CONNECTIONS} connections`,
      unit: 'requests per second',
      bar: BAR,
      ours: oursRounds,
      floors: floorRounds,
      checks: [
        {
          name: 'the page shows six modules and where the person is',
          ok: html.split('class="stop ').length - 1 === web.MODULES && html.includes('aria-current="step"'),
        },
        {
          name: 'the floor sends as many bytes',
          ok: Math.abs(floorRounds[0].bytes - oursRounds[0].bytes) < 1500,
        },
      ],
      more: {
        pageBytes: bytes,
        packed: { perSecond: Math.round(compressed.perSecond), cpu: compressed.cpu, bytes: compressed.bytes },
      },
    });
  } finally {
    await running.stop();
    await rm(courses, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  web.print(await run({ quick: process.argv.includes('--quick') }));
