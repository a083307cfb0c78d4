import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { SheetTooFull } from '../certificate.errors.js';
import { CertificateQuery } from '../certificate.query.js';
import type { CampaignPlace } from '../certificate-scope.query.js';
import { linesOf, MOST_SIGNATORIES, type SignatoryLines, SignatoryService } from '../signatory.service.js';
import { SpecimenService } from '../specimen.service.js';
import { CertificateStaffGate } from './certificate-staff.gate.js';
import { type PageRefusal, refusalOf } from './page-refusal.js';
import { printHead } from './print-tabs.js';

const VIEW = 'certificates/web/views/signatories.hbs';

function readLines(body: FormBody, n: number): SignatoryLines {
  const line = (name: string): string => formText(body, `${name}${n}`);
  return { nameFr: line('nameFr'), nameAr: line('nameAr'), roleFr: line('roleFr'), roleAr: line('roleAr') };
}

/** Who signs a campaign's certificates, with a specimen that is really printed. */
@ApiExcludeController()
@Controller('staff/campaigns/:campaign/certificates')
export class SignatoryPagesController {
  constructor(
    private readonly query: CertificateQuery,
    private readonly signatories: SignatoryService,
    private readonly specimens: SpecimenService,
    private readonly gate: CertificateStaffGate,
    private readonly pages: PageRenderer,
  ) {}

  @Get('signatures')
  @ForRoles('admin', 'manager', 'coordinator')
  async form(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
  ): Promise<void> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    const signed = await this.query.signatories(campaign.campaignId);
    const lines = Array.from({ length: MOST_SIGNATORIES }, (_, i) => linesOf(signed[i]));
    await this.show(request, reply, campaign, lines);
  }

  @Post('signatures')
  @ForRoles('admin', 'manager', 'coordinator')
  async save(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    const lines = Array.from({ length: MOST_SIGNATORIES }, (_, i) => readLines(body, i + 1));
    try {
      await this.signatories.save(actor, campaign, lines);
    } catch (error) {
      if (!(error instanceof InvalidFields || error instanceof SheetTooFull)) throw error;
      return this.show(request, reply, campaign, lines, refusalOf(error, request.locale, 'nameFr1'));
    }
    const path = `/staff/campaigns/${campaign.slug}/certificates/signatures`;
    await this.pages.redirect(reply, path, { kind: 'success', key: 'certificates:signed.done' });
  }

  @Get('specimen.pdf')
  @ForRoles('admin', 'manager', 'coordinator')
  async specimen(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
  ): Promise<void> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    const pdf = await this.specimens.pdf(campaign.campaignId);
    void reply.header('cache-control', 'private, no-store').type('application/pdf');
    await reply.send(pdf);
  }

  private show(
    request: FastifyRequest,
    reply: FastifyReply,
    campaign: CampaignPlace,
    all: readonly SignatoryLines[],
    refusal?: PageRefusal,
  ): Promise<void> {
    const { locale } = request;
    const error = (name: string, n: number): string | undefined => refusal?.byField[`${name}${n}`];
    const head = printHead(campaign, 'signatures', locale);
    const signed = {
      errors: refusal?.errors ?? [],
      signatures: all.map((lines, i) => ({
        n: i + 1,
        title: t(locale, i === 0 ? 'certificates:signed.first' : 'certificates:signed.second'),
        fields: (['nameFr', 'roleFr', 'nameAr', 'roleAr'] as const).map((name) => ({
          name: `${name}${i + 1}`,
          label: t(locale, `certificates:signed.${name}`),
          value: lines[name],
          error: error(name, i + 1),
          optional: name.startsWith('role'),
        })),
      })),
    };
    return this.pages.refuse(reply, VIEW, { title: head.title }, { head, signed }, refusal ? 422 : 200);
  }
}
