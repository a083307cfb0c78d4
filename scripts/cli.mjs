/** `npm run cli -- …`: the operator's commands. */
import { ensureBuilt } from './ensure-built.mjs';

await ensureBuilt();
await import('../dist/server/cli.js');
