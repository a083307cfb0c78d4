/** What the benchmarks of pages and of the API share: a durable database, both servers as processes, the load, figures. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** The given yardstick of pages and of progress. */
const FLOOR = join(ROOT, 'bench', 'floor', 'server.mjs');
const LOAD = join(ROOT, 'bench', 'support', 'load.mjs');
const SECRET = 'a secret of the benchmark, long enough';
/** Kernel ticks of 10 ms, in microseconds. */
const TICK_MICROS = 10_000;
/** A machine too busy to warm up in this time says so by its figures. */
const WARM_LIMIT_MS = 60_000;
export const PEOPLE = 2000;
export const MODULES = 6;

export const built = (path) => import(new URL(`../../dist/src/${path}`, import.meta.url).href);
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A durable PostgreSQL of its own, with the settings that `npm start` gives it. */
export async function startDatabase() {
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

/** A course of six whole modules, each the first one of E-marketing under another name and with a video of its own. */
export async function writeCourse(folder) {
  const source = join(ROOT, 'courses', 'e-marketing');
  const target = join(folder, 'e-marketing');
  await mkdir(target, { recursive: true });
  const course = await readFile(join(source, 'course.yaml'), 'utf8');
  const slugs = [...course.matchAll(/^ {2}- (\d\d)-([a-z0-9-]+)$/gm)].map(([, n, slug]) => ({ n, slug }));
  await cp(join(source, 'course.yaml'), join(target, 'course.yaml'));
  const first = slugs[0];
  for (const { n, slug } of slugs) {
    const module = join(target, `${n}-${slug}`);
    await cp(join(source, `${first.n}-${first.slug}`), module, { recursive: true });
    const outline = await readFile(join(source, `${n}-${slug}`, 'module.yaml'), 'utf8');
    const title = /^title:.*$/m.exec(outline)[0];
    const text = await readFile(join(module, 'module.yaml'), 'utf8');
    await writeFile(
      join(module, 'module.yaml'),
      text.replace(/^slug:.*$/m, `slug: ${slug}`).replace(/^title:.*$/m, () => title),
    );
    const manifestFile = join(module, 'media', 'manifest.json');
    const manifest = JSON.parse(await readFile(manifestFile, 'utf8'));
    for (const owner of [manifest, manifest.video]) owner.hash = sha256(owner.hash + slug);
    await writeFile(manifestFile, JSON.stringify(manifest));
  }
}

export function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

/** @param file path of the floor */
export async function floorSha256(file = FLOOR) {
  return sha256(await readFile(file));
}

/** What was started, stopped in turn whatever happens: nothing is left running after a failure. */
export class Running {
  #stops = [];

  /** @returns what was started */
  add(started) {
    this.#stops.unshift(() => started.stop());
    return started;
  }

  async stop() {
    for (const stop of this.#stops.splice(0)) await stop().catch((error) => console.error(error));
  }
}

/** A connection of the benchmark's own. */
export async function openClient({ url }) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return Object.assign(client, { stop: () => client.end() });
}

async function startProcess(file, env, ready, flags = []) {
  const child = spawn(process.execPath, [...flags, file], {
    env: { PATH: process.env.PATH, ...env },
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stderr.on('data', (data) => (err += data));
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (data) => (out += data) && out.includes(ready) && resolve());
    child.once('exit', () => reject(new Error(`${file} ended: ${err || out}`)));
  });
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return { pid: child.pid, stop };
}

/** Our own server: one process, as `npm start` runs it, on the given database and courses; `flags` are for Node, `more` settings over the usual ones. */
export async function startOurs({ url, varDir }, courses, flags = [], more = {}) {
  const port = await freePort();
  const env = { ...environment(url, varDir, courses), PORT: String(port), ...more };
  const server = await startProcess(join(ROOT, 'dist', 'server', 'main.js'), env, 'is ready', flags);
  return { port, ...server };
}

/** @param file path of the floor */
export async function startFloor({ url }, bytes, file = FLOOR) {
  const port = await freePort();
  const env = { DATABASE_URL: url, PORT: String(port), FLOOR_BYTES: String(bytes) };
  const server = await startProcess(file, env, 'floor ready');
  return { port, ...server };
}

function environment(url, varDir, courses) {
  return {
    DATABASE_URL: url,
    QAFILA_VAR: varDir,
    QAFILA_DEMO: '0',
    QAFILA_ROLE: 'web',
    QAFILA_SECRET: SECRET,
    QAFILA_COURSES: courses,
    LOG_LEVEL: 'warn',
  };
}

