import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { Public } from '../../shared/access/access-rule.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { styleGuideSamples } from '../../shared/web/style-guide.samples.js';

/** Every component of the design system on one page; demo mode only. */
@Controller('dev/components')
export class StyleGuideController {
  constructor(
    private readonly config: AppConfig,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @Public()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.config.isDemo) throw new NotFound('page');
    const guide = styleGuideSamples(request.locale);
    await this.pages.send(
      reply,
      'shared/web/views/pages/style-guide.hbs',
      { title: 'Style guide' },
      { guide },
    );
  }
}
