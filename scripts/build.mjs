/**
 * Builds `dist/`: TypeScript by swc, views and locales copied, the server and browser assets bundled by esbuild.
 * Nothing is built when the sources are those of the last build, so a second start is quick.
 */
import { transform } from '@swc/core';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAssets } from './assets.mjs';
import { bundleServer } from './bundle-server.mjs';
import { DIST, isBuilt, ROOT, sourceStamp, STAMP, walk } from './build-stamp.mjs';
import { localeFaults } from './check-locales.mjs';

const COPIED = /\.(hbs|json|svg|txt|typ|sql|m4a)$/;

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
    for (const file of walk(join(ROOT, folder))) {
      if (file.includes('/browser/') || file.endsWith('.spec.ts')) continue;
      if (file.endsWith('.ts')) await compile(file, out, options);
      else if (COPIED.test(file)) await cp(file, join(out, relative(ROOT, file)), { recursive: true });
    }
  }
}

/** @returns true when something was built, false when `dist/` was already up to date. */
export async function build({ log = () => undefined } = {}) {
  const stamp = sourceStamp();
  if (await isBuilt(stamp)) return false;
  log('Building …');
  const faults = await localeFaults(ROOT);
  if (faults.length > 0) throw new Error(`Words are missing:\n  ${faults.join('\n  ')}`);
  // Built apart and moved into place: a build that is cut off leaves the last one whole.
  const next = join(ROOT, `dist.${process.pid}`);
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  try {
    await buildTree(next);
    await bundleServer(next);
    await buildAssets({ root: ROOT, outDir: join(next, 'assets') });
    await writeFile(join(next, STAMP), stamp);
    await rm(DIST, { recursive: true, force: true });
    await rename(next, DIST);
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
