import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresFailed } from './embedded.errors.js';

/**
 * The superuser's password, in a file that only the owner of this process can read. Made with the cluster, never
 * changed afterwards, and synced to disk before the cluster knows it.
 */
export async function clusterSecret(base: string, mayCreate: boolean): Promise<string> {
  const file = join(base, 'secret');
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (known !== '') return known;
  if (!mayCreate) throw new EmbeddedPostgresFailed(`cannot be opened: its password file ${file} is gone`);
  const secret = randomBytes(24).toString('hex');
  const handle = await open(`${file}.new`, 'w', 0o600);
  await handle.writeFile(`${secret}\n`);
  await handle.sync().finally(() => handle.close());
  await rename(`${file}.new`, file);
  return secret;
}
