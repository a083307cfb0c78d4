import { chown, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgresUnavailable, VarNotWritable } from './embedded.errors.js';
import { copyBinaries, whyUnusable, type PgBinaries } from './pg-binaries.js';
import { runShell, type SystemUser } from './run-command.js';
import { ensureServiceUser, isRoot, SERVICE_HOME } from './service-user.js';
import { pathHash } from './socket-dir.js';

/** Where a cluster lives, with which programs and as whom it runs. */
export interface ClusterHome {
  /** Ours: settings, secret; its subfolders `data`, `run` and `log` belong to the server's user. */
  base: string;
  binaries: PgBinaries;
  /** Absent: the user of this process. */
  runAs?: SystemUser | undefined;
}

type Log = (line: string) => void;

/**
 * Decides where the cluster of a `var/` folder lives: `var/postgres`, or, where Qafila runs as root and the system user
 * cannot reach that (a clone under /root), `/var/lib/qafila/<hash>`, noted in `var/postgres/location`.
 *
 * @param path real path of `var/`
 */
export async function findClusterHome(path: string, binaries: PgBinaries, log: Log): Promise<ClusterHome> {
  const base = join(path, 'postgres');
  await makeFolder(base);
  if (!isRoot()) {
    const why = await whyUnusable(binaries);
    if (why) throw new EmbeddedPostgresUnavailable(`its programs do not run (${why})`);
    const home = { base: (await notedLocation(base)) ?? base, binaries };
    await requireOwnData(home.base);
    return home;
  }
  const runAs = await dataOwner(base, log);
  const noted = await notedLocation(base);
  const near = noted === null && (await canReach(base, runAs));
  const home = near ? base : await farHome(path, base, noted, log);
  return {
    base: home,
    binaries: await reachableBinaries(binaries, runAs, near ? farFolder(path) : home, log),
    runAs,
  };
}

/** Whoever made the data keeps it: a `var/` begun as an ordinary user also works when root starts it later. */
async function dataOwner(base: string, log: Log): Promise<SystemUser> {
  const data = await stat(join((await notedLocation(base)) ?? base, 'data')).catch(() => null);
  if (data && data.uid !== 0) return { uid: data.uid, gid: data.gid, name: `uid ${data.uid}` };
  const user = await ensureServiceUser(log);
  if (data) await runShell('chown -R "$1" "$2"', [`${user.uid}:${user.gid}`, join(base, 'data')]);
  return user;
}

/**
 * Where data and copied programs of a `var/` lie when root starts it and the system user cannot reach them there.
 *
 * @param path real path of `var/`
 */
export function farFolder(path: string): string {
  return join(SERVICE_HOME, pathHash(path));
}

/** Uses the folder outside of `var/`; one that this `var/` does not know of is left from a deleted one and set aside. */
async function farHome(path: string, base: string, noted: string | null, log: Log): Promise<string> {
  if (noted !== null && (await ownerIs(noted, path))) return noted;
  const far = farFolder(path);
  if (existsSync(join(far, 'data'))) {
    const aside = `${far}.set-aside-${Date.now()}`;
    await rename(far, aside);
    log(`${far} held the data of a deleted ${path}: moved to ${aside}`);
  }
  log(`the system user of PostgreSQL cannot reach ${base}: its data go under ${far}`);
  await makeFolder(far);
  await writeFile(join(far, 'owner'), path);
  await writeFile(join(base, 'location'), far);
  return far;
}

async function notedLocation(base: string): Promise<string | null> {
  const text = await readFile(join(base, 'location'), 'utf8').catch(() => '');
  return text.startsWith('/') && existsSync(text) ? text : null;
}

/** True when the far folder is this `var/`'s: also after `var/` was moved, but not when it was copied. */
async function ownerIs(far: string, path: string): Promise<boolean> {
  const owner = await readFile(join(far, 'owner'), 'utf8').catch(() => path);
  if (owner === path) return true;
  if (existsSync(join(owner, 'postgres', 'location'))) return false;
  await writeFile(join(far, 'owner'), path);
  return true;
}

async function canReach(folder: string, user: SystemUser): Promise<boolean> {
  return (await runShell('cd "$1"', [folder], user)).code === 0;
}

async function reachableBinaries(
  binaries: PgBinaries,
  user: SystemUser,
  far: string,
  log: Log,
): Promise<PgBinaries> {
  const why = await whyUnusable(binaries, user);
  if (!why) return binaries;
  const asRoot = await whyUnusable(binaries);
  // PostgreSQL answers --version to root too, so a failure here is not about permissions.
  if (asRoot) throw new EmbeddedPostgresUnavailable(`its programs do not run (${asRoot})`);
  const copy = await copyBinaries(binaries, far);
  const still = await whyUnusable(copy, user);
  if (still) throw new EmbeddedPostgresUnavailable(`its programs do not run as ${user.name} (${still})`);
  log(`the system user of PostgreSQL cannot reach ${binaries.binDir}: using a copy in ${copy.binDir}`);
  return copy;
}

/** Makes a folder of ours that the server's user may pass through but not write. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o711 });
    const { uid } = await stat(folder);
    if (isRoot() && uid !== 0 && !existsSync(join(folder, 'data'))) await chown(folder, 0, 0);
  } catch (error) {
    throw new VarNotWritable(folder, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

async function requireOwnData(base: string): Promise<void> {
  for (const folder of [base, join(base, 'data')]) {
    const uid = (await stat(folder).catch(() => null))?.uid;
    if (uid !== undefined && uid !== process.geteuid?.())
      throw new VarNotWritable(folder, `it belongs to uid ${uid}`);
  }
}
