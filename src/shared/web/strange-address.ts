import type { FastifyInstance } from 'fastify';
import { NotFound } from '../errors/domain-error.js';

/** A path with NUL leads nowhere: no id or slug holds it, and the database refuses to look. */
export function refuseNul(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const [path = ''] = request.url.split('?');
    done(path.includes('%00') ? new NotFound('address') : undefined);
  });
}
