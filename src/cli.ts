import 'reflect-metadata';
import { commandLine } from './startup/commands/command-line.js';
import { exitWith } from './startup/fatal.js';

await commandLine(process.env).parseAsync(process.argv).catch(exitWith);
