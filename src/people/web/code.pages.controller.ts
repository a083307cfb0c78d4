import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { ChallengeService, hourlyBudget, onward, safeNext, SessionCookie } from '../../identity/public.js';
import { Public } from '../../shared/access/access-rule.js';
import { InvalidFields, TooMany } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer, SUPPORT_PHONE } from '../../shared/web/page-renderer.js';
import { maskPhone, parsePhone } from '../phone-number.js';
import { PhoneSignIn, type SignedInPhone } from '../phone-sign-in.service.js';
import { codePath, withNext } from './code-path.js';
import { leftToRight } from './left-to-right.js';

const VIEW = 'people/web/views/code.hbs';
const HOME = '/my/sessions';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A code page: its challenge, where to go afterwards, and what is wrong with the code. */
interface CodePage {
  challenge: string;
  next: string | undefined;
  error?: string;
  status?: number;
}

/** The second page of a sign-in: the code. */
@ApiExcludeController()
@Controller('sign-in/code')
export class CodePages {
  constructor(
    private readonly pages: PageRenderer,
    private readonly config: AppConfig,
    private readonly challenges: ChallengeService,
    private readonly signIn: PhoneSignIn,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @Public()
  async form(
    @Res() reply: FastifyReply,
    @Query('challenge') challenge?: unknown,
    @Query('next') next?: unknown,
  ): Promise<void> {
    await this.show(reply, { challenge: String(challenge), next: safeNext(next) });
  }

  @Post()
  @HttpCode(200)
  @Public()
  async enter(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body() body: FormBody,
  ): Promise<void> {
    const page: CodePage = { challenge: formText(body, 'challenge'), next: safeNext(formText(body, 'next')) };
    const phone = await this.phoneOf(page.challenge);
    if (!phone) return this.late(reply, page.next);
    const given = { e164: phone, code: formText(body, 'code'), challengeId: page.challenge };
    let signedIn: SignedInPhone;
    try {
      signedIn = await this.signIn.finish({ ...given, userAgent: request.headers['user-agent'] });
    } catch (error) {
      return this.refuse(reply, page, error);
    }
    this.cookie.set(reply, signedIn);
    if (signedIn.people.length !== 1) return this.pages.redirect(reply, withNext('/sign-in/who', page.next));
    if (page.next) await reply.redirect(onward(page.next, request.locale), 303);
    else await this.pages.redirect(reply, HOME);
  }

  @Post('again')
  @HttpCode(200)
  @Public()
  async again(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body() body: FormBody,
  ): Promise<void> {
    const next = safeNext(formText(body, 'next'));
    const challenge = formText(body, 'challenge');
    const e164 = await this.phoneOf(challenge);
    const phone = e164 === undefined ? undefined : parsePhone(e164);
    if (!phone || phone.invalid) return this.late(reply, next);
    try {
      const { id } = await this.signIn.start(phone, { address: request.ip, locale: request.locale });
      await this.pages.redirect(reply, codePath(id, next), { kind: 'info', key: 'people:code.resent' });
    } catch (error) {
      await this.refuse(reply, { challenge, next }, error);
    }
  }

  private async refuse(reply: FastifyReply, page: CodePage, error: unknown): Promise<void> {
    const { locale } = reply.request;
    if (error instanceof TooMany) {
      void reply.header('retry-after', String(error.retryAfterSeconds));
      const words = t(locale, `errors:${error.code}.detail`, error.params);
      return this.show(reply, { ...page, error: words, status: 429 });
    }
    const [first] = error instanceof InvalidFields ? error.errors : [];
    if (!first) throw error;
    await this.show(reply, { ...page, error: fieldDetail(locale, first), status: 422 });
  }

  /** The number of a challenge that still waits. */
  private async phoneOf(challenge: string): Promise<string | undefined> {
    return UUID.test(challenge) ? (await this.challenges.phoneOf(challenge))?.e164 : undefined;
  }

  private async late(reply: FastifyReply, next: string | undefined): Promise<void> {
    await this.pages.redirect(reply, withNext('/sign-in', next), {
      kind: 'warning',
      key: 'people:code.late',
    });
  }

  private async show(reply: FastifyReply, { challenge, next, error, status = 200 }: CodePage): Promise<void> {
    const e164 = await this.phoneOf(challenge);
    if (e164 === undefined) return this.late(reply, next);
    const phone = parsePhone(e164);
    const isReachable = !phone.invalid && phone.sms && hourlyBudget(phone.country) > 0;
    const model = {
      challenge,
      next,
      maskedPhone: leftToRight(maskPhone(e164)),
      isReachable,
      supportPhone: SUPPORT_PHONE,
      outboxHref: this.config.isDemo ? `/dev/outbox?to=${encodeURIComponent(e164)}` : undefined,
      signUpHref: withNext('/sign-up', next),
      signInHref: withNext('/sign-in', next),
      error,
      errors: error ? [{ field: 'code', text: error }] : [],
    };
    const options = { title: t(reply.request.locale, 'people:code.title'), nav: 'public' as const };
    await this.pages.refuse(reply, VIEW, options, model, status);
  }
}
