import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../shared/access/access-rule.js';
import { DomainError, TooMany } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { TotpRefused, WrongCredentials } from '../account.errors.js';
import { StaffSignIn } from '../staff-sign-in.service.js';
import { onward, safeNext } from './safe-next.js';
import { SessionCookie } from './session-cookie.js';

const VIEW = 'identity/web/views/staff-sign-in.hbs';
const HOME = '/staff';

/** The door of the staff. */
@ApiExcludeController()
@Controller('staff/sign-in')
export class StaffSignInPages {
  constructor(
    private readonly pages: PageRenderer,
    private readonly staff: StaffSignIn,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @Public()
  async form(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('next') next?: unknown,
  ): Promise<void> {
    if (request.actor?.kind === 'staff') return this.goOn(reply, next);
    const title = t(request.locale, 'identity:staff.title');
    await this.pages.send(reply, VIEW, { title, nav: 'public' }, { next: safeNext(next) });
  }

  @Post()
  @HttpCode(200)
  @Public()
  async signIn(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body() body: FormBody,
  ): Promise<void> {
    const email = formText(body, 'email');
    const origin = { address: request.ip, userAgent: request.headers['user-agent'] };
    const credentials = {
      email,
      password: formText(body, 'password'),
      totp: formText(body, 'totp') || undefined,
    };
    try {
      this.cookie.set(reply, await this.staff.signIn(credentials, origin));
    } catch (error) {
      if (!(error instanceof WrongCredentials || error instanceof TotpRefused || error instanceof TooMany))
        throw error;
      return this.refuse(reply, body, error);
    }
    await this.goOn(reply, formText(body, 'next'));
  }

  private async refuse(reply: FastifyReply, body: FormBody, error: DomainError): Promise<void> {
    const { locale } = reply.request;
    const detail = t(locale, `errors:${error.code}.detail`, error.params);
    const asksTotp = error instanceof TotpRefused;
    const errors = [{ field: asksTotp ? 'totp' : 'email', text: detail }];
    if (error instanceof TooMany) void reply.header('retry-after', String(error.retryAfterSeconds));
    const model = {
      email: formText(body, 'email'),
      next: safeNext(formText(body, 'next')),
      asksTotp,
      errors,
    };
    const status = error instanceof TooMany ? 429 : 422;
    await this.pages.refuse(
      reply,
      VIEW,
      { title: t(locale, 'identity:staff.title'), nav: 'public' },
      model,
      status,
    );
  }

  private async goOn(reply: FastifyReply, next: unknown): Promise<void> {
    const path = safeNext(next);
    if (path) await reply.redirect(onward(path, reply.request.locale), 303);
    else await this.pages.redirect(reply, HOME);
  }
}
