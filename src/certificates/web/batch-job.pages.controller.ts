import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { maySeeJob, presentFailures } from '../../shared/jobs/job.api.controller.js';
import { JobQuery } from '../../shared/jobs/job.query.js';
import { isUuid } from '../../shared/new-id.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { BATCH_KIND } from '../certificate-batch.service.js';
import { CertificateBatchQuery } from '../certificate-batch.query.js';
import { presentBatchJob } from './batch-job.presenter.js';
import { CertificateStaffGate } from './certificate-staff.gate.js';

const VIEW = 'certificates/web/views/batch-job.hbs';
/** Seconds after which a page without script looks again. */
const LOOK_AGAIN_SECONDS = 4;

/** How far a batch is: the browser itself asks again, and a script, where there is one, moves the bar in between. */
@ApiExcludeController()
@Controller('staff/campaigns/:campaign/certificates/jobs')
export class BatchJobPagesController {
  constructor(
    private readonly jobs: JobQuery,
    private readonly people: CertificateBatchQuery,
    private readonly gate: CertificateStaffGate,
    private readonly pages: PageRenderer,
  ) {}

  @Get(':job')
  @ForRoles('admin', 'manager', 'coordinator')
  async show(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param() { campaign: key, job: id }: { campaign: string; job: string },
    @Query() query: FormBody,
  ): Promise<void> {
    const { locale } = request;
    const campaign = await this.gate.campaign(actor, key, 'issue');
    const status = isUuid(id) ? await this.jobs.status(id) : undefined;
    if (!status || status.kind !== BATCH_KIND || !maySeeJob(actor, status)) throw new NotFound('job');
    const about = presentFailures(status, locale).flatMap(({ personId }) => (personId ? [personId] : []));
    const job = presentBatchJob(status, await this.people.names(about), locale);
    if (job.running) void reply.header('refresh', String(LOOK_AGAIN_SECONDS));
    const base = `/${locale}/staff/campaigns/${campaign.slug}/certificates`;
    const title = t(locale, 'certificates:job.title');
    const options = { title, scripts: job.running ? ['certificate-job.js'] : [] };
    await this.pages.send(reply, VIEW, options, { job, base, scope: formText(query, 'scope') || 'all' });
  }
}
