import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import pino from 'pino';
import { AppModule } from '../../src/app.module.js';
import { loadConfig } from '../../src/config/app-config.js';
import { createHttpApp } from '../../src/http-app.js';
import type { KnownRoute } from '../../src/shared/access/access-hooks.js';
import { Database } from '../../src/shared/database/database.js';
import { JobRunner } from '../../src/shared/jobs/job.runner.js';
import { StartupTasks } from '../../src/shared/operations/startup-tasks.js';
import { createTestDatabase } from './database.js';
import { TestClock } from './test-clock.js';

const ASSETS = join(fileURLToPath(new URL('../..', import.meta.url)), 'dist', 'assets');

export interface TestAppOptions {
  /** Settings over those of a demo server without demo campaigns. */
  env?: Record<string, string>;
  clock?: TestClock;
  /** Lines of the log are collected here, as JSON text. */
  log?: string[];
}

export interface TestApp {
  app: NestFastifyApplication;
  routes: KnownRoute[];
  db: Database;
  clock: TestClock;
  /** Address of the private database. */
  databaseUrl: string;
  /** A request without a network, as `app.inject`. */
  inject(options: InjectOptions): Promise<LightMyRequestResponse>;
  /** A JSON call to the API, as whoever holds the token; `body` makes it a POST unless `method` says otherwise. */
  api(path: string, options?: ApiOptions): Promise<LightMyRequestResponse>;
  /** Runs every job that is due, and those they make, until none is left. */
  runJobs(): Promise<number>;
  close(): Promise<void>;
}

export interface ApiOptions {
  token?: string | undefined;
  body?: unknown;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
}

function collector(lines: string[] | undefined): pino.DestinationStream {
  return { write: (line: string) => void lines?.push(line) };
}

async function drain(app: NestFastifyApplication): Promise<number> {
  const runner = app.get(JobRunner);
  let ran = 0;
  for (;;) {
    const due = await runner.due();
    if (due.length === 0) return ran;
    for (const id of due) if (await runner.runJob(id)) ran += 1;
  }
}

/** Boots the real application on a private database, with a clock that the test moves. Nothing of ours is replaced. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const varDir = await mkdtemp(join(tmpdir(), 'qafila-test-'));
  const clock = options.clock ?? new TestClock();
  const config = loadConfig({
    PORT: '0',
    QAFILA_VAR: varDir,
    QAFILA_DEMO: '0',
    // Background work runs when a test calls runJobs(), so that no test depends on time.
    QAFILA_ROLE: 'web',
    DATABASE_URL: database.url,
    LOG_LEVEL: options.log ? 'debug' : 'silent',
    ...options.env,
  });
  const logger = pino({ level: config.LOG_LEVEL }, collector(options.log));
  const secrets = { current: randomBytes(32).toString('hex') };
  const module = AppModule.with({ config, secrets, clock });
  const { app, routes } = await createHttpApp(module, config, { request: logger, nest: false }, ASSETS);
  await app.init();
  await app.get(StartupTasks).run();
  await app.getHttpAdapter().getInstance().ready();
  const inject = (request: InjectOptions): Promise<LightMyRequestResponse> => app.inject(request);
  return {
    app,
    routes,
    db: app.get(Database),
    clock,
    databaseUrl: database.url,
    inject,
    api: (path, { token, body, method, headers } = {}) =>
      inject({
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        url: `/api/v1${path}`,
        headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      }),
    runJobs: () => drain(app),
    close: async () => {
      await app.close();
      await database.drop();
      await rm(varDir, { recursive: true, force: true });
    },
  };
}
