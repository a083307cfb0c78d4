import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { publicAddress } from '../../config/public-address.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { wallTimeOf } from '../../shared/clock/wall-time.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { formatPhone } from '../../shared/web/handlebars/phone-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import type { Call } from '../call.js';
import { PosterPrinter } from '../poster.printer.js';
import type { PosterSheet } from '../print/poster-sheet.js';
import { qrPath } from '../print/qr-path.js';
import { ShortLinks } from '../short-link.service.js';
import { CallDoor } from './call.door.js';
import { presentCallHead } from './call-page.presenter.js';

/** A call on one sheet of A4 in French and Arabic, to be printed and hung up. */
@ApiExcludeController()
@Controller('staff/calls/:call')
export class PosterPages {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly door: CallDoor,
    private readonly links: ShortLinks,
    private readonly printer: PosterPrinter,
    private readonly pages: PageRenderer,
  ) {}

  @Get('poster')
  @ForRoles('admin', 'manager', 'coordinator')
  async show(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<void> {
    const { sheet, call } = await this.sheet(actor, key);
    const sides = sheet.sides.map((side) => ({ ...side, dir: side.lang === 'ar' ? 'rtl' : 'ltr' }));
    const model = {
      ...{ ...sheet, sides, qr: qrPath(sheet.link) },
      back: `/${locale}/staff/calls/${call.slug}`,
      pdfHref: `/${locale}/staff/calls/${call.slug}/poster.pdf`,
    };
    await this.pages.send(
      reply,
      'calls/web/views/poster.hbs',
      { title: t(locale, 'calls:staff.poster') },
      model,
    );
  }

  @Get('poster.pdf')
  @ForRoles('admin', 'manager', 'coordinator')
  async pdf(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<void> {
    const { sheet, call } = await this.sheet(actor, key);
    await reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename="${call.slug}.pdf"`)
      .header('cache-control', 'private, no-store')
      .send(await this.printer.pdf(sheet));
  }

  /** @throws NotFound for a call of others, and for a draft: a code on paper must lead somewhere */
  private async sheet(actor: StaffActor, key: string): Promise<{ sheet: PosterSheet; call: Call }> {
    const { call, campaign } = await this.door.managed(actor, key);
    if (call.state !== 'published') throw new NotFound('poster');
    const code = await this.links.codeFor(`/calls/${call.slug}`);
    const link = `${publicAddress(this.config)}/s/${code}`;
    const sides = (['fr', 'ar'] as const).map((lang) => {
      const { by, title, opens, closes } = presentCallHead(call, campaign, this.clock.now(), lang);
      const words = (name: string): string => t(lang, `calls:poster.${name}`);
      return {
        lang,
        by,
        title,
        opens,
        closes,
        free: words('free'),
        scan: words('scan'),
        help: words('help'),
      };
    });
    const phone = formatPhone(campaign.supportPhone);
    const [year = 0, month = 0, day = 0] = wallTimeOf(call.publishedAt ?? call.createdAt, call.zone)
      .localDate.split('-')
      .map(Number);
    return {
      call,
      sheet: { sides, phone, date: { year, month, day }, link, address: link.replace(/^https?:\/\//, '') },
    };
  }
}
