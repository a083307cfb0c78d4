import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UnsupportedBody } from './web.errors.js';

/** An empty JSON body is `{}`; anything else goes to Fastify's own parser, which refuses `__proto__`. */
export function acceptEmptyJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  // Fastify reads plain text on its own; no route of ours takes it, so it is 415.
  fastify.removeContentTypeParser('text/plain');
  if (fastify.hasContentTypeParser('application/json')) fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, {});
    else void parse(request, body as string, done);
  });
}

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** The API takes JSON and pages take forms: a body of the other kind is refused as one of any other type. */
export function keepBodiesApart(fastify: FastifyInstance): void {
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    if (isMisplaced(request)) done(new UnsupportedBody());
    else done(null, payload);
  });
}

function isMisplaced(request: FastifyRequest): boolean {
  if (request.is404) return false;
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return type === (request.url.startsWith('/api/') ? FORM_TYPE : JSON_TYPE);
}
