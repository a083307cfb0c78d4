import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../shared/access/access-rule.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';

/**
 * What this phone keeps: stored lessons, and what waits to be sent. The phone stores the page without anybody's name and
 * shows it, too, in place of a page that it has not. A script fills it in.
 */
@Controller('offline')
export class OfflinePagesController {
  constructor(private readonly pages: PageRenderer) {}

  @Get()
  @Public()
  async show(@Res() reply: FastifyReply): Promise<void> {
    const { locale } = reply.request;
    await this.pages.send(
      reply,
      'learning/web/views/offline.hbs',
      { title: t(locale, 'learning:offline.title'), scripts: ['offline.js'] },
      {},
    );
  }
}
