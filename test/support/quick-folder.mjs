import { accessSync, constants, readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';
const GIB = 2 ** 30;

/** A run keeps about one GiB of files; these leave room for the tests themselves. */
const LEAST_ROOM = 3 * GIB;
const LEAST_MEMORY = 6 * GIB;

function availableMemory() {
  const kib = /^MemAvailable: +(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
  return Number(kib ?? 0) * 1024;
}

function hasRoom(folder) {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= LEAST_ROOM && availableMemory() >= LEAST_MEMORY;
  } catch {
    // Another system, or a container without it.
    return false;
  }
}

/**
 * The folder for what a run of tests throws away: in memory where there is plenty, because each test file makes and
 * removes thousands of small files, in its database and on its shelf. TMPDIR decides where it is set.
 */
export function quickFolder() {
  return process.env['TMPDIR'] === undefined && hasRoom(IN_MEMORY) ? IN_MEMORY : tmpdir();
}
