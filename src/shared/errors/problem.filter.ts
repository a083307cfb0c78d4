import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageRenderer } from '../web/page-renderer.js';
import { wantsPage } from '../web/request-locale.js';
import { failureOf, problemOf } from './problem.js';

/** The one place where an error becomes an answer: a problem for programs, a page of the site for people. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly pages: PageRenderer) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const failure = failureOf(error);
    const problem = problemOf(failure, request.locale ?? 'fr', `urn:request:${request.id}`);

    if (failure.status >= 500) {
      const stack = error instanceof Error ? error.stack : String(error);
      this.logger.error(`${request.method} ${request.routeOptions?.url ?? '?'} ${problem.instance}`, stack);
    }
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (failure.retryAfterSeconds !== undefined)
      void reply.header('retry-after', String(failure.retryAfterSeconds));
    void reply.header('cache-control', 'no-store');
    if (!wantsPage(request)) {
      void reply
        .status(failure.status)
        .type('application/problem+json; charset=utf-8')
        .send(JSON.stringify(problem));
      return;
    }
    if (failure.status === 401 && request.method === 'GET') {
      void reply.redirect(`/${request.locale}/sign-in?next=${encodeURIComponent(request.originalUrl)}`, 303);
      return;
    }
    const page = await this.pages.problem(request, problem);
    void reply.status(failure.status).type('text/html; charset=utf-8').send(page);
  }
}
