import { readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '../../files/make-folder.js';
import { VarInUse, VarNotWritable } from './embedded.errors.js';
import { bootMark, startMark } from './process-mark.js';

/** Held until `release()` or the end of the process, whichever comes first; kill -9 leaves nothing to clean up. */
export interface VarLock {
  release(): Promise<void>;
}

interface Claim {
  file: string;
  held: boolean;
  /** Process id, start of the process and boot of the machine: never the same twice. */
  id: string;
  pid: number;
}

const CLAIM = /^(held|waiting)-((\d+)-(\w+)-(\w+))$/;

/**
 * Takes `var/` for this process.
 *
 * Each process writes a claim under a name that nobody else can have, then looks at the others: a held one wins; of two
 * that wait, the lower process id stays and the other withdraws. Since everybody writes before looking, two can never
 * both hold it, and since names are unique, removing the claim of a dead process can never hit a living one.
 *
 * It sees processes of this machine (one pid namespace) only, as PostgreSQL's own pid file does.
 *
 * @throws VarInUse with the holder's pid; VarNotWritable
 */
export async function lockVar(varDir: string): Promise<VarLock> {
  const { dir, path } = await prepare(varDir);
  const id = `${process.pid}-${startMark(process.pid) ?? '0'}-${bootMark()}`;
  const waiting = join(dir, `waiting-${id}`);
  const held = join(dir, `held-${id}`);
  const mine = (await livingClaims(dir)).find((claim) => claim.id === id);
  if (mine) throw new VarInUse(path, process.pid);
  await writeFile(waiting, '').catch((error: NodeJS.ErrnoException) => {
    throw new VarNotWritable(dir, error.code ?? error.message);
  });
  for (;;) {
    const others = (await livingClaims(dir)).filter((claim) => claim.id !== id);
    const winner = others.find((claim) => claim.held) ?? others.find((claim) => claim.pid < process.pid);
    if (winner) {
      await rm(waiting, { force: true });
      throw new VarInUse(path, winner.pid);
    }
    if (others.length === 0) break;
    await sleep(20);
  }
  await rename(waiting, held);
  return { release: () => rm(held, { force: true }) };
}

async function prepare(varDir: string): Promise<{ dir: string; path: string }> {
  try {
    await makeFolder(varDir);
    const path = await realpath(varDir);
    const dir = join(path, 'lock');
    await makeFolder(dir);
    return { dir, path };
  } catch (error) {
    throw new VarNotWritable(varDir, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

/** All claims of living processes; those of the dead are removed on the way. */
async function livingClaims(dir: string): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const file of await readdir(dir)) {
    const [, state, id, pid, mark, boot] = CLAIM.exec(file) ?? [];
    if (state === undefined || id === undefined) continue;
    if (boot === bootMark() && startMark(Number(pid)) === mark) {
      claims.push({ file, held: state === 'held', id, pid: Number(pid) });
    } else {
      await rm(join(dir, file), { force: true }).catch(() => undefined);
    }
  }
  return claims;
}
