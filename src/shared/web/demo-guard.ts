import type { FastifyInstance } from 'fastify';
import type { AppConfig } from '../../config/app-config.js';
import { DomainError } from '../errors/domain-error.js';

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** Demo mode has known accounts: it answers nobody behind a proxy. */
export class ForwardedToDemo extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'forwarded-to-demo';

  constructor() {
    super('Demo mode answers no forwarded request');
  }
}

export function guardDemo(fastify: FastifyInstance, config: AppConfig): void {
  if (!config.isDemo) return;
  fastify.addHook('onRequest', (request, _reply, done) => {
    const isForwarded = FORWARDED.some((name) => request.headers[name] !== undefined);
    done(isForwarded ? new ForwardedToDemo() : undefined);
  });
}
