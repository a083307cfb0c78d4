import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bootMark, startMark } from './process-mark.js';
import { lockVar } from './var-lock.js';

const idOf = (pid: number): string => `${pid}-${startMark(pid) ?? 'gone'}-${bootMark()}`;

describe('lockVar', () => {
  let varDir: string;
  const claim = (state: string, id: string): Promise<void> =>
    writeFile(join(varDir, 'lock', `${state}-${id}`), '');
  beforeEach(async () => {
    varDir = await mkdtemp(join(tmpdir(), 'qafila-lock-'));
    await mkdir(join(varDir, 'lock'));
  });
  afterEach(() => rm(varDir, { recursive: true }));

  it('is taken once, and again after its release', async () => {
    const lock = await lockVar(varDir);
    await expect(lockVar(varDir)).rejects.toMatchObject({ name: 'VarInUse', pid: process.pid });
    await lock.release();
    await (await lockVar(varDir)).release();
  });

  it('is not stopped by claims of the dead, of a reused process id or of an earlier boot', async () => {
    const child = spawn('/bin/sleep', ['60']);
    const dead = idOf(child.pid ?? 0);
    child.kill();
    await once(child, 'exit');
    await claim('held', dead);
    await claim('held', `1-${Number(startMark(1)) + 1}-${bootMark()}`);
    await claim('held', `1-${startMark(1)}-0123456789ab`);
    await (await lockVar(varDir)).release();
    expect(await readdir(join(varDir, 'lock'))).toEqual([]);
  });

  // Process 1 always lives, and its claim sorts before ours.
  it.each(['held', 'waiting'])('gives way to an earlier claim that is %s', async (state) => {
    await claim(state, idOf(1));
    await expect(lockVar(varDir)).rejects.toMatchObject({ name: 'VarInUse', pid: 1 });
    expect(await readdir(join(varDir, 'lock'))).toEqual([`${state}-${idOf(1)}`]);
  });

  it('waits while a later claim is undecided, and gives way when that one turns out to hold', async () => {
    const later = await livingAfterUs();
    await claim('waiting', later.id);
    let settled = false;
    const lock = lockVar(varDir).finally(() => (settled = true));
    const outcome = expect(lock).rejects.toMatchObject({ name: 'VarInUse', pid: later.pid });
    await sleep(150);
    expect(settled).toBe(false);
    await claim('held', later.id);
    await outcome;
    later.end();
  });
});

/** A living process whose id is greater than ours: a child, but where the ids have begun anew. */
async function livingAfterUs(): Promise<{ pid: number; id: string; end: () => void }> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && startMark(pid) !== null);
  const found = pids.find((pid) => pid > process.pid);
  if (found !== undefined) return { pid: found, id: idOf(found), end: () => undefined };
  const child = spawn('/bin/sleep', ['60']);
  const pid = child.pid ?? 0;
  if (pid < process.pid) throw new Error('No process comes after this one.');
  return { pid, id: idOf(pid), end: () => child.kill() };
}
