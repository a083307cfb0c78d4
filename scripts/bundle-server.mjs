import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

/** What a person starts: the server, the worker, the operator's commands. They share their chunks. */
const ENTRIES = ['main', 'worker', 'cli'];
/**
 * Packages of hundreds of small modules, half of all that a start would read one by one. Each is here as a whole, so
 * that no module exists twice; all others stay where npm put them. So do class-validator and class-transformer, which
 * Nest imports when it first needs them: inside a bundle, CommonJS that is imported late has lost its names.
 */
const BUNDLED = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/mapped-types',
  '@nestjs/platform-fastify',
  '@nestjs/swagger',
  '@nestjs/typeorm',
  'es-toolkit',
  'iterare',
  'libphonenumber-js',
  'rxjs',
  'uuid',
  'yaml',
];
/** What CommonJS inside the bundle asks of Node. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`;

const isBundled = (path) => BUNDLED.some((name) => path === name || path.startsWith(`${name}/`));

const othersStay = {
  name: 'others-stay',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path }) => (isBundled(path) ? undefined : { path, external: true }));
  },
};

/** Templates, words, pictures and the scripts of threads lie beside the module that names them, not beside a chunk. */
const ownPlaces = (dist, outdir) => ({
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      if (!path.startsWith(`${dist}/`)) return undefined;
      const place = `new URL(${JSON.stringify(relative(outdir, path))}, import.meta.url).href`;
      return { contents: (await readFile(path, 'utf8')).replaceAll('import.meta.url', place), loader: 'js' };
    });
  },
});

/** Joins the compiled modules of `dist/src` and the packages above into a few files under `dist/server`. */
export async function bundleServer(dist) {
  const outdir = join(dist, 'server');
  await build({
    absWorkingDir: dist,
    entryPoints: ENTRIES.map((entry) => join(dist, `src/${entry}.js`)),
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Nest and the errors of the domain go by the names of classes, of which two may be alike.
    keepNames: true,
    banner: { js: REQUIRE },
    sourcemap: true,
    sourcesContent: false,
    plugins: [othersStay, ownPlaces(dist, outdir)],
    logLevel: 'warning',
  });
}
