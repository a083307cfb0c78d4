/**
 * The second start of `npm start`, with the demo's data, after kill -9: until the server says that it is ready, by the
 * clock of this machine. The floor is what was asked for: five seconds, the median of ten. Memory of the idle server
 * after ten pages, without PostgreSQL and with it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import { median, ROOT } from './support/web.mjs';

const LIMIT_S = 5;
const FULL = 10;
const QUICK = 3;
const IDLE_MS = 5_000;
const PAGES = [
  '/fr',
  '/ar',
  '/en',
  '/fr/sessions',
  '/ar/sessions',
  '/fr/courses',
  '/ar/courses',
  '/fr/help',
  '/ar/sign-up',
  '/fr/sign-in',
];

/** @returns the process, its address and the seconds until it was ready */
async function start(varDir) {
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs')], {
    env: { PATH: process.env.PATH, HOME: varDir, PORT: '0', QAFILA_VAR: varDir, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const address = /ready at (http:\S+)/.exec(out)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', () => reject(new Error(`The server ended before it was ready: ${out}`)));
  });
  return { child, url, seconds: (performance.now() - began) / 1000 };
}

async function end({ child }, signal) {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/** Memory of processes that is their own or their share, in MB. */
async function pss(pids) {
  let kilobytes = 0;
  for (const pid of pids) {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
  }
  return Math.round(kilobytes / 1024);
}

/** Processes of PostgreSQL by the folder of their data, which is where they run. */
async function databases() {
  const found = new Map();
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (name.trim() === 'postgres') found.set(folder, [...(found.get(folder) ?? []), pid]);
  }
  return found;
}

async function memoryAfterTenPages(server, before) {
  for (const page of PAGES) {
    const { status } = await fetch(`${server.url}${page}`);
    if (status !== 200) throw new Error(`${page}: ${status}`);
  }
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const database = [...(await databases())]
    .filter(([folder]) => !before.has(folder))
    .flatMap(([, pids]) => pids);
  const alone = await pss([server.child.pid]);
  return { unit: 'MB PSS', server: alone, withPostgres: alone + (await pss(database)) };
}

export async function run({ quick = false } = {}) {
  await build();
  const varDir = await mkdtemp(join(tmpdir(), 'qafila-bench-start-'));
  // PostgreSQL runs as a user of its own where this runs as root, and must reach its folder.
  await chmod(varDir, 0o711);
  const before = await databases();
  try {
    let server = await start(varDir);
    const first = server.seconds;
    const seconds = [];
    for (let round = 0; round < (quick ? QUICK : FULL); round++) {
      await end(server, 'SIGKILL');
      server = await start(varDir);
      seconds.push(Number(server.seconds.toFixed(2)));
    }
    const memory = await memoryAfterTenPages(server, before);
    await end(server, 'SIGTERM');
    const ours = median(seconds);
    return {
      name: `second start after kill -9, median of ${seconds.length} (memory: ${memory.server} MB, ${memory.withPostgres} with PostgreSQL)`,
      unit: 'seconds',
      ours,
      floor: LIMIT_S,
      ratio: LIMIT_S / ours,
      bar: 1,
      rounds: seconds,
      firstStart: Number(first.toFixed(1)),
      memory,
    };
  } finally {
    await rm(varDir, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(await run({ quick: process.argv.includes('--quick') }));
