import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../shared/access/access-rule.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { ShortLinks } from '../short-link.service.js';

/** Short addresses, typed from a poster or read from its QR. Opening one changes nothing: robots that preview links open them too. */
@ApiExcludeController()
@Controller('s')
export class ShortLinkController {
  constructor(private readonly links: ShortLinks) {}

  @Get(':code')
  @Public()
  async open(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('code') code: string,
  ): Promise<void> {
    const path = await this.links.pathOf(code);
    if (path === undefined) throw new NotFound('link');
    await reply.header('cache-control', 'private, no-store').redirect(`/${locale}${path}`, 302);
  }
}
