import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { AppConfig } from '../../config/app-config.js';

/** Headers of every answer. Scripts and styles come from our own origin only, and nobody frames us. */
export function contentSecurityPolicy(config: AppConfig): FastifyHelmetOptions {
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
