import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { safeNext } from '../../identity/public.js';
import { Public } from '../../shared/access/access-rule.js';
import { TooMany } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { parsePhone } from '../phone-number.js';
import { PhoneSignIn } from '../phone-sign-in.service.js';
import { codePath, withNext } from './code-path.js';
import { CODE_VIEW, type CodePage, presentCode } from './code.presenter.js';

const VIEW = 'people/web/views/sign-in.hbs';

/** The first page of a sign-in: which phone. */
@ApiExcludeController()
@Controller('sign-in')
export class SignInPages {
  constructor(
    private readonly pages: PageRenderer,
    private readonly config: AppConfig,
    private readonly signIn: PhoneSignIn,
  ) {}

  @Get()
  @Public()
  async form(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('next') next?: unknown,
  ): Promise<void> {
    const path = safeNext(next);
    const isStaffPage = /^(\/(ar|fr|en))?\/staff(\/|\?|$)/.test(path ?? '');
    if (isStaffPage && request.actor?.kind !== 'phone') {
      return this.pages.redirect(reply, `/staff/sign-in?next=${encodeURIComponent(path ?? '')}`);
    }
    await this.show(reply, { next: path, phone: '' });
  }

  @Post()
  @HttpCode(200)
  @Public()
  async start(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body() body: FormBody,
  ): Promise<void> {
    const typed = { phone: formText(body, 'phone'), next: safeNext(formText(body, 'next')) };
    const phone = parsePhone(typed.phone);
    const { ip: address, locale } = request;
    if (phone.invalid) {
      return this.show(reply, typed, fieldDetail(locale, { pointer: '/phone', code: phone.invalid }));
    }
    const page = { e164: phone.e164, next: typed.next };
    // Somebody who was shown a code needs none by SMS.
    if (formText(body, 'have') !== '') return this.askForCode(reply, page);
    try {
      const challenge = await this.signIn.start(phone, { address, locale });
      await this.pages.redirect(reply, codePath(challenge.id, typed.next));
    } catch (error) {
      if (!(error instanceof TooMany)) throw error;
      void reply.status(429).header('retry-after', String(error.retryAfterSeconds));
      const unsent = t(locale, `errors:${error.code}.detail`, error.params);
      await this.askForCode(reply, { ...page, unsent });
    }
  }

  /** The second page at once: no SMS goes out, and a code shown in the room still opens. */
  private async askForCode(reply: FastifyReply, page: CodePage): Promise<void> {
    const options = { title: t(reply.request.locale, 'people:code.title'), nav: 'public' as const };
    await this.pages.send(reply, CODE_VIEW, options, presentCode(page, this.config.isDemo));
  }

  private async show(
    reply: FastifyReply,
    typed: { phone: string; next: string | undefined },
    error?: string,
  ): Promise<void> {
    const { locale } = reply.request;
    const options = { title: t(locale, 'people:signIn.title'), nav: 'public' as const };
    const { phone: typedPhone, next } = typed;
    const errors = error ? [{ field: 'phone', text: error }] : [];
    const model = { typedPhone, next, signUpHref: withNext('/sign-up', next), error, errors };
    if (!error) await this.pages.send(reply, VIEW, options, model);
    else await this.pages.refuse(reply, VIEW, options, model);
  }
}
