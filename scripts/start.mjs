/** `npm start`: builds when the sources changed, then becomes the server. */
import { build } from './build.mjs';

await build({ log: (line) => console.log(line) });
await import('../dist/src/main.js');
