import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../shared/access/access-rule.js';
import { Clock } from '../../shared/clock/clock.js';
import { DomainError } from '../../shared/errors/domain-error.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { LinkAnswers, type OpenLink } from '../link-answer.service.js';
import { presentLink } from './personal-link.view.js';

const VIEW = 'enrolment/web/views/personal-link.hbs';

/** Where the link of an SMS leads: a question and two buttons, without a sign-in. Opening it changes nothing. */
@ApiExcludeController()
@Controller('r')
export class PersonalLinkPages {
  constructor(
    private readonly answers: LinkAnswers,
    private readonly clock: Clock,
    private readonly pages: PageRenderer,
  ) {}

  @Get(':code')
  @Public()
  async ask(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('code') code: string,
  ): Promise<void> {
    await this.show(request, reply, code, await this.answers.open(code, request.ip));
  }

  @Post(':code')
  @Public()
  async answer(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('code') code: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const link = await this.answers.open(code, request.ip);
    const given = formText(body, 'answer');
    // A seat given back by mistake may be somebody else's a second later: asked once more.
    if (given === 'no' && link.purpose === 'coming') {
      void reply.status(200);
      return this.show(request, reply, code, link, true);
    }
    try {
      if (given === 'yes') await this.answers.yes(link);
      else if (given === 'no' || given === 'surely-no') await this.answers.no(link);
      await this.pages.redirect(reply, `/r/${code}`);
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'conflict') throw error;
      const key = `errors:${error.code}.detail`;
      await this.pages.redirect(reply, `/r/${code}`, { kind: 'warning', key });
    }
  }

  private async show(
    { locale }: FastifyRequest,
    reply: FastifyReply,
    code: string,
    link: OpenLink,
    isSure = false,
  ): Promise<void> {
    const model = presentLink(link, { code, now: this.clock.now(), isSure }, locale);
    void reply.header('cache-control', 'private, no-store').header('x-robots-tag', 'noindex, nofollow');
    await this.pages.send(reply, VIEW, { title: model.title }, { link: model });
  }
}
