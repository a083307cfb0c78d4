import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { publicAddress } from '../../config/public-address.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { formatPhone } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { ShortLinks } from '../short-link.service.js';
import { CallDoor } from './call.door.js';
import { presentCallHead } from './call-page.presenter.js';
import { qrPicture } from './qr-picture.js';

/** A call on one sheet of A4 in French and Arabic, to be printed and hung up. */
@ApiExcludeController()
@Controller('staff/calls/:call/poster')
export class PosterPages {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly door: CallDoor,
    private readonly links: ShortLinks,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  async show(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<void> {
    const { call, campaign } = await this.door.managed(actor, key);
    // A code on paper must lead somewhere.
    if (call.state !== 'published') throw new NotFound('poster');
    const code = await this.links.codeFor(`/calls/${call.slug}`);
    const address = `${publicAddress(this.config)}/s/${code}`;
    const sides = (['fr', 'ar'] as const).map((lang) => ({
      ...{ lang, dir: lang === 'ar' ? 'rtl' : 'ltr' },
      head: presentCallHead(call, campaign, this.clock.now(), lang),
      free: t(lang, 'calls:poster.free'),
      scan: t(lang, 'calls:poster.scan'),
      help: t(lang, 'calls:poster.help'),
    }));
    const model = {
      ...{ sides, qr: qrPicture(address), address: address.replace(/^https?:\/\//, '') },
      supportPhone: formatPhone(campaign.supportPhone),
      back: `/${locale}/staff/calls/${call.slug}`,
    };
    await this.pages.send(
      reply,
      'calls/web/views/poster.hbs',
      { title: t(locale, 'calls:staff.poster') },
      model,
    );
  }
}
