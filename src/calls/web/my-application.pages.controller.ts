import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CampaignQuery } from '../../campaigns/public.js';
import { ForPerson } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor, CurrentPerson } from '../../shared/access/current-actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { formatInstant } from '../../shared/clock/format-date.js';
import { DomainError, NotFound } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { pageOf, readCursor } from '../../shared/paging/cursor.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { type Application, type ApplicationVersion, dossierNumber } from '../application.js';
import { ApplicationDeeds } from '../application-deeds.js';
import { ApplicationStore } from '../application.store.js';
import { type Call, phaseOf } from '../call.js';
import { momentWords } from '../call-gate.js';
import { CallStore } from '../call.store.js';
import { MASK } from '../identity-card.js';
import { presentAnswers, presentCallHead } from './call-page.presenter.js';
import { sentTo } from './call.sending.js';

/** A version in one line: when, what, by whom. */
export function versionText({ kind, at, by }: ApplicationVersion, zone: string, locale: Locale): string {
  const when = formatInstant(at, zone, locale);
  const key = by === null ? `calls:history.${kind}` : `calls:history.${kind}By`;
  return t(locale, key, { when, by: by ?? undefined });
}

/** One's own dossiers, and the last tap of one that was filled in before the code. */
@ApiExcludeController()
@Controller()
export class MyApplicationPages {
  constructor(
    private readonly clock: Clock,
    private readonly campaigns: CampaignQuery,
    private readonly calls: CallStore,
    private readonly store: ApplicationStore,
    private readonly work: ApplicationDeeds,
    private readonly pages: PageRenderer,
  ) {}

  @Get('my/applications')
  @ForPerson()
  async mine(
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Query() { cursor, limit }: ListDto,
  ): Promise<void> {
    const { locale } = reply.request;
    const rows = await this.store.ofPerson(person.id, readCursor(cursor), limit);
    const { items, next } = pageOf(rows, limit, ({ changedAt, id }) => ({ at: changedAt, id }));
    const dossiers: object[] = [];
    const decisions = await this.work.decisions.ofDossiers(
      items.map(({ id }) => id),
      locale,
    );
    for (const application of items) {
      const call = await this.calls.find(application.callId);
      if (call)
        dossiers.push({
          ...this.dossier(application, call, await this.store.versions(application.id), locale),
          decision: decisions.get(application.id),
        });
    }
    const base = `/${locale}/my/applications`;
    await this.pages.send(
      reply,
      'calls/web/views/my-applications.hbs',
      { title: t(locale, 'calls:mine.title'), scripts: ['call-draft.js'] },
      {
        ...{ dossiers, owner: person.id },
        firstHref: cursor ? base : null,
        nextHref: next ? `${base}?cursor=${next}` : null,
      },
    );
  }

  @Post('my/applications/:application/withdraw')
  @HttpCode(200)
  @ForPerson()
  async withdraw(
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param('application') id: string,
  ): Promise<void> {
    await this.work.applications.withdraw(person.id, id);
    await this.pages.redirect(reply, '/my/applications', { kind: 'info', key: 'calls:mine.withdrawn' });
  }

  @Get('calls/:call/send')
  @ForPerson()
  async confirm(
    @Res() reply: FastifyReply,
    @CurrentActor() actor: Actor,
    @CurrentPerson() person: { id: string; name: string },
    @Param('call') key: string,
    @Query('draft') draftId?: unknown,
  ): Promise<void> {
    const { locale } = reply.request;
    const { draft, call } = await this.draftOf(actor, key, draftId);
    const campaign = await this.campaigns.get(call.campaignId);
    const head = presentCallHead(call, campaign, this.clock.now(), locale);
    const model = {
      ...{ head, person: person.name, draft: draft.id },
      answers: presentAnswers(call, draft, locale),
      masked: JSON.stringify(draft.answers).includes(MASK),
    };
    await this.pages.send(
      reply,
      'calls/web/views/send.hbs',
      { title: t(locale, 'calls:confirm.title') },
      model,
    );
  }

  @Post('calls/:call/send')
  @HttpCode(200)
  @ForPerson()
  async send(
    @Res() reply: FastifyReply,
    @CurrentActor() actor: Actor,
    @CurrentPerson() person: { id: string },
    @Param('call') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const at = this.clock.now();
    const { draft, call } = await this.draftOf(actor, key, formText(body, 'draft'));
    try {
      await this.work.drafts.send(draft, person.id, at);
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'conflict') throw error;
      // The page of the call says since when it is closed, or what is missing.
      if (phaseOf(call, at) === 'open') throw error;
      return this.pages.redirect(reply, `/calls/${call.slug}`, { kind: 'warning', key: 'calls:sent.late' });
    }
    const { path, flash } = sentTo(false);
    await this.pages.redirect(reply, path, flash);
  }

  private async draftOf(actor: Actor, key: string, draftId: unknown) {
    if (actor.kind !== 'phone' || typeof draftId !== 'string') throw new NotFound('draft');
    const draft = await this.work.drafts.ofPhone(draftId, actor.phoneId);
    const call = await this.calls.find(key);
    if (call?.id !== draft.callId) throw new NotFound('draft');
    return { draft, call };
  }

  private dossier(
    application: Application,
    call: Call,
    versions: readonly ApplicationVersion[],
    locale: Locale,
  ): object {
    const isOpen = phaseOf(call, this.clock.now()) === 'open';
    const isSent = application.state === 'sent';
    return {
      ...{ id: application.id, callId: call.id, number: dossierNumber(application) },
      title: pickText(call.title, locale).text,
      badge: { kind: isSent ? 'good' : 'neutral', text: t(locale, `calls:state.${application.state}`) },
      sent: t(locale, 'calls:mine.sent', { when: formatInstant(application.createdAt, call.zone, locale) }),
      until: isOpen
        ? t(locale, 'calls:when.until', momentWords(call.closesAt, call.zone, locale))
        : t(locale, 'calls:when.closed', momentWords(call.closesAt, call.zone, locale)),
      changeHref: isOpen ? `/${locale}/calls/${call.slug}` : undefined,
      changeLabel: t(locale, isSent ? 'calls:mine.change' : 'calls:mine.again'),
      canWithdraw: isSent,
      answers: presentAnswers(call, application, locale),
      history: versions.map((version) => versionText(version, call.zone, locale)),
    };
  }
}
