import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isBuilt, ROOT, sourceStamp } from './build-stamp.mjs';

/**
 * Builds when the sources changed, in a process of its own: the compilers' memory and helpers go with it. What the
 * build says goes to standard error, for standard output belongs to the program that is started.
 */
export async function ensureBuilt() {
  if (await isBuilt(sourceStamp())) return;
  const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(1);
}
