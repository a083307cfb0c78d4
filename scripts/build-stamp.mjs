/** Says whether `dist/` is of today's sources, without loading a compiler. */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
export const DIST = join(ROOT, 'dist');
export const STAMP = 'build-stamp';
const SOURCES = ['src', 'migrations', 'scripts', 'package.json', 'package-lock.json', '.swcrc'];

/** Every file below a path, or the file itself, in the order of names. Each start walks: threads would cost more. */
export function* walk(path) {
  if (statSync(path).isFile()) yield path;
  else yield* below(path);
}

function* below(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* below(path);
    else yield path;
  }
}

/** Digest of names, sizes and modification times of all that the build reads. */
export function sourceStamp() {
  const hash = createHash('sha256').update(process.version);
  for (const source of SOURCES) {
    for (const file of walk(join(ROOT, source))) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${relative(ROOT, file)}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

export async function isBuilt(stamp) {
  return (await readFile(join(DIST, STAMP), 'utf8').catch(() => '')) === stamp;
}
