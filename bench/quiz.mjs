/**
 * A quiz answered and marked, 64 connections, against bare node:http + pg with one insert.
 * `node bench/quiz.mjs [--quick]`; `bench/run.mjs` calls `run`.
 */
import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import * as web from './support/web.mjs';

const CONNECTIONS = 64;
/** Least share of the floor's requests per second: an attempt is marked, kept, told to completion and read back. */
const BAR = 0.2;
const FLOOR = join(web.ROOT, 'bench', 'support', 'quiz-floor.mjs');
const CREATED = 201;
const FULL = { rounds: 7, warmRequests: 20_000, seconds: 5 };
const QUICK = { rounds: 3, warmRequests: 4_000, seconds: 3 };
const UUID_LENGTH = 36;
/** Right answers of the first module, which every module of the benchmark is a copy of. */
const ANSWERS = {
  ...{ message: 'une', 'premiere-info': 'besoin', promesse: 'concret' },
  ...{ ecouter: ['questions', 'avis'], baisser: false },
};

const post = (path, headers, body) => {
  const length = Buffer.byteLength(body.replace('{{uuid}}', 'x'.repeat(UUID_LENGTH)));
  const lines = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    `content-length: ${length}`,
  ];
  return `${[...lines, ...headers].join('\r\n')}\r\n\r\n${body}`;
};

/** Each person answers each of six quizzes in turn, as the browser does: by cookie, with the CSRF token. */
function ourRequests(people, modules) {
  const body = JSON.stringify({ id: '{{uuid}}', answers: ANSWERS });
  return people.flatMap(({ token, csrf }) => {
    const who = [`cookie: qafila=${token}`, `x-csrf-token: ${csrf}`, 'sec-fetch-site: same-origin'];
    return modules.map((id) => post(`/api/v1/modules/${id}/quiz-attempts`, who, body));
  });
}

function floorRequests(people) {
  return people.flatMap((_, n) =>
    Array.from({ length: web.MODULES }, (__, m) => {
      const body = JSON.stringify({ id: '{{uuid}}', moduleId: m + 1, answers: ANSWERS });
      return post('/attempt', [`cookie: tok=tok${n + 1}`], body);
    }),
  );
}

/** What must be true whatever the speed: each attempt that was answered is kept, with every point. */
async function check(client, sent) {
  const { rows } = await client.query(
    'SELECT count(*)::int AS attempts, count(*) FILTER (WHERE score <> 5 OR NOT passed)::int AS wrong FROM quiz_attempt',
  );
  return [
    { name: 'every attempt that was answered is kept', ok: rows[0].attempts >= sent },
    { name: 'every attempt has all its points', ok: rows[0].wrong === 0 },
  ];
}

async function measure(running, database, courses, size) {
  const client = running.add(await web.openClient(database));
  const ours = running.add(await web.startOurs(database, courses));
  const people = await web.seedPeople(client, database, courses);
  const { rows } = await client.query('SELECT id FROM module ORDER BY position');
  const mine = ourRequests(
    people,
    rows.map(({ id }) => id),
  );
  const floor = running.add(await web.startFloor(database, 0, FLOOR));
  const theirs = floorRequests(people);
  const job = { connections: CONNECTIONS, seconds: size.seconds, status: CREATED };
  await web.warm(floor, { ...job, requests: theirs }, size.warmRequests);
  await web.warm(ours, { ...job, requests: mine }, size.warmRequests);
  await client.query('ANALYZE quiz_attempt');
  const [oursRounds, floorRounds] = [[], []];
  for (let round = 0; round < size.rounds; round++) {
    await client.query('CHECKPOINT');
    floorRounds.push(await web.load(floor, { ...job, requests: theirs }));
    await client.query('CHECKPOINT');
    oursRounds.push(await web.load(ours, { ...job, requests: mine }));
  }
  const sent = oursRounds.reduce((sum, { perSecond }) => sum + Math.floor(perSecond * size.seconds), 0);
  return { oursRounds, floorRounds, checks: await check(client, sent) };
}

export async function run({ quick = false } = {}) {
  await build();
  const running = new web.Running();
  const database = running.add(await web.startDatabase());
  const courses = await mkdtemp(join(tmpdir(), 'qafila-bench-courses-'));
  try {
    await web.writeCourse(courses);
    const { oursRounds, floorRounds, checks } = await measure(
      running,
      database,
      courses,
      quick ? QUICK : FULL,
    );
    return await web.resultOf({
      name: `quiz submit, ${CONNECTIONS} connections`,
      unit: 'requests per second',
      bar: BAR,
      ours: oursRounds,
      floors: floorRounds,
      checks,
      more: { floorSha256: await web.floorSha256(FLOOR) },
    });
  } finally {
    await running.stop();
    await rm(courses, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  web.print(await run({ quick: process.argv.includes('--quick') }));
