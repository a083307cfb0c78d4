import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import {
  ChallengeService,
  onward,
  safeNext,
  SessionCookie,
  TriesSpent,
  wrongCode,
} from '../../identity/public.js';
import { Public } from '../../shared/access/access-rule.js';
import { InvalidFields, TooMany } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { CodeSignIn, type SignedInPhone } from '../code-sign-in.service.js';
import { parsePhone } from '../phone-number.js';
import { PhoneSignIn } from '../phone-sign-in.service.js';
import { codePath, withNext } from './code-path.js';
import { CODE_VIEW, type CodePage, presentCode } from './code.presenter.js';

const HOME = '/my/sessions';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The second page of a sign-in: the code, sent by SMS or shown in the room. */
@ApiExcludeController()
@Controller('sign-in/code')
export class CodePages {
  constructor(
    private readonly pages: PageRenderer,
    private readonly config: AppConfig,
    private readonly challenges: ChallengeService,
    private readonly signIn: PhoneSignIn,
    private readonly codes: CodeSignIn,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @Public()
  async form(
    @Res() reply: FastifyReply,
    @Query('challenge') challenge?: unknown,
    @Query('next') next?: unknown,
  ): Promise<void> {
    const page = await this.pageOf(challenge, next);
    if (!page || page.isOver) return this.late(reply, safeNext(next));
    await this.show(reply, page, 200);
  }

  @Post()
  @HttpCode(200)
  @Public()
  async enter(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body() body: FormBody,
  ): Promise<void> {
    const next = safeNext(formText(body, 'next'));
    const challenge = formText(body, 'challenge');
    const page = challenge ? await this.pageOf(challenge, next) : pageOfPhone(formText(body, 'phone'), next);
    if (!page) return this.late(reply, next);
    const given = { e164: page.e164, code: formText(body, 'code'), challengeId: page.challenge };
    let signedIn: SignedInPhone;
    try {
      signedIn = await this.codes.finish({ ...given, userAgent: request.headers['user-agent'] });
    } catch (error) {
      return this.refuse(reply, page, notOfAnSms(page, error));
    }
    this.cookie.set(reply, signedIn);
    if (signedIn.people.length !== 1) return this.pages.redirect(reply, withNext('/sign-in/who', next));
    if (next) await reply.redirect(onward(next, request.locale), 303);
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
    const page = await this.pageOf(formText(body, 'challenge'), next);
    const phone = page && parsePhone(page.e164);
    if (!phone || phone.invalid || page.isOver) return this.late(reply, next);
    try {
      const { id } = await this.signIn.start(phone, { address: request.ip, locale: request.locale });
      await this.pages.redirect(reply, codePath(id, next), { kind: 'info', key: 'people:code.resent' });
    } catch (error) {
      await this.refuse(reply, page, error);
    }
  }

  private async refuse(reply: FastifyReply, page: CodePage, error: unknown): Promise<void> {
    const { locale } = reply.request;
    if (page.isOver && error instanceof InvalidFields) return this.late(reply, page.next);
    if (error instanceof TooMany) {
      void reply.header('retry-after', String(error.retryAfterSeconds));
      const words = t(locale, `errors:${error.code}.detail`, error.params);
      return this.show(reply, { ...page, error: words }, 429);
    }
    const [first] = error instanceof InvalidFields ? error.errors : [];
    if (!first) throw error;
    await this.show(reply, { ...page, error: fieldDetail(locale, first) }, 422);
  }

  /** The page of a challenge; one that is over still says whose code of the room may have been typed there. */
  private async pageOf(challenge: unknown, next: unknown): Promise<CodePage | undefined> {
    if (typeof challenge !== 'string' || !UUID.test(challenge)) return undefined;
    const found = await this.challenges.phoneOf(challenge);
    return found && { e164: found.e164, challenge, isOver: !found.isWaiting, next: safeNext(next) };
  }

  private async late(reply: FastifyReply, next: string | undefined): Promise<void> {
    await this.pages.redirect(reply, withNext('/sign-in', next), {
      kind: 'warning',
      key: 'people:code.late',
    });
  }

  private async show(reply: FastifyReply, page: CodePage, status: number): Promise<void> {
    const options = { title: t(reply.request.locale, 'people:code.title'), nav: 'public' as const };
    await this.pages.refuse(reply, CODE_VIEW, options, presentCode(page, this.config.isDemo), status);
  }
}

/** Where no SMS was asked for, that an earlier one is over or its tries are spent is no answer to what was typed. */
function notOfAnSms(page: CodePage, error: unknown): unknown {
  if (page.challenge !== undefined) return error;
  const isLate = error instanceof InvalidFields && error.errors.some(({ code }) => code === 'code-late');
  return isLate || error instanceof TriesSpent ? wrongCode() : error;
}

/** The page of whoever holds a code already: no challenge was opened, so the form carries the number. */
function pageOfPhone(typed: string, next: string | undefined): CodePage | undefined {
  const phone = parsePhone(typed);
  return phone.invalid ? undefined : { e164: phone.e164, next };
}
