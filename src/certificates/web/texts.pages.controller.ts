import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { type DomainError, InvalidFields } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { TEXT_KEYS, type TextKey } from '../certificate.js';
import { NotPrintable, SheetTooFull } from '../certificate.errors.js';
import type { CampaignPlace } from '../certificate-scope.query.js';
import { LONGEST_TEXT, type OwnTexts, productText } from '../certificate-texts.js';
import { CertificateTextsService } from '../certificate-texts.service.js';
import { CertificateStaffGate } from './certificate-staff.gate.js';
import { type PageRefusal, refusalOf } from './page-refusal.js';
import { printHead } from './print-tabs.js';

const VIEW = 'certificates/web/views/texts.hbs';

function readTexts(body: FormBody): OwnTexts {
  const entries = TEXT_KEYS.map((key) => [
    key,
    { fr: formText(body, `${key}-fr`), ar: formText(body, `${key}-ar`) },
  ]);
  return Object.fromEntries(entries) as OwnTexts;
}

function isAboutTexts(error: unknown): error is DomainError {
  return error instanceof InvalidFields || error instanceof NotPrintable || error instanceof SheetTooFull;
}

/** The words of a campaign's certificates, and a specimen with those that are not saved yet. */
@ApiExcludeController()
@Controller('staff/campaigns/:campaign/certificates')
export class TextsPagesController {
  constructor(
    private readonly texts: CertificateTextsService,
    private readonly gate: CertificateStaffGate,
    private readonly pages: PageRenderer,
  ) {}

  @Get('texts')
  @ForRoles('admin', 'manager', 'coordinator')
  async form(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
  ): Promise<void> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    await this.show(request, reply, campaign, await this.texts.of(campaign.campaignId));
  }

  @Post('texts')
  @ForRoles('admin', 'manager', 'coordinator')
  async save(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    const typed = readTexts(body);
    const isPreview = formText(body, 'do') === 'preview';
    try {
      if (isPreview) return await this.sendPreview(reply, campaign, typed);
      await this.texts.save(actor, campaign, typed);
    } catch (error) {
      if (!isAboutTexts(error)) throw error;
      const refusal = refusalOf(error, request.locale, `${TEXT_KEYS[0]}-fr`);
      return this.show(request, reply, campaign, typed, refusal);
    }
    const path = `/staff/campaigns/${campaign.slug}/certificates/texts`;
    await this.pages.redirect(reply, path, { kind: 'success', key: 'certificates:sheet.textsDone' });
  }

  private async sendPreview(reply: FastifyReply, campaign: CampaignPlace, typed: OwnTexts): Promise<void> {
    const pdf = await this.texts.preview(campaign.campaignId, typed);
    void reply.status(200).header('cache-control', 'private, no-store').type('application/pdf');
    await reply.send(pdf);
  }

  private show(
    request: FastifyRequest,
    reply: FastifyReply,
    campaign: CampaignPlace,
    typed: OwnTexts,
    refusal?: PageRefusal,
  ): Promise<void> {
    const { locale } = request;
    const head = printHead(campaign, 'texts', locale);
    const texts = TEXT_KEYS.map((key) => presentText(key, typed[key], locale, refusal));
    const model = { head, texts, errors: refusal?.errors ?? [] };
    return this.pages.refuse(reply, VIEW, { title: head.title }, model, refusal ? 422 : 200);
  }
}

function presentText(
  key: TextKey,
  typed: { fr: string; ar: string },
  locale: Locale,
  refusal?: PageRefusal,
): object {
  const ours = productText(key);
  return {
    title: t(locale, `certificates:sheet.${key}`),
    help: t(locale, `certificates:sheet.${key}Help`),
    ours: ours.fr === undefined ? null : ours,
    fields: (['fr', 'ar'] as const).map((lang) => ({
      name: `${key}-${lang}`,
      label: t(locale, `certificates:sheet.${lang}`),
      kind: key === 'note' ? 'textarea' : 'text',
      value: typed[lang],
      max: LONGEST_TEXT[key],
      error: refusal?.byField[`${key}-${lang}`],
    })),
  };
}
