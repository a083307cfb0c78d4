import { spawn } from 'node:child_process';

/** A user of the system by number; `name` only for messages. */
export interface SystemUser {
  uid: number;
  gid: number;
  name: string;
}

/** A program to run to its end, with an environment of its own. */
export interface Command {
  /** Absolute path: nothing is looked up in PATH, which may be empty. */
  file: string;
  args: string[];
  /** Absent: as the user of this process. */
  runAs?: SystemUser | undefined;
  /** After this time the program is killed, in milliseconds. */
  timeoutMs: number;
}

/** How a program ended. */
export interface Outcome {
  /** Exit code; null when it was killed or could not be started. */
  code: number | null;
  /** Both of its output streams, trimmed. */
  output: string;
}

/**
 * The whole environment of every PostgreSQL program: nothing of ours (PGPORT, LANG, TZ, LD_LIBRARY_PATH…) leaks in,
 * so a start under `env -i` and one from a desktop shell behave alike.
 */
const ENVIRONMENT = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', TZ: 'UTC' };

/** Runs a program to its end. Never rejects: a program that cannot be started has code null and the reason as output. */
export async function runCommand({ file, args, runAs, timeoutMs }: Command): Promise<Outcome> {
  return new Promise((resolve) => {
    const user = runAs ? { uid: runAs.uid, gid: runAs.gid } : {};
    // The current folder may be closed to the other user, and initdb insists on reading it.
    const child = spawn(file, args, {
      ...user,
      cwd: '/',
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-20_000));
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ code: null, output: error.message });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output: output.trim() });
    });
  });
}

/** Runs a line of `/bin/sh`; `args` arrive as `$1`, `$2`… and need no quoting. */
export async function runShell(script: string, args: string[], runAs?: SystemUser): Promise<Outcome> {
  return runCommand({ file: '/bin/sh', args: ['-c', script, 'sh', ...args], runAs, timeoutMs: 30_000 });
}
