import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Holds a generated text against the committed one; `WRITE_COMMITTED=1` (see `npm run db:schema`, `npm run openapi`)
 * writes it first.
 */
export async function expectCommitted(path: string, text: string): Promise<void> {
  const file = join(ROOT, path);
  if (process.env['WRITE_COMMITTED'] === '1') await writeFile(file, text);
  expect(text).toBe(await readFile(file, 'utf8').catch(() => ''));
}
