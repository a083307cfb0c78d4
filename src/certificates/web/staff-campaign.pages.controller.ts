import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import { grantsOf, type StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { isUuid } from '../../shared/new-id.js';
import { PAGE_SIZE, pageOf, readCursor } from '../../shared/paging/cursor.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { CERTIFICATE_STATUSES } from '../certificate.js';
import { mayIssueIn, READING_ROLES } from '../certificate.policy.js';
import { CertificateQuery } from '../certificate.query.js';
import { type CampaignPlace, CertificateScopeQuery } from '../certificate-scope.query.js';
import { BatchRequest } from './batch-request.js';
import type { IssueBatchDto } from './certificate-input.dto.js';
import { CertificateStaffGate } from './certificate-staff.gate.js';
import { searchWords } from './certificate.presenter.js';
import { named, presentStaffList } from './staff-list.presenter.js';

const VIEWS = 'certificates/web/views';

/** `all`, `course:<id>` or `session:<id>` of the form. @throws InvalidFields */
function readScope(text: string): Pick<IssueBatchDto, 'sessionId' | 'courseId'> {
  const [kind, id = ''] = text.split(':');
  if (kind === 'all') return {};
  if (kind === 'session' && isUuid(id)) return { sessionId: id };
  if (kind === 'course' && isUuid(id)) return { courseId: id };
  throw new InvalidFields([{ pointer: '/scope', code: 'not-a-choice' }]);
}

/** The certificates of a campaign: list, search, issue. */
@ApiExcludeController()
@Controller('staff')
export class StaffCampaignPagesController {
  constructor(
    private readonly scopes: CertificateScopeQuery,
    private readonly query: CertificateQuery,
    private readonly batches: BatchRequest,
    private readonly gate: CertificateStaffGate,
    private readonly pages: PageRenderer,
  ) {}

  @Get('certificates')
  @ForRoles('admin', 'manager', 'coordinator', 'auditor')
  async campaigns(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
  ): Promise<void> {
    const { locale } = request;
    const grants = grantsOf(actor, READING_ROLES);
    const ids = (kind: string) =>
      grants.flatMap(({ scopeKind, scopeId }) => (scopeKind === kind && scopeId ? [scopeId] : []));
    const everything = grants.some(({ scopeKind }) => scopeKind === 'installation');
    const rows = await this.scopes.campaigns(everything, ids('organisation'), ids('campaign'));
    const [only, ...others] = rows;
    if (only && others.length === 0)
      return this.pages.redirect(reply, `/staff/campaigns/${only.slug}/certificates`);
    const campaigns = rows.map(({ slug, name }) => ({
      name: named(name, locale),
      href: `/${locale}/staff/campaigns/${slug}/certificates`,
    }));
    const title = t(locale, 'certificates:staff.title');
    await this.pages.send(reply, `${VIEWS}/staff-campaigns.hbs`, { title }, { campaigns });
  }

  @Get('campaigns/:campaign/certificates')
  @ForRoles('admin', 'manager', 'coordinator', 'auditor')
  async list(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Query() query: FormBody,
  ): Promise<void> {
    const campaign = await this.gate.campaign(actor, key, 'read');
    await this.show(request, reply, actor, campaign, query);
  }

  @Post('campaigns/:campaign/certificates')
  @ForRoles('admin', 'manager', 'coordinator')
  async issue(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    const scope = readScope(formText(body, 'scope'));
    const confirmNames = formText(body, 'confirmNames') !== '';
    const jobId = await this.batches.start(actor, campaign, { ...scope, confirmNames });
    const again = new URLSearchParams({ scope: formText(body, 'scope') }).toString();
    await this.pages.redirect(reply, `/staff/campaigns/${campaign.slug}/certificates/jobs/${jobId}?${again}`);
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    actor: StaffActor,
    campaign: CampaignPlace,
    query: FormBody,
  ): Promise<void> {
    const search = formText(query, 'q').replaceAll('\0', '').slice(0, 200);
    const status = CERTIFICATE_STATUSES.find((one) => one === formText(query, 'status')) ?? '';
    const cursor = formText(query, 'cursor');
    const filter = { status: status || undefined, search: searchWords(search) };
    const rows = await this.query.ofCampaign(campaign.campaignId, filter, readCursor(cursor), PAGE_SIZE);
    const page = pageOf(rows, PAGE_SIZE, ({ issuedAt, id }) => ({ at: issuedAt, id }));
    const mayIssue = mayIssueIn(actor, campaign);
    const list = presentStaffList(
      {
        ...{ campaign, rows: page.items, next: page.next, search, status, cursor, mayIssue },
        sessions: mayIssue ? await this.scopes.sessions(campaign.campaignId) : [],
      },
      request.locale,
    );
    const title = t(request.locale, 'certificates:staff.title');
    await this.pages.send(reply, `${VIEWS}/staff-list.hbs`, { title }, { list });
  }
}
