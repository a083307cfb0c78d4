import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { auditIdOf } from '../access/actor.js';
import { IdempotencyKeyTooLong } from './idempotency.errors.js';
import { bodyDigest, type IdempotencyStore, type RequestKey } from './idempotency.store.js';

declare module 'fastify' {
  interface FastifyRequest {
    idempotency?: RequestKey;
  }
}

const HEADER = 'idempotency-key';
const LONGEST_KEY = 200;
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** Who one is, or how much one asked, may be different the next time: such an answer is not kept. */
const PASSING = new Set([401, 403, 429]);

function keyOf(request: FastifyRequest): RequestKey | undefined {
  const key = request.headers[HEADER];
  if (typeof key !== 'string' || key.length === 0 || request.is404) return undefined;
  if (!WRITES.has(request.method) || !request.url.startsWith('/api/v1/')) return undefined;
  // What is read while it comes cannot be compared with what came before; such routes say themselves where they stand.
  if (request.routeOptions.config?.stream) return undefined;
  // An answer that holds a token is not kept: asking again gives another.
  if (request.url.startsWith('/api/v1/auth/')) return undefined;
  if (key.length > LONGEST_KEY) throw new IdempotencyKeyTooLong(LONGEST_KEY);
  const owner = request.actor ? auditIdOf(request.actor) : `address:${request.ip}`;
  return { owner, route: `${request.method} ${request.url.split('?')[0]}`, key };
}

/** An answer that says it is to be kept nowhere, such as a code that is shown once: asking again makes another. */
function isKeptNowhere(reply: FastifyReply): boolean {
  return reply.statusCode < 300 && String(reply.getHeader('cache-control') ?? '').includes('no-store');
}

async function remember(
  store: IdempotencyStore,
  id: RequestKey,
  reply: FastifyReply,
  payload: unknown,
): Promise<void> {
  const { statusCode } = reply;
  const isText = typeof payload === 'string' || payload == null;
  if (statusCode >= 500 || PASSING.has(statusCode) || !isText || isKeptNowhere(reply))
    return store.forget(id);
  const mediaType = String(reply.getHeader('content-type') ?? 'application/json');
  await store.answer(id, { status: statusCode, mediaType, response: (payload as string | undefined) ?? '' });
}

/** `Idempotency-Key`: the same key and body repeat the first answer instead of the deed. */
export function repeatAnswers(fastify: FastifyInstance, store: IdempotencyStore): void {
  fastify.addHook('preHandler', (request, reply, done) => {
    repeat(store, request, reply).then((repeated) => repeated || done(), done);
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const id = request.idempotency;
    if (!id) return done(null, payload);
    delete request.idempotency;
    remember(store, id, reply, payload)
      .catch((error: Error) => request.log.error(error.message))
      .finally(() => done(null, payload));
  });
}

/** Sends the first answer again. @returns false when there is none yet: then this request makes it */
async function repeat(
  store: IdempotencyStore,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const id = keyOf(request);
  const digest = id && bodyDigest(request.body);
  if (!id || digest === undefined) return false;
  const first = await store.claim(id, digest);
  if (!first) {
    request.idempotency = id;
    return false;
  }
  await reply
    .status(first.status)
    .header('idempotency-replayed', 'true')
    .type(first.mediaType)
    .send(first.response);
  return true;
}
