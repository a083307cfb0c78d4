import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { FormBody } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { inLanguage } from '../../campaigns/public.js';
import type { TourRow } from '../tour.query.js';
import { blankPlan, readPlanForm, type TypedPlan, typedFromWanted, typedPlanOf } from './plan-form.js';
import { type PlanFormFrame, presentPlanForm } from './plan-form.view.js';
import { textOf } from './session.pages.controller.js';
import { TourPlanning } from './tour-planning.js';

const FORM = 'tours/web/views/plan-form.hbs';
const LIST = 'tours/web/views/tours.hbs';
const INVALID = 422;

/** The list of tours, and the form that asks for a plan: of a new tour or of one that is there. */
@ApiExcludeController()
@Controller('staff')
export class TourPagesController {
  constructor(
    private readonly planning: TourPlanning,
    private readonly pages: PageRenderer,
  ) {}

  @Get('tours')
  @ForRoles('admin', 'manager', 'coordinator')
  async list(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
  ): Promise<void> {
    const title = t(locale, 'tours:tourList.title');
    await this.pages.send(reply, LIST, { title }, await this.planning.list(actor, locale));
  }

  @Get('campaigns/:campaign/tours/new')
  @ForRoles('admin', 'manager', 'coordinator')
  async blank(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
  ): Promise<void> {
    const campaign = await this.planning.campaign(actor, key);
    const choices = await this.planning.choices({
      campaignId: campaign.id,
      organisationId: campaign.organisationId,
    });
    const frame = newFrame(campaign.slug, locale);
    const form = presentPlanForm(frame, blankPlan(choices.cities.map(({ slug }) => slug)), choices, locale);
    await this.pages.send(reply, FORM, { title: frame.title }, { form });
  }

  @Post('campaigns/:campaign/tours')
  @ForRoles('admin', 'manager', 'coordinator')
  async make(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const campaign = await this.planning.campaign(actor, key);
    const scope = { campaignId: campaign.id, organisationId: campaign.organisationId };
    await this.saveOr(reply, locale, body, { frame: newFrame(campaign.slug, locale), scope }, (typed) => {
      const { tour, wanted } = readPlanForm(typed);
      return this.planning.make(actor, campaign.id, tour, wanted);
    });
  }

  @Get('tours/:tour/plans/new')
  @ForRoles('admin', 'manager', 'coordinator')
  async again(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('tour') id: string,
    @Query('from') from: unknown,
  ): Promise<void> {
    const tour = await this.planning.tour(actor, id);
    const choices = await this.planning.choices(tour);
    const slugs = choices.cities.map(({ slug }) => slug);
    const before = await this.planning.planOf(actor, tour.id, textOf(from));
    const frame = againFrame(tour, locale);
    const typed = before ? typedFromWanted(before.wanted, slugs) : blankPlan(slugs);
    await this.pages.send(
      reply,
      FORM,
      { title: frame.title },
      { form: presentPlanForm(frame, typed, choices, locale) },
    );
  }

  @Post('tours/:tour/plans')
  @ForRoles('admin', 'manager', 'coordinator')
  async ask(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('tour') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const tour = await this.planning.tour(actor, id);
    await this.saveOr(reply, locale, body, { frame: againFrame(tour, locale), scope: tour }, (typed) =>
      this.planning.ask(actor, tour.id, readPlanForm(typed).wanted),
    );
  }

  /** Leads to the plan that was asked for, or gives the form back with what is wrong. */
  private async saveOr(
    reply: FastifyReply,
    locale: Locale,
    body: FormBody,
    { frame, scope }: { frame: PlanFormFrame; scope: { campaignId: string; organisationId: string } },
    save: (typed: TypedPlan) => Promise<string>,
  ): Promise<void> {
    const choices = await this.planning.choices(scope);
    const typed = typedPlanOf(
      body,
      choices.cities.map(({ slug }) => slug),
    );
    try {
      await this.pages.redirect(reply, `/staff/plans/${await save(typed)}`);
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error;
      const form = presentPlanForm(frame, typed, choices, locale, {
        errors: error.errors,
        read: readPlanForm(typed),
      });
      await this.pages.refuse(reply, FORM, { title: frame.title }, { form }, INVALID);
    }
  }
}

function newFrame(campaign: string, locale: Locale): PlanFormFrame {
  return {
    title: t(locale, 'tours:planForm.newTitle'),
    action: `/${locale}/staff/campaigns/${campaign}/tours`,
    backHref: `/${locale}/staff/tours`,
    isNew: true,
  };
}

function againFrame({ id, name }: TourRow, locale: Locale): PlanFormFrame {
  return {
    title: t(locale, 'tours:planForm.againTitle', { tour: inLanguage(name, locale) }),
    action: `/${locale}/staff/tours/${id}/plans`,
    backHref: `/${locale}/staff/tours/${id}`,
    isNew: false,
  };
}