/** People with a phone, signed in. @returns per person its id, the cookie's token and the CSRF token */
export async function seedPeople(client, { url, varDir }, courses) {
  const [{ AppModule }, { loadConfig }, { SignInService }, { Csrf }] = await Promise.all([
    built('app.module.js'),
    built('config/app-config.js'),
    built('identity/public.js'),
    built('shared/access/csrf.js'),
  ]);
  const config = loadConfig(environment(url, varDir, courses));
  const module = AppModule.with({ config, secrets: { current: SECRET } });
  const context = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  const { rows } = await client.query(
    `WITH p AS (
       INSERT INTO person (id, status, given_fr, family_fr, gender, birth_year, category, sector, language, created_at, activated_at)
       SELECT gen_random_uuid(), 'active', 'Fatima', n::text, 'female', 1990, 'artisan', 'tapis', 'fr', now(), now() FROM generate_series(1, $1::int) n RETURNING id),
     numbered AS (SELECT id, gen_random_uuid() AS phone_id, row_number() OVER () AS n FROM p),
     ph AS (INSERT INTO phone (id, e164, can_sms, created_at) SELECT phone_id, '+2126' || lpad(n::text, 8, '0'), true, now() FROM numbered)
     SELECT id, phone_id FROM numbered`,
    [PEOPLE],
  );
  const people = [];
  for (const { id, phone_id: phoneId } of rows) {
    const { token } = await context.get(SignInService).issue({ phoneId, personId: id });
    people.push({ id, token, csrf: context.get(Csrf).tokenFor(token) });
  }
  await context.close();
  await client.query('ANALYZE person, phone, sign_in');
  return people;
}

/** Processor time of a process so far, in microseconds. */
async function cpuMicros(pid) {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROS;
}

/** Runs the load against a server. @returns what the load saw, and the server's processor time per request */
export async function load({ pid, port }, job) {
  const child = spawn(process.execPath, [LOAD], { stdio: ['pipe', 'pipe', 'inherit'] });
  const before = await cpuMicros(pid);
  child.stdin.end(JSON.stringify({ port, ...job }));
  let out = '';
  for await (const chunk of child.stdout) out += chunk;
  const seen = JSON.parse(out);
  const spent = (await cpuMicros(pid)) - before;
  return { ...seen, cpu: Math.round(spent / (seen.perSecond * job.seconds)) };
}

/** Lets the compiler see the code: on a busy machine that takes thousands of requests, and only then rounds compare. */
export async function warm(server, job, requests) {
  const limit = performance.now() + WARM_LIMIT_MS;
  for (let done = 0; done < requests && performance.now() < limit;) {
    const { perSecond, seconds = 2 } = { ...(await load(server, { ...job, seconds: 2 })) };
    done += perSecond * seconds;
  }
}

/** Answers one request by itself, whole. */
export async function ask(port, request) {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write(request);
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) text += chunk;
  return text;
}

/** Turns rounds of both into the result that `bench/run.mjs` prints. */
export async function resultOf({ name, unit, bar, ours, floors, checks, more = {} }) {
  const of = (rounds, key) => median(rounds.map((round) => round[key]));
  const [mine, floor] = [of(ours, 'perSecond'), of(floors, 'perSecond')];
  const wrong = [...ours, ...floors].reduce((sum, round) => sum + round.wrong, 0);
  const p99 = { ours: Number(of(ours, 'p99').toFixed(1)), floor: Number(of(floors, 'p99').toFixed(1)) };
  return {
    ...{ name, unit, bar },
    ours: Math.round(mine),
    floor: Math.round(floor),
    ratio: Number((mine / floor).toFixed(2)),
    cpuPerRequest: { unit: 'µs', ours: of(ours, 'cpu'), floor: of(floors, 'cpu') },
    p50: {
      unit: 'ms',
      ours: Number(of(ours, 'p50').toFixed(1)),
      floor: Number(of(floors, 'p50').toFixed(1)),
    },
    p99: { unit: 'ms', ...p99 },
    rounds: {
      ours: ours.map((r) => Math.round(r.perSecond)),
      floor: floors.map((r) => Math.round(r.perSecond)),
    },
    floorSha256: await floorSha256(),
    checks: [
      { name: `at least ${bar} of the floor`, ok: mine / floor >= bar },
      { name: 'p99 at most three times the floor’s', ok: p99.ours <= 3 * p99.floor },
      {
        name: 'every answer was right',
        ok: wrong === 0,
        ...(wrong ? { wrong, first: ours.find((r) => r.firstWrong)?.firstWrong } : {}),
      },
      ...checks,
    ],
    ...more,
  };
}

/** Prints a result when a benchmark is run by itself. */
export function print({ checks, ...figures }) {
  console.log(JSON.stringify(figures, null, 2));
  for (const { name, ok, first } of checks)
    console.log(`${ok ? 'ok ' : 'NOT'} ${name}${first ? `\n${first}` : ''}`);
  if (checks.some(({ ok }) => !ok)) process.exitCode = 1;
}
