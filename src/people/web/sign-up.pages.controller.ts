import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { safeNext } from '../../identity/public.js';
import { Public } from '../../shared/access/access-rule.js';
import { Clock } from '../../shared/clock/clock.js';
import type { FieldError } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { PhoneSignIn } from '../phone-sign-in.service.js';
import { checkSignUp, type SignUp } from '../sign-up.check.js';
import { SignUpService } from '../sign-up.service.js';
import { SignUpGuard } from '../sign-up.guard.js';
import { ConsentNotice } from './consent-notice.js';
import { codePath, withNext } from './code-path.js';
import {
  formErrors,
  isFirstStep,
  purposeChoices,
  rawSignUp,
  readSignUpForm,
  signUpChoices,
  type TypedSignUp,
} from './sign-up.form.js';

const VIEW = 'people/web/views/sign-up.hbs';
/** The script that the reader's language is not written in stands behind a disclosure. */
const OTHER_SCRIPT = {
  fr: ['givenAr', 'familyAr'],
  en: ['givenAr', 'familyAr'],
  ar: ['givenFr', 'familyFr'],
} as const;

/** What the page shows: what was typed, where one is, and what is wrong. */
interface SignUpPage {
  typed: TypedSignUp;
  step: 1 | 2;
  next: string | undefined;
  problems?: readonly FieldError[];
}

/** Signing up in two steps on one address; nothing is kept on the server before the last. */
@ApiExcludeController()
@Controller('sign-up')
export class SignUpPages {
  constructor(
    private readonly pages: PageRenderer,
    private readonly notice: ConsentNotice,
    private readonly clock: Clock,
    private readonly guard: SignUpGuard,
    private readonly signUps: SignUpService,
    private readonly signIn: PhoneSignIn,
  ) {}

  @Get()
  @Public()
  async form(@Res() reply: FastifyReply, @Query('next') next?: unknown): Promise<void> {
    await this.show(reply, { typed: readSignUpForm({}), step: 1, next: safeNext(next) });
  }

  @Post()
  @HttpCode(200)
  @Public()
  async submit(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body() body: FormBody,
  ): Promise<void> {
    const typed = readSignUpForm(body);
    const next = safeNext(formText(body, 'next'));
    const step = formText(body, 'step');
    if (step === 'back') return this.show(reply, { typed, step: 1, next });
    const phoneConfirmed = await this.guard.isConfirmed(typed.phone);
    const checked = checkSignUp({ ...rawSignUp(typed, request.locale), phoneConfirmed }, this.clock.now());
    const problems = 'problems' in checked ? checked.problems : [];
    const first = problems.filter(isFirstStep);
    if (first.length > 0) return this.show(reply, { typed, step: 1, next, problems: first });
    if (step === '1') return this.show(reply, { typed, step: 2, next });
    if ('problems' in checked) return this.show(reply, { typed, step: 2, next, problems });
    await this.finish(request, reply, checked.signUp, next);
  }

  private async finish(
    request: FastifyRequest,
    reply: FastifyReply,
    signUp: SignUp,
    next: string | undefined,
  ): Promise<void> {
    const { ip: address, locale } = request;
    await this.guard.admit(address);
    await this.signUps.signUp(signUp, 'form');
    const challenge = await this.signIn.start(signUp.phone, { address, locale });
    await this.pages.redirect(reply, codePath(challenge.id, next));
  }

  private async show(reply: FastifyReply, { typed, step, next, problems = [] }: SignUpPage): Promise<void> {
    const { locale } = reply.request;
    const errors = formErrors(problems, locale);
    const errorOf = Object.fromEntries(errors.map(({ field, besideField }) => [field, besideField]));
    const model = {
      typed,
      step,
      next,
      errors,
      errorOf,
      choices: { ...signUpChoices(locale), purposes: purposeChoices(locale, typed.consents) },
      isOtherScriptOpen: OTHER_SCRIPT[locale].some((name) => typed[name] !== '' || name in errorOf),
      signInHref: withNext('/sign-in', next),
      hasTraining: typed.consents.includes('training'),
      notice: step === 2 ? await this.notice.in(locale) : undefined,
    };
    const options = {
      ...{ title: t(locale, 'people:signUp.title'), nav: 'public' as const },
      scripts: step === 2 ? ['listen.js'] : [],
    };
    if (errors.length > 0) await this.pages.refuse(reply, VIEW, options, model);
    else await this.pages.send(reply, VIEW, options, model);
  }
}
