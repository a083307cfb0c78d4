import { chown, readFile, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { startMark } from './process-mark.js';
import type { SystemUser } from './run-command.js';

/** What a running server writes into its data folder. */
export interface Postmaster {
  pid: number;
  port: number;
  /** Folder of its unix socket. */
  socketDir: string;
  /** True once it takes connections. */
  ready: boolean;
}

/** A process id that no kernel gives out (Linux ends at 2^22), yet valid for PostgreSQL's parser. */
const NOBODY = 2_147_483_646;

/** The server that runs on this data folder; null when there is none, whatever the pid file claims. */
export async function livePostmaster(dataDir: string): Promise<Postmaster | null> {
  const lines = await pidFileLines(dataDir);
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid <= 0) return null;
  if (!(await servesFolder(pid, dataDir))) return null;
  return { pid, port: Number(lines[3]), socketDir: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' };
}

/**
 * Makes a pid file harmless whose process id now belongs to somebody else (or to a zombie): PostgreSQL would take that
 * process for a server and refuse to start. The file is not removed but gets an impossible id, because its line 7 names
 * the shared memory by which PostgreSQL notices backends that outlived their postmaster.
 *
 * @returns true when something had to be done
 */
export async function defuseStalePidFile(
  dataDir: string,
  spareFile: string,
  owner?: SystemUser,
): Promise<boolean> {
  const lines = await pidFileLines(dataDir);
  if (!lines) return false;
  const pidFile = join(dataDir, 'postmaster.pid');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) {
    await rm(pidFile, { force: true });
    return true;
  }
  if (!exists(pid)) return false;
  // Written apart and moved over: as root we never write through a path another user could have turned into a link.
  await rm(spareFile, { force: true });
  await writeFile(spareFile, [String(NOBODY), ...lines.slice(1)].join('\n'), { mode: 0o600, flag: 'wx' });
  if (owner) await chown(spareFile, owner.uid, owner.gid);
  await rename(spareFile, pidFile);
  return true;
}

async function pidFileLines(dataDir: string): Promise<string[] | null> {
  const text = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => null);
  return text === null ? null : text.split('\n');
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A postmaster works inside its data folder and was started with it as `-D`; either is proof. */
async function servesFolder(pid: number, dataDir: string): Promise<boolean> {
  if (startMark(pid) === null) return false;
  if (process.platform !== 'linux') return commandLineByPs(pid).includes(dataDir);
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  if (cwd !== '') return cwd === dataDir;
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return line.split('\0').includes(dataDir);
}

function commandLineByPs(pid: number): string {
  try {
    return execFileSync('/bin/ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
