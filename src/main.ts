import 'reflect-metadata';
import { exitWith } from './startup/fatal.js';
import { serve } from './startup/serve.js';

await serve(process.env).catch(exitWith);
