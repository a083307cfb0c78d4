import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SystemUser } from './run-command.js';

/** Longest path of a unix socket in bytes, without the closing zero: `sun_path` has 108 on Linux, 104 on macOS. */
const MAX_SOCKET_PATH_BYTES = process.platform === 'darwin' ? 103 : 107;

/** Longest socket file PostgreSQL makes: the port has at most five digits. */
const LONGEST_SOCKET = '.s.PGSQL.65535';

/** A short name for a path: equal for equal paths. */
export function pathHash(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12);
}

/**
 * The folder for the server's socket, only for its user: `run/` beside the data, or a folder of the system's temporary
 * folder where that path would be too long for a socket.
 */
export async function makeSocketDir(base: string, owner?: SystemUser): Promise<string> {
  const near = join(base, 'run');
  if (fits(near)) return own(near, owner);
  const name = `qafila-${pathHash(base)}`;
  const parent = fits(join(tmpdir(), `${name}-XXXXXX`)) ? tmpdir() : '/tmp';
  const far = join(parent, name);
  await mkdir(far, { mode: 0o700 }).catch(() => undefined);
  if (await belongsToUs(far, owner)) return own(far, owner);
  // Somebody else made a folder of that name in the shared temporary folder: it is not to be trusted.
  return own(await mkdtemp(`${far}-`), owner);
}

function fits(dir: string): boolean {
  return Buffer.byteLength(join(dir, LONGEST_SOCKET)) <= MAX_SOCKET_PATH_BYTES;
}

async function belongsToUs(dir: string, owner?: SystemUser): Promise<boolean> {
  const stat = await lstat(dir).catch(() => null);
  return stat !== null && stat.isDirectory() && [process.geteuid?.(), owner?.uid].includes(stat.uid);
}

async function own(dir: string, owner?: SystemUser): Promise<string> {
  await mkdir(dir, { recursive: true });
  await chmod(dir, 0o700);
  if (owner) await chown(dir, owner.uid, owner.gid);
  return dir;
}
