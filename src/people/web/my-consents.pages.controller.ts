import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForPerson } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { type FormBody, formTexts } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { ConsentService } from '../consent.service.js';
import { type Purpose, PURPOSES } from '../person.kinds.js';

/** The form of my agreements. */
@ApiExcludeController()
@Controller('me/consents')
export class MyConsentsPages {
  constructor(
    private readonly pages: PageRenderer,
    private readonly consents: ConsentService,
  ) {}

  @Post()
  @HttpCode(200)
  @ForPerson()
  async set(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() me: { id: string },
    @Body() body: FormBody,
  ): Promise<void> {
    const chosen = formTexts(body, 'consents');
    const purposes = PURPOSES.filter((purpose: Purpose) => chosen.includes(purpose));
    await this.consents.set(me.id, purposes, { language: request.locale, channel: 'form' });
    await this.pages.redirect(reply, '/me', { kind: 'success', key: 'people:consent.saved' });
  }
}
