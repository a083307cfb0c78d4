/**
 * Builds `dist/`: TypeScript by swc, views and locales copied, browser assets by esbuild.
 * Nothing is built when the sources are those of the last build, so a second start is quick.
 */
import { transform } from '@swc/core';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAssets } from './assets.mjs';
import { localeFaults } from './check-locales.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = ['src', 'migrations', 'scripts', 'package.json', 'package-lock.json', '.swcrc'];
const COPIED = /\.(hbs|json|svg|txt|typ|sql)$/;
const STAMP = 'build-stamp';

async function* walk(path) {
  if ((await stat(path)).isFile()) {
    yield path;
    return;
  }
  for (const entry of (await readdir(path, { withFileTypes: true })).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    yield* walk(join(path, entry.name));
  }
}

/** Digest of names, sizes and modification times of all that the build reads. */
async function sourceStamp() {
  const hash = createHash('sha256').update(process.version);
  for (const source of SOURCES) {
    for await (const file of walk(join(ROOT, source))) {
      const { size, mtimeMs } = await stat(file);
      hash.update(`${relative(ROOT, file)}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

async function compile(file, out, options) {
  const { code, map } = await transform(await readFile(file, 'utf8'), {
    ...options,
    filename: file,
    swcrc: false,
  });
  const target = join(out, relative(ROOT, file)).replace(/\.ts$/, '.js');
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, `${code}\n//# sourceMappingURL=${target.split('/').at(-1)}.map\n`);
  await writeFile(`${target}.map`, map ?? '');
}

async function buildTree(out) {
  const { $schema: _, ...options } = JSON.parse(await readFile(join(ROOT, '.swcrc'), 'utf8'));
  for (const folder of ['src', 'migrations']) {
    for await (const file of walk(join(ROOT, folder))) {
      if (file.includes('/browser/') || file.endsWith('.spec.ts')) continue;
      if (file.endsWith('.ts')) await compile(file, out, options);
      else if (COPIED.test(file)) await cp(file, join(out, relative(ROOT, file)), { recursive: true });
    }
  }
}

/** @returns true when something was built, false when `dist/` was already up to date. */
export async function build({ log = () => undefined } = {}) {
  const stamp = await sourceStamp();
  const dist = join(ROOT, 'dist');
  const last = await readFile(join(dist, STAMP), 'utf8').catch(() => '');
  if (last === stamp) return false;
  log('Building …');
  const faults = await localeFaults(ROOT);
  if (faults.length > 0) throw new Error(`Words are missing:\n  ${faults.join('\n  ')}`);
  // Built apart and moved into place: a build that is cut off leaves the last one whole.
  const next = join(ROOT, `dist.${process.pid}`);
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  try {
    await buildTree(next);
    await buildAssets({ root: ROOT, outDir: join(next, 'assets') });
    await writeFile(join(next, STAMP), stamp);
    await rm(dist, { recursive: true, force: true });
    await rename(next, dist);
  } finally {
    await rm(next, { recursive: true, force: true });
  }
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now();
  const built = await build({ log: (line) => console.log(line) });
  console.log(built ? `Built in ${((performance.now() - started) / 1000).toFixed(1)} s` : 'Up to date');
}
