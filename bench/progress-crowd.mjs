/**
 * Progress updates of 2,000 phones at the same time, a connection each, against the same floor as `progress.mjs`.
 * `node bench/progress-crowd.mjs [--quick]`; `bench/run.mjs` calls `run`.
 */
import { fileURLToPath } from 'node:url';
import * as progress from './progress.mjs';
import * as web from './support/web.mjs';

export const run = ({ quick = false } = {}) => progress.run({ quick, connections: web.PEOPLE, times: 3 });

if (process.argv[1] === fileURLToPath(import.meta.url))
  web.print(await run({ quick: process.argv.includes('--quick') }));
