import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Starts PostgreSQL and Redis for tests; they end with `stop()` or with this process, however that ends.
 *
 * @returns `env` with their addresses: TEST_DATABASE_SERVER (a URL without database), TEST_REDIS_URL; a folder that is
 *   removed when they end, TEST_FOLDER, and in it TMPDIR for whatever the tests throw away
 */
export async function startServers() {
  const script = fileURLToPath(new URL('servers.mjs', import.meta.url));
  // Detached: Ctrl-C reaches only this process; the servers notice by their standard input and end in order.
  const child = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const line = await firstLine(child.stdout);
  if (line === '') throw new Error('No servers, no tests.');
  child.unref();
  child.stdin.unref();
  child.stdout.destroy();
  const stop = async () => {
    child.ref();
    child.stdin.end();
    await ended;
  };
  return { env: JSON.parse(line), stop };
}

async function firstLine(stream) {
  let text = '';
  for await (const chunk of stream) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0];
}
