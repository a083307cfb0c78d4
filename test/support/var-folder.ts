import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { farFolder } from '../../src/shared/database/embedded/cluster-home.js';

/** An empty `var/`, closed to other users as `mkdtemp` makes it. */
export function newVarFolder(prefix: string): Promise<string> {
  return mkdtemp(join(tmpdir(), prefix));
}

/**
 * Removes a `var/` and what lies outside of it where the tests run as root: data that the system user of PostgreSQL
 * could not reach, and copies of its programs.
 *
 * @param varDir on which no server runs any more
 */
export async function removeVarFolder(varDir: string): Promise<void> {
  // One that was never made, or is gone, can still have something elsewhere.
  const path = await realpath(varDir).catch(() => undefined);
  const noted = path ? await readFile(join(path, 'postgres', 'location'), 'utf8').catch(() => '') : '';
  for (const folder of [farFolder(path ?? varDir), noted, path])
    if (folder?.startsWith('/')) await rm(folder, { recursive: true, force: true });
}
