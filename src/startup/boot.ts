import { mkdir } from 'node:fs/promises';
import { AppConfig, loadConfig } from '../config/app-config.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../shared/database/embedded/embedded-postgres.js';
import { lockVar, type VarLock } from '../shared/database/embedded/var-lock.js';
import type { Secrets } from '../shared/security/keys.js';
import { localSecret } from './local-secret.js';
import { prepareDatabase } from './prepare-database.js';

/** What stands when a process is ready to make its application. */
export interface Booted {
  config: AppConfig;
  secrets: Secrets;
  /** Lets go of the database server and of `var/`; call it last. */
  release(): Promise<void>;
}

type Log = (line: string) => void;
type Environment = Record<string, string | undefined>;

const PRIVATE_FOLDER = 0o755;

/**
 * Configuration, `var/`, secret, database, migrations, in this order.
 *
 * @param exclusive hold `var/`, as a server does; operator's commands share it with the server that runs
 * @throws InvalidConfig, VarInUse, VarNotWritable, DatabaseUnusable and others with one clear sentence each
 */
export async function boot(env: Environment, log: Log, exclusive = true): Promise<Booted> {
  const given = loadConfig(env);
  await mkdir(given.varDir, { recursive: true, mode: PRIVATE_FOLDER }).catch(() => undefined);
  const lock = exclusive ? await lockVar(given.varDir) : undefined;
  let server: EmbeddedPostgres | undefined;
  try {
    const secrets = await secretsOf(given);
    if (!given.DATABASE_URL) server = await startEmbeddedPostgres({ varDir: given.varDir, log });
    const config = server ? loadConfig({ ...env, DATABASE_URL: server.url }) : given;
    await prepareDatabase(config, log);
    return { config, secrets, release: () => release(server, lock, exclusive) };
  } catch (error) {
    await release(server, lock, exclusive);
    throw error;
  }
}

async function secretsOf(config: AppConfig): Promise<Secrets> {
  const current = config.QAFILA_SECRET ?? (await localSecret(config.varDir, 'secret'));
  return { current, previous: config.QAFILA_SECRET_PREVIOUS };
}

async function release(server: EmbeddedPostgres | undefined, lock: VarLock | undefined, exclusive: boolean): Promise<void> {
  // A command that found a running server leaves it to the process that started it.
  if (server && (exclusive || !server.adopted)) await server.stop();
  await lock?.release();
}
