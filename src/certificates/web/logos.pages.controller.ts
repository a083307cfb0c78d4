import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles, ForRolesUploading } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { failureOf } from '../../shared/errors/problem.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import type { CampaignPlace } from '../certificate-scope.query.js';
import { LOGO_FORM_BYTES } from '../logo-picture.js';
import { LogoService } from '../logo.service.js';
import { CertificateStaffGate } from './certificate-staff.gate.js';
import { type LogoForm, presentLogos, readAltOf } from './logos.presenter.js';
import { refusalOf } from './page-refusal.js';

const VIEW = 'certificates/web/views/logos.hbs';

/** What a button of a logo does. */
const DEEDS = {
  up: 'certificates:sheet.logoMoved',
  down: 'certificates:sheet.logoMoved',
  describe: 'certificates:sheet.logoDescribed',
  remove: 'certificates:sheet.logoRemoved',
  restore: 'certificates:sheet.logoRestored',
} as const;
type Deed = keyof typeof DEEDS;
const isDeed = (text: string): text is Deed => Object.hasOwn(DEEDS, text);

/** The logos of a campaign's certificates. */
@ApiExcludeController()
@Controller('staff/campaigns/:campaign/certificates/logos')
export class LogosPagesController {
  constructor(
    private readonly logos: LogoService,
    private readonly gate: CertificateStaffGate,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  async list(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
  ): Promise<void> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    await this.show(request, reply, campaign);
  }

  @Post()
  @ForRolesUploading(LOGO_FORM_BYTES, 'admin', 'manager', 'coordinator')
  async add(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    const alt = readAltOf(body);
    try {
      await this.logos.add(actor, campaign, { picture: body?.['picture'], alt });
    } catch (error) {
      return this.refuse(request, reply, campaign, error, { id: '', alt });
    }
    await this.back(reply, campaign, 'certificates:sheet.logoAdded');
  }

  /** One address for all that is done with a logo: the button says what. */
  @Post(':logo')
  @ForRoles('admin', 'manager', 'coordinator')
  async change(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param() { campaign: key, logo: id }: { campaign: string; logo: string },
    @Body() body: FormBody,
  ): Promise<void> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    const { position } = await this.logos.get(campaign.campaignId, id);
    const deed = formText(body, 'do');
    if (!isDeed(deed)) throw new InvalidFields([{ pointer: '/do', code: 'not-a-choice' }]);
    const alt = readAltOf(body);
    try {
      if (deed === 'remove') await this.logos.remove(actor, campaign, id);
      else if (deed === 'restore') await this.logos.restore(actor, campaign, id);
      else if (deed === 'describe') await this.logos.change(actor, campaign, id, { alt });
      else {
        const place = Math.max(1, (position ?? 1) + (deed === 'up' ? -1 : 1));
        await this.logos.change(actor, campaign, id, { position: place });
      }
    } catch (error) {
      return this.refuse(request, reply, campaign, error, { id, alt });
    }
    await this.back(reply, campaign, DEEDS[deed]);
  }

  private back(reply: FastifyReply, { slug }: CampaignPlace, key: string): Promise<void> {
    return this.pages.redirect(reply, `/staff/campaigns/${slug}/certificates/logos`, {
      kind: 'success',
      key,
    });
  }

  /** The page again, with what was typed; what is not about this form goes on. */
  private async refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    campaign: CampaignPlace,
    error: unknown,
    form: Omit<LogoForm, 'refusal'>,
  ): Promise<void> {
    if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
    // What is about no field is about the logo whose button was pressed.
    const refusal = refusalOf(error, request.locale, form.id === '' ? 'picture' : `logo-${form.id}`);
    await this.show(request, reply, campaign, { ...form, refusal }, failureOf(error).status);
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    campaign: CampaignPlace,
    form?: LogoForm,
    status = 200,
  ): Promise<void> {
    const all = await this.logos.of(campaign.campaignId);
    const model = presentLogos(campaign, all, request.locale, form);
    const title = t(request.locale, 'certificates:sheet.logosTitle');
    await this.pages.refuse(reply, VIEW, { title }, model, status);
  }
}
