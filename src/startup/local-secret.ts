import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SECRET_BYTES = 32;

/** A random secret kept under `var/`, readable by its owner only; made on the first call. */
export async function localSecret(
  varDir: string,
  name: string,
  make = () => randomBytes(SECRET_BYTES).toString('base64url'),
): Promise<string> {
  const path = join(varDir, name);
  const known = await readFile(path, 'utf8').catch(() => '');
  if (known) return known.trim();
  // Written apart and linked: of two processes that start at once, both read the same secret.
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, make(), { mode: 0o600 });
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft, { force: true });
  return (await readFile(path, 'utf8')).trim();
}
