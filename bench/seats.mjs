/**
 * 10,000 people for 500 seats over 10 connections: EnrolmentService against bare `pg`, in turns on one server.
 * `node bench/seats.mjs [--quick]` prints a table and one line of JSON; `bench/run.mjs` calls `run`.
 */
import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { build } from '../scripts/build.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const FLOOR = join(ROOT, 'bench', 'floor', 'seats.mjs');
const FULL = { people: 10_000, seats: 500, rounds: 3 };
const QUICK = { people: 2_000, seats: 100, rounds: 1 };
const CONNECTIONS = 10;
/** Requests under way at once: always more than connections, fewer than would wait 5 s for one. */
const LANES = 4 * CONNECTIONS;
/** Least share of the floor's requests per second. */
const BAR = 0.6;
const CPU_AT_EXIT = `data:text/javascript,process.on('exit',()=>console.error(JSON.stringify(process.cpuUsage())))`;

const built = (path) => import(new URL(`../dist/src/${path}`, import.meta.url).href);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const cpuMicros = ({ user, system }) => user + system;

/** A durable PostgreSQL of its own, with the settings that `npm start` gives it. */
async function startServer() {
  const varDir = await mkdtemp(join(tmpdir(), 'qafila-bench-'));
  await chmod(varDir, 0o711);
  const { startEmbeddedPostgres } = await built('shared/database/embedded/embedded-postgres.js');
  const server = await startEmbeddedPostgres({ varDir, log: () => undefined });
  const stop = async () => {
    await server.stop();
    await rm(dirname(server.dataDir), { recursive: true, force: true });
    await rm(varDir, { recursive: true, force: true });
  };
  return { url: server.url, varDir, stop };
}

