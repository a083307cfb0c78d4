/** `npm run cli -- …`: the operator's commands. */
import { build } from './build.mjs';

await build();
await import('../dist/src/cli.js');
