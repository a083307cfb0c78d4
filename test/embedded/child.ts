/** A Qafila reduced to its lock and its database: tests start it as a process of its own and kill it. */
import { startEmbeddedPostgres } from '../../src/shared/database/embedded/embedded-postgres.js';
import { lockVar } from '../../src/shared/database/embedded/var-lock.js';

const [varDir = '', packageDir, ask] = process.argv.slice(2);

function say(event: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

try {
  const lock = await lockVar(varDir);
  say({ event: 'locked' });
  const log = (line: string): void => say({ event: 'log', line });
  const postgres = await startEmbeddedPostgres({ varDir, packageDir, log, settings: { fsync: 'off' } });
  const { url, dataDir, adopted } = postgres;
  say({ event: 'ready', url, dataDir, adopted });
  const end = async (): Promise<void> => {
    await postgres.stop();
    await lock.release();
    process.exit(0);
  };
  if (ask === 'once') await end();
  process.on('SIGTERM', () => void end());
  // Waits for SIGTERM or worse.
  setInterval(() => undefined, 60_000);
} catch (error) {
  const { name, message, code } = error as Error & { code?: string };
  say({ event: 'failed', name, message, code });
  process.exit(1);
}
