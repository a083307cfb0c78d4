/** `npm start`: builds when the sources changed, then becomes the server. */
import { ensureBuilt } from './ensure-built.mjs';

await ensureBuilt();
await import('../dist/server/main.js');
