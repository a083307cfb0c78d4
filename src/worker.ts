import 'reflect-metadata';
import { exitWith } from './startup/fatal.js';
import { serve } from './startup/serve.js';

await serve({ ...process.env, QAFILA_ROLE: 'worker' }).catch(exitWith);