async function runFloor(url, { people, seats }) {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: url,
    PEOPLE: String(people),
    SEATS: String(seats),
    CONNECTIONS: String(CONNECTIONS),
  };
  const child = spawn(process.execPath, ['--import', CPU_AT_EXIT, FLOOR], { env, stdio: 'pipe' });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (err += data));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The floor failed: ${err}`);
  const { perSecond } = JSON.parse(out);
  return { perSecond, cpu: cpuMicros(JSON.parse(err)) / people };
}

async function one(client, sql, values = []) {
  return (await client.query(sql, values)).rows[0];
}

/** A campaign that is open, and as many active people as asked, each with a phone's worth of facts. */
async function seedPeople(client, count) {
  await client.query(
    `INSERT INTO organisation (id, slug, kind, name_fr, name_ar) VALUES (gen_random_uuid(), 'bench', 'operator', 'b', 'b')`,
  );
  await client.query(
    `INSERT INTO course (id, slug, position, title_fr, title_ar) VALUES (gen_random_uuid(), 'bench', 1, 'b', 'b')`,
  );
  await client.query(
    `INSERT INTO province (code, name_fr, name_ar, kind) VALUES ('b', 'b', 'b', 'province')`,
  );
  await client.query(
    `INSERT INTO city (slug, province_code, name_fr, name_ar, name_en, latitude, longitude) VALUES ('bench', 'b', 'b', 'b', 'b', 35, -5)`,
  );
  await client.query(`
    INSERT INTO campaign (id, organisation_id, slug, name_fr, name_ar, name_en, summary_fr, summary_ar, summary_en, starts_on, ends_on,
                          enrolment_opens_at, support_phone, created_at)
    SELECT gen_random_uuid(), id, 'bench', 'b', 'b', 'b', '', '', '', '2027-01-01', '2027-12-31', now() - interval '1 day', '0', now()
      FROM organisation`);
  await client.query(
    `INSERT INTO tour (id, organisation_id, campaign_id, name_fr, name_ar) SELECT gen_random_uuid(), organisation_id, id, 'b', 'b' FROM campaign`,
  );
  await client.query(
    `INSERT INTO person (id, status, given_fr, family_fr, gender, birth_year, category, sector, language, created_at, activated_at)
     SELECT gen_random_uuid(), 'active', 'b', 'b' || n, 'female', 1990, 'artisan', 'tapis', 'fr', now(), now() FROM generate_series(1, $1::int) n`,
    [count],
  );
  await client.query(`
    INSERT INTO consent (id, person_id, purpose, text_version, language, channel, asked_at, in_force_at)
    SELECT gen_random_uuid(), id, 'training', '1', 'fr', 'form', now(), now() FROM person`);
  await client.query('ANALYZE person, consent');
}

/** A session of its own for one round. @returns its id */
async function seedSession(client, round, seats) {
  const { id: team } = await one(
    client,
    `INSERT INTO team (id, tour_id, name) SELECT gen_random_uuid(), id, $1 FROM tour RETURNING id`,
    [`b${round}`],
  );
  const day = `2037-03-${String(round + 1).padStart(2, '0')}`;
  const during = `[${day} 09:00Z,${day} 12:00Z)`;
  const { id } = await one(
    client,
    `WITH stop AS (INSERT INTO stop (id, tour_id, team_id, city_slug, local_date) SELECT gen_random_uuid(), tour_id, id, 'bench', $2 FROM team WHERE id = $1 RETURNING id)
     INSERT INTO session (id, organisation_id, campaign_id, stop_id, course_id, language, status, during, capacity, seats_ceiling, created_at)
     SELECT gen_random_uuid(), c.organisation_id, c.id, stop.id, course.id, 'fr', 'planned', $3::tstzmultirange, $4, $4, now() FROM campaign c, course, stop
     RETURNING id`,
    [team, day, `{${during}}`, seats],
  );
  await client.query(
    `INSERT INTO unit (id, session_id, n, local_date, local_start, local_end, zone, during)
     VALUES (gen_random_uuid(), $1, 1, $2, '09:00', '12:00', 'Africa/Casablanca', $3)`,
    [id, day, during],
  );
  return id;
}

async function openApplication(url, varDir) {
  const [{ AppModule }, { loadConfig }, { EnrolmentService }] = await Promise.all([
    built('app.module.js'),
    built('config/app-config.js'),
    built('enrolment/public.js'),
  ]);
  const config = loadConfig({
    DATABASE_URL: url,
    QAFILA_VAR: varDir,
    QAFILA_ROLE: 'web',
    QAFILA_DEMO: '0',
    LOG_LEVEL: 'silent',
  });
  const module = AppModule.with({ config, secrets: { current: randomBytes(32).toString('hex') } });
  const context = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  return { context, service: context.get(EnrolmentService) };
}

function actorFor(id) {
  return {
    kind: 'phone',
    signInId: id,
    language: 'fr',
    grants: [],
    via: 'bearer',
    phoneId: id,
    person: { id, name: 'b' },
  };
}

async function runOurs(service, client, session, people) {
  const { rows } = await client.query('SELECT id FROM person ORDER BY id');
  const queue = rows.slice(0, people).map(({ id }) => id);
  const millis = [];
  const lane = async () => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const asked = performance.now();
      await service.enrol(actorFor(id), session);
      millis.push(performance.now() - asked);
    }
  };
  const cpu = process.cpuUsage();
  const started = performance.now();
  await Promise.all(Array.from({ length: LANES }, lane));
  const seconds = (performance.now() - started) / 1000;
  millis.sort((a, b) => a - b);
  return {
    perSecond: Math.round(people / seconds),
    cpu: cpuMicros(process.cpuUsage(cpu)) / people,
    p99: millis[Math.floor(people * 0.99)],
  };
}

/** What must be true of the seats, whatever the speed. @returns one entry per promise */
async function check(client, session, { people, seats }) {
  const row = await one(
    client,
    'SELECT booked, offered, waiting, last_waiting_no AS last FROM session WHERE id = $1',
    [session],
  );
  const counted = await one(
    client,
    `SELECT count(*) FILTER (WHERE status = 'booked')::int AS booked, count(*) FILTER (WHERE status = 'waiting')::int AS waiting,
            count(DISTINCT waiting_no)::int AS numbers, min(waiting_no) AS first, max(waiting_no) AS last
       FROM enrolment WHERE session_id = $1`,
    [session],
  );
  const queue = people - seats;
  return [
    {
      name: `exactly ${seats} booked`,
      ok: row.booked === seats && counted.booked === seats && row.offered === 0,
    },
    {
      name: `positions 1…${queue}`,
      ok:
        row.waiting === queue &&
        counted.waiting === queue &&
        counted.numbers === queue &&
        counted.first === 1 &&
        counted.last === queue &&
        row.last === queue,
    },
  ];
}

async function measure(server, size) {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { createDataSource } = await built('data-source.js');
  const source = createDataSource(server.url);
  await source.initialize();
  await source.runMigrations().finally(() => source.destroy());
  await seedPeople(client, size.people);
  const { context, service } = await openApplication(server.url, server.varDir);
  const [floors, ours, checks] = [[], [], []];
  for (let round = 0; round < size.rounds; round++) {
    await client.query('CHECKPOINT');
    floors.push(await runFloor(server.url, size));
    const session = await seedSession(client, round, size.seats);
    await client.query('CHECKPOINT');
    ours.push(await runOurs(service, client, session, size.people));
    checks.push(...(await check(client, session, size)));
  }
  await context.close();
  await client.end();
  return { floors, ours, checks };
}

/**
 * @param {{ quick?: boolean }} options `quick`: a fifth of the people, one round
 * @returns seats taken per second, ours and the floor's (medians of the rounds), and what was checked
 */
export async function run({ quick = false } = {}) {
  const size = quick ? QUICK : FULL;
  await build();
  const floorSha256 = createHash('sha256')
    .update(await readFile(FLOOR))
    .digest('hex');
  const server = await startServer();
  try {
    const { floors, ours, checks } = await measure(server, size);
    const [mine, floor] = [ours, floors].map((rounds) => median(rounds.map(({ perSecond }) => perSecond)));
    // Each round is compared with the floor's run just before it: a busy machine slows both.
    const ratio = Number(median(ours.map(({ perSecond }, i) => perSecond / floors[i].perSecond)).toFixed(2));
    return {
      name: `${size.people} people for ${size.seats} seats, ${CONNECTIONS} connections`,
      unit: 'seats taken per second',
      ours: mine,
      floor,
      ratio,
      bar: BAR,
      checks: [{ name: `at least ${BAR} of the floor`, ok: ratio >= BAR }, ...checks],
      floorSha256,
      rounds: {
        ours: ours.map(({ perSecond }) => perSecond),
        floor: floors.map(({ perSecond }) => perSecond),
      },
      cpuMicrosPerSeat: {
        ours: Math.round(median(ours.map(({ cpu }) => cpu))),
        floor: Math.round(median(floors.map(({ cpu }) => cpu))),
      },
      p99Millis: Number(median(ours.map(({ p99 }) => p99)).toFixed(1)),
    };
  } finally {
    await server.stop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = await run({ quick: process.argv.includes('--quick') });
  const { checks, rounds, ...figures } = result;
  console.table({
    [figures.name]: {
      unit: figures.unit,
      ours: figures.ours,
      floor: figures.floor,
      ratio: figures.ratio,
      bar: figures.bar,
    },
  });
  for (const { name, ok } of checks) console.log(`${ok ? 'ok ' : 'NOT'} ${name}`);
  console.log(`bench/floor/seats.mjs SHA-256 ${figures.floorSha256}`);
  console.log(JSON.stringify({ ...figures, rounds, checks }));
  if (checks.some(({ ok }) => !ok)) process.exitCode = 1;
}
