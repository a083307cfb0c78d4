import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Packages that are ESM only and that CommonJS packages of ours `require`. Node 20.19 can do that; jest on Node 20
 * cannot, so the tests of mutants get a CommonJS copy of each. Goes away with Node 24, whose `require(esm)` jest knows.
 */
const REQUIRED_ESM = ['content-disposition', 'cookie', 'toad-cache', 'libphonenumber-js'];

/** @returns entries for jest's `moduleNameMapper` */
export async function commonJsCopies() {
  const require = createRequire(join(ROOT, 'package.json'));
  const outdir = join(ROOT, 'node_modules', '.cache', 'qafila-jest');
  const entryPoints = Object.fromEntries(REQUIRED_ESM.map((name) => [name, require.resolve(name)]));
  await build({
    entryPoints,
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  return Object.fromEntries(REQUIRED_ESM.map((name) => [`^${name}$`, join(outdir, `${name}.cjs`)]));
}
