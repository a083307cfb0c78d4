import type { HttpApp } from '../http-app.js';
import { type Booted, boot } from './boot.js';
import { requirePort } from './require-port.js';
import { requireStorage } from './require-storage.js';

type Environment = Record<string, string | undefined>;

const STOP_LIMIT_MS = 9_500;

/** Runs a server until SIGTERM or SIGINT: no new work, what runs is finished, exit 0 within 10 s. */
export async function serve(env: Environment): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const load = () => import('./start-application.js');
  // `var/` comes before the port, which the same Qafila mostly holds: `var/` knows which process that is.
  const booted = await boot(env, say, async (config) => {
    await requirePort(config);
    await requireStorage(config);
    // Thousands of modules are read while the database server starts: either takes seconds.
    void load().catch(() => undefined);
  });
  let http: HttpApp;
  try {
    const { startApplication } = await load();
    http = await startApplication(booted, say);
  } catch (error) {
    await booted.release();
    throw error;
  }
  const stop = (): void => void shutDown(http, booted);
  process.once('SIGTERM', stop).once('SIGINT', stop);
}

async function shutDown({ app }: HttpApp, booted: Booted): Promise<void> {
  // Whatever hangs, the process ends: supervisors count to ten.
  setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
  await app.close().catch(() => undefined);
  await booted.release().catch(() => undefined);
  process.exit(0);
}
