/** Says whether `dist/` is of today's sources, without loading a compiler. */
import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
export const DIST = join(ROOT, 'dist');
export const STAMP = 'build-stamp';
const SOURCES = ['src', 'migrations', 'scripts', 'package.json', 'package-lock.json', '.swcrc'];

/** Every file below a path, or the file itself, in the order of names. */
export async function* walk(path) {
  if ((await stat(path)).isFile()) {
    yield path;
    return;
  }
  const entries = await readdir(path, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) yield* walk(join(path, entry.name));
}

/** Digest of names, sizes and modification times of all that the build reads. */
export async function sourceStamp() {
  const hash = createHash('sha256').update(process.version);
  for (const source of SOURCES) {
    for await (const file of walk(join(ROOT, source))) {
      const { size, mtimeMs } = await stat(file);
      hash.update(`${relative(ROOT, file)}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

export async function isBuilt(stamp) {
  return (await readFile(join(DIST, STAMP), 'utf8').catch(() => '')) === stamp;
}
