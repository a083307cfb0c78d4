import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';
import type { AppConfig } from '../../config/app-config.js';

/** Scripts and styles come from our own origin only, and nobody frames us. */
function helmetOptions(config: AppConfig): FastifyHelmetOptions {
  const content = config.CONTENT_URL ? [config.CONTENT_URL] : [];
  const https = config.PUBLIC_URL?.startsWith('https:') ?? false;
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...content],
        mediaSrc: ["'self'", 'blob:', ...content],
        connectSrc: ["'self'", ...content],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // On plain http an upgrade would break the page; on https the browser shall insist on it for half a year.
    strictTransportSecurity: https ? { maxAge: 15_552_000, includeSubDomains: false } : false,
    crossOriginEmbedderPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
  };
}

/**
 * Sets helmet's headers on every answer. They are the same for all, so helmet is asked once, and not at each request
 * to put the same policy together again.
 */
export async function secureAnswers(fastify: FastifyInstance, config: AppConfig): Promise<void> {
  const probe = Fastify();
  const before = new Set(Object.keys((await probe.inject('/')).headers));
  const helmeted = Fastify();
  await helmeted.register(helmet, helmetOptions(config));
  const { headers } = await helmeted.inject('/');
  const added = Object.fromEntries(Object.entries(headers).filter(([name]) => !before.has(name)));
  await Promise.all([probe.close(), helmeted.close()]);
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(added);
    done();
  });
}
