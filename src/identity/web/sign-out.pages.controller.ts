import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForSignedIn, Public } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor } from '../../shared/access/current-actor.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { SignInService } from '../sign-in.service.js';
import { SessionCookie } from './session-cookie.js';

/** Signing out of one device or of all; a GET asks and changes nothing. */
@ApiExcludeController()
@Controller()
export class SignOutPages {
  constructor(
    private readonly pages: PageRenderer,
    private readonly signIns: SignInService,
    private readonly cookie: SessionCookie,
  ) {}

  @Get('sign-out')
  @Public()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!request.actor) return this.pages.redirect(reply, '/');
    await this.pages.send(
      reply,
      'identity/web/views/sign-out.hbs',
      { title: t(request.locale, 'identity:signOut.title') },
      {},
    );
  }

  @Post('sign-out')
  @HttpCode(200)
  @Public()
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (request.actor) await this.signIns.revoke(request.actor.signInId);
    this.cookie.clear(reply);
    await this.pages.redirect(reply, '/', { kind: 'info', key: 'identity:signOut.done' });
  }

  @Post('sign-out-everywhere')
  @HttpCode(200)
  @ForSignedIn()
  async signOutEverywhere(@CurrentActor() actor: Actor, @Res() reply: FastifyReply): Promise<void> {
    await this.signIns.revokeAll(actor.signInId);
    this.cookie.clear(reply);
    await this.pages.redirect(reply, '/', { kind: 'info', key: 'identity:signOut.doneEverywhere' });
  }
}
