/**
 * A progress update, 64 connections, against bare node:http + pg with an upsert of a multirange.
 * `node bench/progress.mjs [--quick]`; `bench/run.mjs` calls `run`.
 */
import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import * as web from './support/web.mjs';

const CONNECTIONS = 64;
/** Least share of the floor's requests per second. */
const BAR = 0.7;
const FULL = { rounds: 7, warmRequests: 20_000, seconds: 5 };
const QUICK = { rounds: 3, warmRequests: 6_000, seconds: 3 };
/** Length of what a phone has watched when it reports, and of the stretch its reports cover, in seconds. */
const STRETCH = 10;
const SPREAD = 60;
const UUID_LENGTH = 36;
const NOW_LENGTH = 24;

const put = (path, headers, body) => {
  const length = body
    .replace('{{uuid}}', 'x'.repeat(UUID_LENGTH))
    .replaceAll('{{now}}', 'x'.repeat(NOW_LENGTH)).length;
  const lines = [
    `PUT ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    `content-length: ${length}`,
  ];
  return `${[...lines, ...headers].join('\r\n')}\r\n\r\n${body}`;
};

/** Each person reports on each of six videos in turn, as the browser does: by cookie, with the CSRF token. */
function ourRequests(people, videos) {
  return people.flatMap(({ token, csrf }, n) =>
    videos.map((video, v) => {
      const from = (n * 7 + v * 13) % SPREAD;
      const event = {
        id: '{{uuid}}',
        ranges: [[from, from + STRETCH]],
        position: from + STRETCH,
        at: '{{now}}',
      };
      const body = JSON.stringify({ sentAt: '{{now}}', events: [event] });
      return put(
        `/api/v1/videos/${video}/progress`,
        [`cookie: qafila=${token}`, `x-csrf-token: ${csrf}`, 'sec-fetch-site: same-origin'],
        body,
      );
    }),
  );
}

function floorRequests(people) {
  return people.flatMap((_, n) =>
    Array.from({ length: web.MODULES }, (__, v) => {
      const from = (n * 7 + v * 13) % SPREAD;
      const body = JSON.stringify({
        moduleId: 11 + v,
        ranges: [[from, from + STRETCH]],
        position: from + STRETCH,
      });
      return put('/progress', [`cookie: tok=tok${n + 1}`], body);
    }),
  );
}

/** What must be true whatever the speed: each event is kept, and what is derived is what the events say. */
async function check(client, sent) {
  const { rows } = await client.query(`
    SELECT (SELECT count(*)::int FROM progress_event) AS events,
           (SELECT count(*)::int FROM video_progress p WHERE p.claimed <> (
              SELECT range_agg(int4range(((e.body -> 'ranges' -> 0 ->> 0)::numeric * 1000)::int, ((e.body -> 'ranges' -> 0 ->> 1)::numeric * 1000)::int))
                FROM progress_event e WHERE e.person_id = p.person_id AND e.video_id = p.video_id)) AS different`);
  return [
    { name: 'every event that was answered is kept', ok: rows[0].events >= sent },
    { name: 'every union is that of its events', ok: rows[0].different === 0 },
  ];
}

async function measure(running, database, courses, connections, size) {
  const client = running.add(await web.openClient(database));
  const ours = running.add(await web.startOurs(database, courses));
  const people = await web.seedPeople(client, database, courses);
  const { rows } = await client.query('SELECT id FROM video ORDER BY id');
  const mine = ourRequests(
    people,
    rows.map(({ id }) => id),
  );
  const floor = running.add(await web.startFloor(database, 0));
  const theirs = floorRequests(people);
  const job = { connections, seconds: size.seconds };
  await web.warm(floor, { ...job, requests: theirs }, size.warmRequests);
  await web.warm(ours, { ...job, requests: mine }, size.warmRequests);
  const [oursRounds, floorRounds] = [[], []];
  for (let round = 0; round < size.rounds; round++) {
    await client.query('CHECKPOINT');
    floorRounds.push(await web.load(floor, { ...job, requests: theirs }));
    await client.query('CHECKPOINT');
    oursRounds.push(await web.load(ours, { ...job, requests: mine }));
  }
  const sent = oursRounds.reduce((sum, { perSecond }) => sum + Math.floor(perSecond * size.seconds), 0);
  const checks = await check(client, sent);
  return { oursRounds, floorRounds, checks };
}

/**
 * @param connections phones that report at the same time
 * @param times how much longer a round lasts: with many, a single answer takes as long as a round
 */
export async function run({ quick = false, connections = CONNECTIONS, times = 1 } = {}) {
  const size = quick ? QUICK : FULL;
  await build();
  const running = new web.Running();
  const database = running.add(await web.startDatabase());
  const courses = await mkdtemp(join(tmpdir(), 'qafila-bench-courses-'));
  try {
    await web.writeCourse(courses);
    const { oursRounds, floorRounds, checks } = await measure(running, database, courses, connections, {
      ...size,
      seconds: size.seconds * times,
    });
    return await web.resultOf({
      name: `progress update, ${connections} connections`,
      unit: 'requests per second',
      bar: BAR,
      ours: oursRounds,
      floors: floorRounds,
      checks,
    });
  } finally {
    await running.stop();
    await rm(courses, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  web.print(await run({ quick: process.argv.includes('--quick') }));
