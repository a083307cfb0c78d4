import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../access/access-rule.js';
import { t } from '../i18n/i18n.js';
import { PageRenderer } from '../web/page-renderer.js';
import { ApiDocument } from './api-document.js';
import { presentDocs } from './api-docs.presenter.js';

@Controller('api')
export class ApiDocsController {
  constructor(
    private readonly document: ApiDocument,
    private readonly pages: PageRenderer,
  ) {}

  @Get('v1/openapi.json')
  @Public()
  @Header('content-type', 'application/json; charset=utf-8')
  @Header('cache-control', 'public, max-age=300')
  @ApiExcludeEndpoint()
  openapi(): string {
    return JSON.stringify(this.document.get());
  }

  @Get('docs')
  @Public()
  @ApiExcludeEndpoint()
  async docs(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const title = t(request.locale, 'operations:docs.title');
    await this.pages.send(
      reply,
      'shared/operations/views/api-docs.hbs',
      { title, nav: 'none' },
      presentDocs(this.document.get()),
    );
  }
}
