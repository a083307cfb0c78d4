import type { FastifyInstance } from 'fastify';

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
