import '@fastify/cookie';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLocale, type Locale, localeFrom } from '../i18n/i18n.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The reader's language: of the address, else of the cookie, else of the browser. */
    locale: Locale;
    /** True when the address itself names the language. */
    localeInPath: boolean;
  }
}

export const LANGUAGE_COOKIE = 'lang';
const PREFIX = /^\/(ar|fr|en)(?=\/|\?|$)/;
/** What is the same in every language. */
const WITHOUT_LANGUAGE = ['/api/v1/', '/assets/', '/media/', '/m/'];
const PREFIXED = Symbol('language of the address');

type Tagged = IncomingMessage & { [PREFIXED]?: Locale };

/** Fastify's `rewriteUrl`: `/fr/sessions` is routed as `/sessions`, in French. The API has no such prefix. */
export function stripLanguage(request: IncomingMessage): string {
  const url = readable(request.url ?? '/');
  const language = PREFIX.exec(url)?.[1];
  if (!isLocale(language)) return url;
  const rest = url.slice(language.length + 1);
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  if (WITHOUT_LANGUAGE.some((start) => path.startsWith(start))) return url;
  (request as Tagged)[PREFIXED] = language;
  return path;
}

/** An address that nobody can decode is one that we do not have: its signs are taken for letters. */
function readable(url: string): string {
  const [path = ''] = url.split('?', 1);
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.replaceAll('%', '%25') + url.slice(path.length);
  }
}

/** True for a request of a person's browser to a page; programs get JSON, and the API always does. */
export function wantsPage(request: FastifyRequest): boolean {
  const path = request.url;
  if (
    /^\/(api\/v1|health|metrics|assets|media|m|dev\/outbox)(\/|\?|$)/.test(path) ||
    /\.(json|ics|pdf)(\?|$)/.test(path)
  )
    return false;
  const accept = request.headers.accept ?? '';
  return (
    accept.includes('text/html') || (!accept.includes('json') && !accept.startsWith('*/*') && accept !== '')
  );
}

/** Sets `request.locale` before anything else looks at the request. */
export function resolveLocale(fastify: FastifyInstance): void {
  fastify.decorateRequest('locale', 'fr');
  fastify.decorateRequest('localeInPath', false);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const inPath = (request.raw as Tagged)[PREFIXED];
    const cookie = request.cookies[LANGUAGE_COOKIE];
    request.localeInPath = inPath !== undefined;
    request.locale = inPath ?? (isLocale(cookie) ? cookie : localeFrom(request.headers['accept-language']));
    done();
  });
}
