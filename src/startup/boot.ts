import { type AppConfig, loadConfig } from '../config/app-config.js';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../shared/database/embedded/embedded-postgres.js';
import { VarInUse } from '../shared/database/embedded/embedded.errors.js';
import { lockVar, type VarLock } from '../shared/database/embedded/var-lock.js';
import type { Secrets } from '../shared/security/keys.js';
import { localSecret } from './local-secret.js';

/** What stands when a process is ready to make its application. */
export interface Booted {
  config: AppConfig;
  secrets: Secrets;
  /** Lets go of the database server and of `var/`; call it last. */
  release(): Promise<void>;
}

type Log = (line: string) => void;

/** Beside a server that runs, its database is found running: nothing to tell. */
const quiet: Log = () => undefined;
type Environment = Record<string, string | undefined>;

/**
 * Configuration, `var/`, secret, database, migrations, in this order.
 *
 * @param asServer what a server sees to once `var/` is its own, before its database starts; it fails when another
 *   process holds `var/`. Without it, an operator's command, which shares `var/` with the server that runs
 * @throws InvalidConfig, VarInUse, VarNotWritable, DatabaseUnusable and others with one clear sentence each
 */
export async function boot(
  env: Environment,
  log: Log,
  asServer?: (config: AppConfig) => Promise<void>,
): Promise<Booted> {
  const given = loadConfig(env);
  const lock = await takeVar(given.varDir, asServer !== undefined);
  let server: EmbeddedPostgres | undefined;
  try {
    await asServer?.(given);
    const secrets = await secretsOf(given);
    if (!given.DATABASE_URL)
      server = await startEmbeddedPostgres({ varDir: given.varDir, log: lock ? log : quiet });
    const config = server ? loadConfig({ ...env, DATABASE_URL: server.url }) : given;
    // Read only now: the database server starts before the migrations and what runs them are loaded.
    const { prepareDatabase } = await import('./prepare-database.js');
    await prepareDatabase(config, log);
    return { config, secrets, release: () => release(server, lock) };
  } catch (error) {
    await release(server, lock);
    throw error;
  }
}

async function secretsOf(config: AppConfig): Promise<Secrets> {
  const current = config.QAFILA_SECRET ?? (await localSecret(config.varDir, 'secret'));
  return { current, previous: config.QAFILA_SECRET_PREVIOUS };
}

/** A server takes `var/` or fails; a command that finds a server running works beside it. */
async function takeVar(varDir: string, exclusive: boolean): Promise<VarLock | undefined> {
  try {
    return await lockVar(varDir);
  } catch (error) {
    if (!exclusive && error instanceof VarInUse) return undefined;
    throw error;
  }
}

async function release(server: EmbeddedPostgres | undefined, lock: VarLock | undefined): Promise<void> {
  // Without the lock, the database belongs to the server that runs: it stays.
  if (lock) await server?.stop();
  await lock?.release();
}
