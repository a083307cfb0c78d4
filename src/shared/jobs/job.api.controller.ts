import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForSignedIn } from '../access/access-rule.js';
import { type Actor, auditIdOf } from '../access/actor.js';
import { CurrentActor } from '../access/current-actor.js';
import { NotFound } from '../errors/domain-error.js';
import { hasWords, type Locale, type Params, t } from '../i18n/i18n.js';
import { isUuid } from '../new-id.js';
import { JobDto, JobFailureDto } from './job.dto.js';
import { JobQuery, type JobStatus } from './job.query.js';

interface RawFailure {
  personId?: string;
  courseId?: string;
  code: string;
  params?: Params;
}

/** Failures that a job's result lists, in the reader's words. */
export function presentFailures(job: Pick<JobStatus, 'result'>, locale: Locale): JobFailureDto[] {
  const raw = (job.result?.['failures'] ?? []) as RawFailure[];
  return raw.map(({ code, params = {}, ...about }) => {
    const key = `errors:${code}.detail`;
    const detail = t(locale, hasWords(locale, key) ? key : 'errors:internal-error.detail', params);
    return { ...about, code, params, detail };
  });
}

/** Whoever asked for a job sees it, and administrators of the installation. */
export function maySeeJob(actor: Actor, job: Pick<JobStatus, 'requestedBy'>): boolean {
  if (job.requestedBy !== null && job.requestedBy === auditIdOf(actor)) return true;
  return actor.grants.some(({ role, scopeKind }) => role === 'admin' && scopeKind === 'installation');
}

@ApiTags('jobs')
@Controller('api/v1/jobs')
export class JobApiController {
  constructor(private readonly jobs: JobQuery) {}

  @Get(':id')
  @ForSignedIn()
  @ApiOperation({ summary: 'How far a job is that one asked for' })
  @ApiOkResponse({ type: JobDto })
  @ApiNotFoundResponse({ description: 'No such job of yours' })
  async one(
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
  ): Promise<JobDto> {
    const job = isUuid(id) ? await this.jobs.status(id) : undefined;
    if (!job || !maySeeJob(actor, job)) throw new NotFound('job');
    const { state, done, total } = job;
    return { state, done, total: total ?? 0, failures: presentFailures(job, request.locale) };
  }
}
