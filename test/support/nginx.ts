import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findProgram } from './programs.mjs';

const EXAMPLE = fileURLToPath(new URL('../../docs/nginx/qafila.conf', import.meta.url));

/** A real nginx in front of a server. */
export interface Nginx {
  /** Its address, without a trailing slash. */
  readonly base: string;
  /** What it has written of requests so far. */
  log(): Promise<string>;
  /** What it has written of errors so far. */
  errors(): Promise<string>;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts the nginx of the system with the example of the documentation, at our ports and folders. */
export async function startNginx(at: { port: number; upstream: number; files: string }): Promise<Nginx> {
  const program = findProgram('nginx');
  if (!program) throw new Error('nginx is missing: install the package nginx-light');
  const folder = await mkdtemp(join(tmpdir(), 'qafila-nginx-'));
  const log = join(folder, 'access.log');
  // Those of its start, and of whatever the example says nothing of, are in the first.
  const [startErrors, errors] = [join(folder, 'error.log'), join(folder, 'qafila-error.log')];
  const example = replaced(await readFile(EXAMPLE, 'utf8'), {
    '127.0.0.1:3000': `127.0.0.1:${at.upstream}`,
    'listen 80;': `listen 127.0.0.1:${at.port};`,
    '/srv/qafila/media/': `${at.files}/`,
    '/var/log/nginx/qafila.log': log,
    '/var/log/nginx/qafila-error.log': errors,
  });
  await mkdir(join(folder, 'conf'));
  await writeFile(join(folder, 'conf/qafila.conf'), example);
  await writeFile(join(folder, 'conf/nginx.conf'), mainOf(folder, dirname(dirname(program))));
  const args = ['-p', folder, '-c', join(folder, 'conf/nginx.conf'), '-e', startErrors];
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const ended = once(child, 'exit');
  const base = `http://127.0.0.1:${at.port}`;
  for (let tries = 0; !(await answers(base)); tries += 1) {
    if (tries === 100 || child.exitCode !== null) throw new Error(`nginx did not start: ${said}`);
    await pause(50);
  }
  return {
    base,
    log: () => readFile(log, 'utf8'),
    errors: async () => (await readFile(startErrors, 'utf8')) + (await readFile(errors, 'utf8')),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a distribution brings around the example, everything in one folder; its workers may read what we may. */
function mainOf(folder: string, prefix: string): string {
  const user = process.geteuid?.() === 0 ? 'user root;\n' : '';
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${join(folder, name)};\n`,
  );
  return `${user}daemon off;
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
events {}
http {
  include ${join(prefix === '/usr' ? '/' : prefix, 'etc/nginx/mime.types')};
${temporary.join('')}  include ${join(folder, 'conf/qafila.conf')};
}
`;
}

/** @throws when the example has no such place any more */
function replaced(text: string, places: Readonly<Record<string, string>>): string {
  let result = text;
  for (const [from, to] of Object.entries(places)) {
    if (!result.includes(`${from}`)) throw new Error(`The example of nginx has no ${from}`);
    result = result.replaceAll(from, to);
  }
  return result;
}

async function answers(base: string): Promise<boolean> {
  try {
    await (await fetch(`${base}/health/live`)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
