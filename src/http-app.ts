import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { DynamicModule, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type AppConfig } from './config/app-config.js';
import {
  enforceAccess,
  enforceCsrf,
  type KnownRoute,
  requireAccessRules,
} from './shared/access/access-hooks.js';
import { ActorSource } from './shared/access/actor-source.js';
import { Csrf } from './shared/access/csrf.js';
import { ProblemFilter } from './shared/errors/problem.filter.js';
import { BODY_LIMIT_BYTES } from './shared/errors/problem.js';
import { validationPipe } from './shared/errors/validation.pipe.js';
import { repeatAnswers } from './shared/idempotency/idempotency.hooks.js';
import { IdempotencyStore } from './shared/idempotency/idempotency.store.js';
import { newId } from './shared/new-id.js';
import { ApiDocument } from './shared/operations/api-document.js';
import { countRequests } from './shared/operations/request-metrics.js';
import { acceptEmptyJson, keepBodiesApart } from './shared/web/body-parser.js';
import { BuiltFiles } from './shared/web/built-files.js';
import { secureAnswers } from './shared/web/content-security.js';
import { guardDemo } from './shared/web/demo-guard.js';
import { packAnswers } from './shared/web/pack-answers.js';
import { resolveLocale, stripLanguage } from './shared/web/request-locale.js';
import { serveApp } from './shared/web/serve-app.js';
import { serveAssets } from './shared/web/serve-assets.js';
import { refuseNul } from './shared/web/strange-address.js';
import { takeStreams } from './shared/web/stream-parser.js';
import { takeUploads } from './shared/web/upload-parser.js';
import { useViews } from './shared/web/view-engine.js';

const SOURCE_ROOT = fileURLToPath(new URL('.', import.meta.url));
/** Beside the compiled code; tests name the built folder themselves. */
const ASSETS_ROOT = join(SOURCE_ROOT, '..', 'assets');

export interface HttpApp {
  app: NestFastifyApplication;
  /** Every route the server answers, with its access rule. */
  routes: KnownRoute[];
}

function adapterFor(config: AppConfig, logger: FastifyBaseLogger): FastifyAdapter {
  return new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: config.QAFILA_TRUSTED_PROXIES?.split(',').map((proxy) => proxy.trim()) ?? false,
    rewriteUrl: stripLanguage,
    genReqId: () => newId(),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
  });
}

/** Builds the HTTP application, listening on nothing yet: `listen` or `inject` it. */
export async function createHttpApp(
  module: DynamicModule,
  config: AppConfig,
  log: { request: FastifyBaseLogger; nest: LoggerService | false },
  assetsRoot = ASSETS_ROOT,
): Promise<HttpApp> {
  const adapter = adapterFor(config, log.request);
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  const routes = requireAccessRules(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: log.nest,
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  await app.register(cookie);
  await secureAnswers(fastify, config);
  repeatAnswers(fastify, app.get(IdempotencyStore));
  packAnswers(fastify);
  await app.register(compress, { threshold: 1024, encodings: ['br', 'gzip'], globalDecompression: false });
  resolveLocale(fastify);
  refuseNul(fastify);
  guardDemo(fastify, config);
  countRequests(fastify);
  acceptEmptyJson(fastify);
  keepBodiesApart(fastify);
  takeUploads(fastify);
  takeStreams(fastify);
  await app.register(formbody, { bodyLimit: BODY_LIMIT_BYTES });
  enforceAccess(fastify, app.get(ActorSource));
  enforceCsrf(fastify, app.get(Csrf));
  const built = app.get(BuiltFiles);
  built.load(assetsRoot);
  await useViews(app, SOURCE_ROOT, built);
  await serveAssets(app, assetsRoot);
  serveApp(app, built);
  app.useGlobalPipes(validationPipe);
  app.useGlobalFilters(app.get(ProblemFilter));
  app.get(ApiDocument).describe(app);
  return { app, routes };
}
