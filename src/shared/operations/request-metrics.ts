import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Histogram, Registry } from 'prom-client';

/** All metrics of this process. */
export const registry = new Registry();

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time from the first byte of a request to the last byte of its answer',
  labelNames: ['method', 'route', 'status'],
  buckets: BUCKETS,
  registers: [registry],
});

// Patterns, never addresses: an address may hold a code or a token, and each would be a series of its own.
const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'unknown';

type Timer = ReturnType<typeof duration.labels>;

const timers = new Map<string, Timer>();

/** The series of a route: a few hundred in all, looked up once each. */
function timerOf(method: string, route: string, status: number): Timer {
  const key = `${method} ${status} ${route}`;
  const known = timers.get(key);
  if (known) return known;
  const timer = duration.labels(method, route, String(status));
  timers.set(key, timer);
  return timer;
}

/** Measures each request and writes one line of log for it. */
export function countRequests(fastify: FastifyInstance): void {
  // Hooks that wait for nothing make no promises: on Node 20 each costs every request.
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = routeOf(request);
    timerOf(request.method, route, reply.statusCode).observe(reply.elapsedTime / 1000);
    const line = {
      route,
      method: request.method,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (reply.statusCode >= 500) request.log.error(line, 'request');
    else if (route.startsWith('/health') || route.startsWith('/assets') || route === '/metrics')
      request.log.debug(line, 'request');
    else request.log.info(line, 'request');
    done();
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
}
