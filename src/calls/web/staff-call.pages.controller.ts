import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CampaignQuery, inLanguage, MANAGING_ROLES, reachOf } from '../../campaigns/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { formatInstant } from '../../shared/clock/format-date.js';
import { DomainError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { failureOf, fieldDetail } from '../../shared/errors/problem.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { formatNumber, pickText } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { readMoment } from '../call-design.js';
import { CallService } from '../call.service.js';
import { CallStore } from '../call.store.js';
import { CallDoor } from './call.door.js';
import { presentCallHead } from './call-page.presenter.js';
import { presentFields, presentNeeds } from './call-form.presenter.js';

const VIEWS = 'calls/web/views';
/** A campaign has some; a hundred is more than anybody makes. */
const SHOWN = 100;

/** What was typed into the form that moves a closing, and what is wrong with it. */
interface TypedClosing {
  readonly date: string;
  readonly time: string;
  readonly reason: string;
  readonly errors: ReadonlyArray<{ field: string; text: string }>;
  readonly words?: string;
}

/** The calls of a campaign and each of them, for its staff. */
@ApiExcludeController()
@Controller('staff')
export class StaffCallPages {
  constructor(
    private readonly campaigns: CampaignQuery,
    private readonly clock: Clock,
    private readonly door: CallDoor,
    private readonly store: CallStore,
    private readonly service: CallService,
    private readonly pages: PageRenderer,
  ) {}

  @Get('calls')
  @ForRoles('admin', 'manager', 'coordinator')
  async choose(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
  ): Promise<void> {
    const rows = await this.campaigns.within(reachOf(actor.grants, MANAGING_ROLES));
    const [only, ...others] = rows;
    if (only && others.length === 0) return this.pages.redirect(reply, `/staff/campaigns/${only.slug}/calls`);
    const campaigns = rows.map(({ slug, name }) => ({
      name: inLanguage(name, locale),
      href: `/${locale}/staff/campaigns/${slug}/calls`,
    }));
    await this.pages.send(
      reply,
      `${VIEWS}/campaigns.hbs`,
      { title: t(locale, 'calls:title') },
      { campaigns },
    );
  }

  @Get('campaigns/:campaign/calls')
  @ForRoles('admin', 'manager', 'coordinator')
  async list(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
  ): Promise<void> {
    const campaign = await this.door.campaign(actor, key);
    const now = this.clock.now();
    const calls = await this.store.ofCampaign(campaign.id, true, undefined, SHOWN);
    const model = {
      campaign: inLanguage(campaign.name, locale),
      newHref: `/${locale}/staff/campaigns/${campaign.slug}/calls/new`,
      columns: ['name', 'state', 'opens', 'closes'].map((name) => ({
        label: t(locale, `calls:list.${name}`),
      })),
      rows: calls.slice(0, SHOWN).map((call) => ({
        cells: [
          { text: pickText(call.title, locale).text, href: `/${locale}/staff/calls/${call.slug}` },
          { badge: presentCallHead(call, campaign, now, locale).badge },
          { text: formatInstant(call.opensAt, call.zone, locale) },
          { text: formatInstant(call.closesAt, call.zone, locale) },
          { text: formatNumber(call.applications, locale) },
        ],
      })),
    };
    const columns = [...model.columns, { label: t(locale, 'calls:list.applications'), kind: 'number' }];
    const title = t(locale, 'calls:title');
    await this.pages.send(reply, `${VIEWS}/calls.hbs`, { title }, { ...model, columns });
  }

  @Get('calls/:call')
  @ForRoles('admin', 'manager', 'coordinator')
  async show(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<void> {
    await this.page(reply, actor, key);
  }

  @Get('calls/:call/preview')
  @ForRoles('admin', 'manager', 'coordinator')
  async preview(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<void> {
    const { call, campaign } = await this.door.managed(actor, key);
    const model = {
      head: presentCallHead(call, campaign, this.clock.now(), locale),
      fields: presentFields(call, locale, {}, []),
      needs: presentNeeds(locale, []),
      back: `/${locale}/staff/calls/${call.slug}`,
    };
    await this.pages.send(reply, `${VIEWS}/preview.hbs`, { title: t(locale, 'calls:preview.title') }, model);
  }

  @Post('calls/:call/publish')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  async publish(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const { locale } = reply.request;
    const { call } = await this.door.managed(actor, key);
    try {
      await this.service.publish(actor, call.id, Number(formText(body, 'revision')));
      await this.pages.redirect(reply, `/staff/calls/${call.slug}`, {
        ...{ kind: 'success', key: 'calls:staff.published' },
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      const { status, code, params } = failureOf(error);
      const [first] = error instanceof InvalidFields ? error.errors : [];
      const words = first ? fieldDetail(locale, first) : t(locale, `errors:${code}.detail`, params);
      await this.page(reply, actor, key, { date: '', time: '', reason: '', errors: [], words }, status);
    }
  }

  @Post('calls/:call/closing')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  async closing(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const { locale } = reply.request;
    const { call } = await this.door.managed(actor, key);
    const [date, time, reason] = ['closes-date', 'closes-time', 'reason'].map((name) => formText(body, name));
    try {
      const isNow = formText(body, 'op') === 'now';
      const read = isNow ? undefined : readMoment({ localDate: date, localTime: time }, '/closes');
      if (read && 'problems' in read) throw new InvalidFields(read.problems);
      await this.service.setClosing(actor, call.id, read?.moment ?? null, reason);
      await this.pages.redirect(reply, `/staff/calls/${call.slug}`, {
        ...{ kind: 'success', key: 'calls:staff.moved' },
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      const { status, code, params } = failureOf(error);
      const problems = error instanceof InvalidFields ? error.errors : [];
      const errors = problems.map((one) => ({
        field: controlOf(one.pointer),
        text: fieldDetail(locale, one),
      }));
      const words = problems.length > 0 ? {} : { words: t(locale, `errors:${code}.detail`, params) };
      const typed = { date: date ?? '', time: time ?? '', reason: reason ?? '', errors, ...words };
      await this.page(reply, actor, key, typed, status);
    }
  }

  private async page(
    reply: FastifyReply,
    actor: StaffActor,
    key: string,
    refused?: TypedClosing,
    status = 200,
  ): Promise<void> {
    const { locale } = reply.request;
    const { call, campaign } = await this.door.managed(actor, key);
    const base = `/${locale}/staff/calls/${call.slug}`;
    const head = presentCallHead(call, campaign, this.clock.now(), locale);
    const instant = (at: Date): string => formatInstant(at, call.zone, locale);
    const model = {
      ...{ head, base, revision: call.revision, isDraft: call.state === 'draft' },
      campaign: inLanguage(campaign.name, locale),
      backHref: `/${locale}/staff/campaigns/${campaign.slug}/calls`,
      publicHref: `/${locale}/calls/${call.slug}`,
      stats: [
        { figure: formatNumber(call.applications, locale), label: t(locale, 'calls:list.applications') },
        { figure: formatNumber(call.fields.length, locale), label: t(locale, 'calls:edit.fields') },
      ],
      closing: {
        date: refused?.date || call.closes.date,
        time: refused?.time || call.closes.time,
        reason: refused?.reason ?? '',
      },
      words: refused?.words,
      errors: refused?.errors ?? [],
      errorOf: Object.fromEntries((refused?.errors ?? []).map(({ field, text }) => [field, text])),
      changes: (await this.store.closings(call.id)).map(({ at, from, to, reason, by }) => ({
        text: t(locale, 'calls:staff.change', {
          when: instant(at),
          by,
          from: instant(from),
          to: instant(to),
        }),
        reason,
      })),
    };
    await this.pages.refuse(reply, `${VIEWS}/staff-call.hbs`, { title: head.title }, model, status);
  }
}

function controlOf(pointer: string): string {
  if (pointer === '/reason') return 'reason';
  return pointer === '/closes/localTime' ? 'closes-time' : 'closes-date';
}
