import 'reflect-metadata';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
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
import { NestLog } from '../../src/shared/operations/logging.js';
import { StartupTasks } from '../../src/shared/operations/startup-tasks.js';
import { type BeforeStart, startedPlace, untouchedPlace } from './started.js';
import { TestClock } from './test-clock.js';

const ASSETS = join(fileURLToPath(new URL('../..', import.meta.url)), 'dist', 'assets');

export interface TestAppOptions {
  /** Settings over those of a demo server without demo campaigns. */
  env?: Record<string, string>;
  clock?: TestClock;
  /** Lines of the log are collected here, as JSON text. */
  log?: string[];
  /** True: on an empty database, which loads everything itself, for tests of what a first start does. */
  isFirstStart?: boolean;
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

/** Settings that a start depends on and that many files share; another one, and the application loads all by itself. */
const SHARED = new Set(['QAFILA_DEMO', 'QAFILA_DEMO_PASSWORD']);

/**
 * Closes an application. Node writes each storage that was ever used onto each promise of the process, as long as it is
 * not disabled: a worker that had closed fifty applications would carry those of all of them.
 */
async function shut(app: NestFastifyApplication): Promise<void> {
  const held = Object.values(app.get(Database)) as unknown[];
  await app.close();
  for (const one of held) if (one instanceof AsyncLocalStorage) one.disable();
}

interface Booted {
  app: NestFastifyApplication;
  routes: KnownRoute[];
}

/** The real application as a process starts it, listening on nothing. */
async function boot(
  place: { url: string; varDir: string },
  options: TestAppOptions,
  clock: TestClock,
): Promise<Booted> {
  const config = loadConfig({
    PORT: '0',
    QAFILA_VAR: place.varDir,
    QAFILA_DEMO: '0',
    // Background work runs when a test calls runJobs(), so that no test depends on time.
    QAFILA_ROLE: 'web',
    DATABASE_URL: place.url,
    LOG_LEVEL: options.log ? 'debug' : 'silent',
    ...options.env,
  });
  const logger = pino({ level: config.LOG_LEVEL }, collector(options.log));
  const secrets = { current: randomBytes(32).toString('hex') };
  const module = AppModule.with({ config, secrets, clock });
  // Nest's own words go where a process sends them, or nowhere.
  const nest = options.log ? new NestLog(logger) : false;
  const booted = await createHttpApp(module, config, { request: logger, nest }, ASSETS);
  await booted.app.init();
  await booted.app.get(StartupTasks).run();
  return booted;
}

/**
 * A database and a folder where the same application has started before. Its first start reads a thousand files of
 * courses and writes the demo, which is most of what a short test file would do; every test file makes the second.
 */
function placeFor({ env = {}, isFirstStart }: TestAppOptions, clock: TestClock): Promise<BeforeStart> {
  if (isFirstStart || Object.keys(env).some((name) => !SHARED.has(name))) return untouchedPlace();
  const at = clock.now();
  return startedPlace(JSON.stringify([at, env]), async (place) => {
    const { app } = await boot(place, { env }, new TestClock(at));
    await shut(app);
  });
}

/** Boots the real application on a private database, with a clock that the test moves. Nothing of ours is replaced. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const clock = options.clock ?? new TestClock();
  const place = await placeFor(options, clock);
  const { app, routes } = await boot({ url: place.database.url, varDir: place.varDir }, options, clock);
  await app.getHttpAdapter().getInstance().ready();
  const inject = (request: InjectOptions): Promise<LightMyRequestResponse> => app.inject(request);
  return {
    app,
    routes,
    db: app.get(Database),
    clock,
    databaseUrl: place.database.url,
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
      await shut(app);
      await place.database.drop();
      await rm(place.varDir, { recursive: true, force: true });
    },
  };
}
