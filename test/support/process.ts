import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

export const START = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));
export const CLI = fileURLToPath(new URL('../../scripts/cli.mjs', import.meta.url));

/** Those that have not ended. */
const running = new Set<ChildProcess>();

/** A Qafila as a process of its own, as people start it. */
export interface Started {
  child: ChildProcess;
  /** Standard output and standard error so far. */
  output: () => string;
  errors: () => string;
  /** Where it answers; empty for a process that was not waited for. */
  url: string;
}

/** Starts Qafila with nothing in its environment but what is given. */
export function run(script: string, env: Record<string, string>, args: string[] = []): Started {
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => (out += String(chunk)));
  child.stderr?.on('data', (chunk) => (err += String(chunk)));
  return { child, output: () => out, errors: () => err, url: '' };
}

/** Starts a server on a free port and waits until it is ready. */
export async function start(env: Record<string, string>): Promise<Started> {
  const started = run(START, { PORT: '0', LOG_LEVEL: 'error', ...env });
  for (;;) {
    const address = /ready at (http:\S+)/.exec(started.output())?.[1];
    if (address) return { ...started, url: address };
    if (started.child.exitCode !== null)
      throw new Error(`exit ${started.child.exitCode}: ${started.errors()}`);
    await pause(50);
  }
}

/** @returns the exit code; null for one that was killed */
export async function ended({ child }: Started): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

/** Ends what a failed test left running. */
export async function endAll(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }),
  );
}
