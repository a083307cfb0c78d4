import { readlinkSync } from 'node:fs';
import { chown, lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootMark, startMark } from '../shared/database/embedded/process-mark.js';
import { filmUser } from './film-process.js';

const NAME = /^qafila-film-(\w+)-(\w+)-(\d+)-(\w+)-\w+$/;

/** Where process ids are counted: containers that share a folder do not see each other's. */
function pidSpace(): string {
  try {
    return /\[(\d+)\]/.exec(readlinkSync('/proc/self/ns/pid'))?.[1] ?? '0';
  } catch {
    return '0';
  }
}

/** A folder of its own for one film, named after this process; ffmpeg's user may write in it and nobody else. */
export async function makeScratch(): Promise<string> {
  const mark = startMark(process.pid) ?? '0';
  const folder = await mkdtemp(
    join(tmpdir(), `qafila-film-${pidSpace()}-${bootMark()}-${process.pid}-${mark}-`),
  );
  await handOver(folder);
  return folder;
}

/** Folders below it that ffmpeg writes into. */
export async function makeFolders(folder: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(join(folder, path));
    await handOver(join(folder, path));
  }
}

/** Lets ffmpeg's user read and write what we made. */
export async function handOver(path: string): Promise<void> {
  const user = await filmUser();
  if (user) await chown(path, user.uid, user.gid);
}

/** Milliseconds after which no film is still being made: the longest is given some three hours. */
const FORGOTTEN_MS = 24 * 3600 * 1000;

/**
 * Removes what processes left that are no more. Whether one of another boot or container lives cannot be seen from here:
 * its folder goes by age.
 */
export async function sweepScratch(): Promise<void> {
  const before = Date.now() - FORGOTTEN_MS;
  for (const name of await readdir(tmpdir())) {
    const [, space, boot, pid, mark] = NAME.exec(name) ?? [];
    if (pid === undefined) continue;
    const isOurs = space === pidSpace() && boot === bootMark();
    const isLeft = isOurs ? startMark(Number(pid)) !== mark : await isOlder(join(tmpdir(), name), before);
    if (!isLeft) continue;
    // Somebody else's process, or another sweep at the same time: whoever may removes it.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function isOlder(path: string, before: number): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found !== undefined && found.mtimeMs < before;
}
