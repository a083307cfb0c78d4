import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { UnsupportedBody } from './web.errors.js';
import { DEAF_AFTER } from './upload-parser.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is read while it comes: the file of a form, or bytes without any form. Unset: it is read at once. */
    stream?: 'form' | 'bytes';
  }
}

/** The type that the protocol of resumable uploads sends its bytes as. */
const BYTES_TYPE = 'application/offset+octet-stream';

/** Bodies that are too large for memory, on the routes that read them while they come. Elsewhere the type is refused unread. */
export function takeStreams(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(BYTES_TYPE, (request, payload, done) => {
    if (request.routeOptions.config?.stream === 'bytes') done(null, payload);
    else done(new UnsupportedBody());
  });
  fastify.addHook('onResponse', (request, _reply, done) => {
    if (request.routeOptions.config?.stream !== undefined) readToTheEnd(request.raw);
    done();
  });
}

/** What was answered before all was read is read and dropped: a browser that is cut off while it sends sees no answer. */
function readToTheEnd(payload: IncomingMessage): void {
  if (payload.complete || payload.destroyed) return;
  let bytes = 0;
  payload.unpipe();
  payload.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DEAF_AFTER) payload.destroy();
  });
  payload.resume();
}
