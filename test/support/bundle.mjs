import { build } from 'esbuild';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles TypeScript of ours with all its packages into one JavaScript file, which then runs from any folder and under
 * any user: for the servers of the tests, and for child processes that are killed.
 */
export async function bundle(entry, outfile) {
  await build({
    entryPoints: [join(ROOT, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['pg-native', 'pg-cloudflare'],
    banner: {
      js: `import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);`,
    },
    logLevel: 'warning',
  });
  return outfile;
}
