import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CampaignQuery, inLanguage, MANAGING_ROLES, reachOf } from '../../campaigns/public.js';
import { ForRoles, ForRolesUploading } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, NotFound } from '../../shared/errors/domain-error.js';
import { failureOf } from '../../shared/errors/problem.js';
import { refusalText } from '../../shared/errors/refusal-text.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { formText } from '../../shared/web/form-text.js';
import { ImportService } from '../import.service.js';
import { PeopleSearch } from '../people-search.service.js';
import { tableFile, TABLE_FORM_BYTES } from '../../shared/web/table-upload.js';
import { presentPeoplePage } from './import-page.presenter.js';
import { MAX_QUERY } from './people-search.dto.js';
import { presentSearch } from './people-search.presenter.js';
import { NominationGate } from './nomination.gate.js';

const VIEWS = 'nominations/web/views';

/** The people of a campaign as files: send one, fetch them all. */
@ApiExcludeController()
@Controller('staff')
export class PeoplePages {
  constructor(
    private readonly imports: ImportService,
    private readonly search: PeopleSearch,
    private readonly campaigns: CampaignQuery,
    private readonly gate: NominationGate,
    private readonly pages: PageRenderer,
  ) {}

  @Get('people')
  @ForRoles('admin', 'manager', 'coordinator')
  async choose(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
  ): Promise<void> {
    const rows = await this.campaigns.within(reachOf(actor.grants, MANAGING_ROLES));
    const [only, ...others] = rows;
    if (only && others.length === 0)
      return this.pages.redirect(reply, `/staff/campaigns/${only.slug}/people`);
    const campaigns = rows.map(({ slug, name }) => ({
      name: inLanguage(name, locale),
      href: `/${locale}/staff/campaigns/${slug}/people`,
    }));
    await this.pages.send(
      reply,
      `${VIEWS}/campaigns.hbs`,
      { title: t(locale, 'nominations:title') },
      { campaigns },
    );
  }

  @Get('campaigns/:campaign/people')
  @ForRoles('admin', 'manager', 'coordinator')
  async show(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    await this.page(request, reply, actor, key, { q: formText(query, 'q').slice(0, MAX_QUERY) });
  }

  @Post('campaigns/:campaign/people')
  @ForRolesUploading(TABLE_FORM_BYTES, 'admin', 'manager', 'coordinator')
  async send(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Body() body: unknown,
  ): Promise<void> {
    const campaign = await this.gate.campaign(actor, key);
    try {
      const { id } = await this.imports.begin(actor, campaign, tableFile(body));
      await this.pages.redirect(reply, `/staff/imports/${id}`);
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      void reply.status(failureOf(error).status);
      await this.page(request, reply, actor, key, { error: refusalText(error, request.locale) });
    }
  }

  private async page(
    { locale }: FastifyRequest,
    reply: FastifyReply,
    actor: StaffActor,
    key: string,
    { q = '', error }: { q?: string; error?: string },
  ): Promise<void> {
    const campaign = await this.gate.campaign(actor, key);
    const recent = await this.imports.recent(campaign.campaignId);
    const title = t(locale, 'nominations:title');
    const found = await this.search.find(campaign.campaignId, q, locale);
    const model = {
      ...presentPeoplePage(campaign, recent, locale, error),
      search: presentSearch(q.trim(), found, locale),
    };
    await this.pages.send(reply, `${VIEWS}/people.hbs`, { title }, model);
  }
}
