/**
 * Segments of the films of a course, 16 connections, from our own server against nginx that sends the same files with
 * sendfile; and from ours behind nginx, which then sends them itself (X-Accel-Redirect). Memory while they are sent.
 * `node bench/segments.mjs [--quick]`; `bench/run.mjs` calls `run`.
 */
import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import { findProgram } from '../test/support/programs.mjs';
import * as web from './support/web.mjs';

const CONNECTIONS = 16;
const BAR = 0.5;
const FULL = { rounds: 7, warmRequests: 20_000, seconds: 5 };
const QUICK = { rounds: 3, warmRequests: 3_000, seconds: 3 };
/** Pictures of the size that learners are given first. */
const SEGMENTS = `SELECT bundle, path, sha256, bytes FROM media_file WHERE path LIKE 'hls/240p/%.m4s' ORDER BY bundle, path`;
const LOOK_MS = 100;

const get = (path) => `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`;

/** A single process of nginx, which sends the folder of files, or what the server behind it names. */
async function startNginx(files, upstream) {
  const program = findProgram('nginx');
  if (!program) throw new Error('nginx is missing: install the package nginx-light');
  const folder = await mkdtemp(join(tmpdir(), 'qafila-bench-nginx-'));
  const port = await web.freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const proxy = `location / { proxy_pass http://qafila; proxy_http_version 1.1; proxy_set_header Connection ""; }
    location /stored/ { internal; alias ${files}/; }`;
  await writeFile(
    join(folder, 'nginx.conf'),
    `${process.geteuid?.() === 0 ? 'user root;' : ''} daemon off; master_process off; pid ${folder}/pid;
events { worker_connections 256; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  ${upstream ? `upstream qafila { server 127.0.0.1:${upstream}; keepalive 32; }` : ''}
  server { listen 127.0.0.1:${port}; ${upstream ? proxy : `location / { root ${files}; }`} }
}`,
  );
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')];
  const child = spawn(program, args, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 100; tries++) {
    if (await web.ask(port, get('/').replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n')).catch(() => ''))
      break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { pid: child.pid, port, stop };
}

/** Memory of a process that is its own alone or its share, in MB. */
async function pss(pid) {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+)/m.exec(text)[1]) / 1024;
}

/** The most that a process takes while some work lasts, in MB. */
async function mostMemory(pid, work) {
  let most = 0;
  const timer = setInterval(() => void pss(pid).then((now) => (most = Math.max(most, now))), LOOK_MS);
  const result = await work();
  clearInterval(timer);
  return { result, most: Math.round(most) };
}

async function measure(running, database, courses, size) {
  const client = running.add(await web.openClient(database));
  const ours = running.add(await web.startOurs(database, courses));
  const { rows } = await client.query(SEGMENTS);
  const files = join(database.varDir, 'media');
  await chmod(files, 0o755);
  // Two processes do not share a folder of their own; the files are the same.
  const varDir = await mkdtemp(join(tmpdir(), 'qafila-bench-behind-'));
  running.add({ stop: () => rm(varDir, { recursive: true, force: true }) });
  const settings = { QAFILA_ACCEL_PATH: '/stored/', QAFILA_VAR: varDir, STORAGE_URL: `file:${files}` };
  const behind = running.add(await web.startOurs(database, courses, [], settings));
  const front = running.add(await startNginx(files, behind.port));
  const floor = running.add(await startNginx(files));
  const job = { connections: CONNECTIONS, seconds: size.seconds };
  const mine = { ...job, requests: rows.map(({ bundle, path }) => get(`/media/${bundle}/${path}`)) };
  const theirs = {
    ...job,
    requests: rows.map(({ sha256: name }) => get(`/${name.slice(0, 2)}/${name.slice(2, 4)}/${name}`)),
  };
  await web.warm(floor, theirs, size.warmRequests);
  for (const server of [ours, front]) await web.warm(server, mine, size.warmRequests);
  const rounds = { ours: [], floor: [], front: [] };
  const memory = { idle: Math.round(await pss(ours.pid)), ours: 0, floor: 0 };
  for (let round = 0; round < size.rounds; round++) {
    const [a, b] = [
      await mostMemory(floor.pid, () => web.load(floor, theirs)),
      await mostMemory(ours.pid, () => web.load(ours, mine)),
    ];
    rounds.floor.push(a.result);
    rounds.ours.push(b.result);
    rounds.front.push(await web.load(front, mine));
    memory.floor = Math.max(memory.floor, a.most);
    memory.ours = Math.max(memory.ours, b.most);
  }
  return { rows, rounds, memory };
}

export async function run({ quick = false } = {}) {
  await build();
  const running = new web.Running();
  const database = running.add(await web.startDatabase());
  const courses = await mkdtemp(join(tmpdir(), 'qafila-bench-courses-'));
  try {
    await web.writeCourse(courses);
    const { rows, rounds, memory } = await measure(running, database, courses, quick ? QUICK : FULL);
    const bytes = rows.reduce((sum, row) => sum + row.bytes, 0) / rows.length;
    const perSecond = (which) => web.median(rounds[which].map((round) => round.perSecond));
    const megabytes = (which) => Math.round((perSecond(which) * bytes) / 1e6);
    const { floorSha256, ...result } = await web.resultOf({
      name: `segments of a film, ${CONNECTIONS} connections, against nginx`,
      unit: 'segments per second',
      bar: BAR,
      ours: rounds.ours,
      floors: rounds.floor,
      checks: [{ name: 'there are segments', ok: rows.length > 10 && bytes > 10_000 }],
      more: {
        segmentBytes: Math.round(bytes),
        megabytesPerSecond: {
          ours: megabytes('ours'),
          floor: megabytes('floor'),
          behindNginx: megabytes('front'),
        },
        behindNginx: Math.round(perSecond('front')),
        memory: { unit: 'MB PSS', ...memory },
      },
    });
    return result;
  } finally {
    await running.stop();
    await rm(courses, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  web.print(await run({ quick: process.argv.includes('--quick') }));
