import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../app.module.js';
import { boot } from '../boot.js';

type Environment = Record<string, string | undefined>;

/** What a command works with; `say` writes a line for the operator. */
export interface Operator {
  app: INestApplicationContext;
  say(line: string): void;
}

/** Runs a command's work on the whole application. @returns the exit code, 0 unless the work says otherwise */
export type RunCommand = (work: (operator: Operator) => Promise<number | void>) => Promise<void>;

export function operatorRunner(env: Environment): RunCommand {
  return async (work) => {
    const note = (line: string): void => void process.stderr.write(`${line}\n`);
    // The web role: a command runs no jobs of its own and listens on nothing.
    const booted = await boot({ ...env, QAFILA_ROLE: 'web' }, note);
    try {
      const module = AppModule.with(booted);
      const app = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
      try {
        const say = (line: string): void => void process.stdout.write(`${line}\n`);
        process.exitCode = (await work({ app, say })) ?? 0;
      } finally {
        await app.close();
      }
    } finally {
      await booted.release();
    }
  };
}
