import { existsSync } from 'node:fs';
import { realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../files/make-folder.js';
import { findClusterHome, type ClusterHome } from './cluster-home.js';
import { clusterSecret } from './cluster-secret.js';
import { databaseUrl, ensureDatabase, serverVersion } from './cluster-client.js';
import { EmbeddedPostgresFailed, VarNotWritable } from './embedded.errors.js';
import { embeddedBinaries, programVersion, removeOtherCopies, type PgBinaries } from './pg-binaries.js';
import { PgCluster } from './pg-cluster.js';
import type { Postmaster } from './postmaster.js';
import { setTimeout as sleep } from 'node:timers/promises';

/** Takes one line of text for a person, without secrets. */
export type Log = (line: string) => void;

/** A running embedded PostgreSQL. */
export interface EmbeddedPostgres {
  /** Address of the database `qafila`, for the `pg` package: holds the password, so it never goes into a log. */
  url: string;
  /** Data folder, normally `var/postgres/data`. */
  dataDir: string;
  /** True when the server was already running, left by a process that was killed. */
  adopted: boolean;
  /** Stops the server; at most about 10 s. */
  stop(): Promise<void>;
}

/** What `startEmbeddedPostgres` needs; only the first and the last are needed outside of tests. */
export interface EmbeddedPostgresOptions {
  varDir: string;
  /** Folder of the npm package with the binaries; absent: looked up. */
  packageDir?: string | undefined;
  /** Other programs than npm's, such as a PostgreSQL of the system. */
  binaries?: PgBinaries | undefined;
  /** Also listen on this port of 127.0.0.1. */
  tcpPort?: number | undefined;
  /** Overrides of settings by name; `fsync: 'off'` is for tests only. */
  settings?: Record<string, string> | undefined;
  log: Log;
}

/** How long an adopted server may take to end its recovery or its shutdown, in milliseconds. */
const ADOPTION_LIMIT_MS = 60_000;

/**
 * Brings up the PostgreSQL of a `var/` folder and returns when its database `qafila` takes connections. The caller
 * holds `lockVar`. The server outlives this process unless `stop()` is called: the next start adopts it.
 *
 * @throws EmbeddedPostgresUnavailable, EmbeddedPostgresFailed, VarNotWritable: one sentence each
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { varDir, tcpPort, settings, log } = options;
  const path = await makeVar(varDir);
  const binaries = options.binaries ?? (await embeddedBinaries(options.packageDir));
  const home = await findClusterHome(path, binaries, log);
  const cluster = new PgCluster({ home, tcpPort, settings });
  const fresh = !cluster.isInitialised();
  const secret = await clusterSecret(home.base, fresh);
  if (fresh) await initialise(cluster, home.base, secret, log);
  await requireSameMajor(cluster, binaries);

  const running = fresh ? null : await adopt(cluster, home, secret, log);
  const server = running ?? (await cluster.start());
  const url = databaseUrl(server, secret);
  await ensureDatabase(url);
  if (!running && home.binaries !== binaries)
    await removeOtherCopies(dirname(dirname(home.binaries.binDir)), home.binaries);
  return { url, dataDir: cluster.dataDir, adopted: running !== null, stop: () => cluster.stop() };
}

/** Takes over a running server when it is what we would start ourselves; otherwise stops it. */
async function adopt(
  cluster: PgCluster,
  { binaries }: ClusterHome,
  secret: string,
  log: Log,
): Promise<Postmaster | null> {
  const found = await settledServer(cluster);
  if (!found) return null;
  const version = await serverVersion(databaseUrl(found, secret)).catch(() => null);
  const current = version !== null && (await programVersion(binaries)).includes(version);
  if (current && (await cluster.settingsAreCurrent())) {
    log(`PostgreSQL was left running by a Qafila that was killed: adopted it (process ${found.pid})`);
    return found;
  }
  log(`PostgreSQL was left running, but not as it should: restarting it (process ${found.pid})`);
  await cluster.stop();
  return null;
}

async function makeVar(varDir: string): Promise<string> {
  try {
    await makeFolder(varDir);
    return await realpath(varDir);
  } catch (error) {
    throw new VarNotWritable(varDir, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

async function initialise(cluster: PgCluster, base: string, secret: string, log: Log): Promise<void> {
  if (existsSync(cluster.dataDir)) {
    const aside = join(base, 'data.unfinished');
    await cluster.stop();
    await rm(aside, { recursive: true, force: true });
    await rename(cluster.dataDir, aside);
    log(`${cluster.dataDir} was never finished: moved to ${aside}, starting afresh`);
  }
  log(`setting up PostgreSQL in ${cluster.dataDir}`);
  await cluster.init(secret);
}

async function requireSameMajor(cluster: PgCluster, { major }: PgBinaries): Promise<void> {
  const made = await cluster.dataMajor();
  if (made === major) return;
  throw new EmbeddedPostgresFailed(
    `is version ${major}, but ${cluster.dataDir} was made by version ${made}: restore a backup into an empty var folder`,
  );
}

/** The running server once it takes connections: one that recovers is waited for, one that shuts down too. */
async function settledServer(cluster: PgCluster): Promise<Postmaster | null> {
  const deadline = Date.now() + ADOPTION_LIMIT_MS;
  for (;;) {
    const server = await cluster.status();
    if (!server || server.ready || Date.now() > deadline) return server;
    await sleep(100);
  }
}
