import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsentNotice } from '../../people/public.js';
import { Public, PublicUploading } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { MaybeActor } from '../../shared/access/current-actor.js';
import { Clock } from '../../shared/clock/clock.js';
import {
  DomainError,
  type FieldError,
  InvalidFields,
  NotFound,
  TooMany,
} from '../../shared/errors/domain-error.js';
import { failureOf } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { dossierNumber } from '../application.js';
import { ApplicationStore } from '../application.store.js';
import type { Call } from '../call.js';
import { ANSWERS_FORM_BYTES } from './answers-form.js';
import { presentCallHead } from './call-page.presenter.js';
import {
  formErrors,
  presentFields,
  presentNeeds,
  type Typed,
  typedIn,
  typedOf,
} from './call-form.presenter.js';
import { CallDoor } from './call.door.js';
import { CallSending, type Visit } from './call.sending.js';

const VIEW = 'calls/web/views/call.hbs';
/** Controls besides the questions. */
const OWN = ['given', 'family', 'phone', 'training'];
/** Empty for people, filled in by machines that fill in everything. */
const HONEYPOT = 'website';

/** What a refused form shows again. */
interface Refused {
  readonly typed: Typed;
  readonly problems: readonly FieldError[];
  readonly status: number;
  /** Of what is wrong with no field in particular. */
  readonly words?: string;
}

/** The page of a call: who asks, until when, and the form, which works without a script and before any sign-in. */
@ApiExcludeController()
@Controller('calls/:call')
export class CallPages {
  constructor(
    private readonly door: CallDoor,
    private readonly store: ApplicationStore,
    private readonly clock: Clock,
    private readonly pages: PageRenderer,
    private readonly notice: ConsentNotice,
    private readonly sending: CallSending,
  ) {}

  @Get()
  @Public()
  async show(
    @Res() reply: FastifyReply,
    @MaybeActor() actor: Actor | undefined,
    @Param('call') key: string,
  ): Promise<void> {
    await this.page(reply, await this.visit(actor, key));
  }

  @Post()
  @HttpCode(200)
  @PublicUploading(ANSWERS_FORM_BYTES)
  async submit(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @MaybeActor() actor: Actor | undefined,
    @Param('call') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const at = this.clock.now();
    const visit = await this.visit(actor, key);
    const { call } = visit;
    if (formText(body, HONEYPOT) !== '')
      return this.pages.redirect(reply, `/calls/${call.slug}`, { kind: 'success', key: 'calls:sent.thanks' });
    try {
      const next = await this.sending.send(request, visit, body, at);
      await this.pages.redirect(reply, next.path, next.flash);
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      if (error instanceof TooMany) void reply.header('retry-after', String(error.retryAfterSeconds));
      await this.page(reply, visit, refusalOf(error, call, body, request.locale));
    }
  }

  private async visit(actor: Actor | undefined, key: string): Promise<Visit> {
    const place = await this.door.visible(undefined, key);
    const personId = actor?.kind === 'phone' ? actor.person?.id : undefined;
    const mine = personId === undefined ? undefined : await this.store.of(place.call.id, personId);
    return { ...place, actor, mine };
  }

  private async page(reply: FastifyReply, visit: Visit, refused?: Refused): Promise<void> {
    const { locale } = reply.request;
    const { call, campaign, actor, mine } = visit;
    const head = presentCallHead(call, campaign, this.clock.now(), locale);
    const person = actor?.kind === 'phone' ? actor.person : null;
    const isNew = actor === undefined;
    const sent = mine?.state === 'sent' ? mine : undefined;
    const typed = refused?.typed ?? (mine ? typedOf(mine.answers, mine.needs, call) : {});
    const errors = formErrors(refused?.problems ?? [], call, locale, ownPlaces(locale));
    const model = {
      head,
      ...{ errors, words: refused?.words, isNew, owner: person?.id ?? '' },
      hasForm: head.isOpen && (isNew || person !== null),
      picks: head.isOpen && actor?.kind === 'phone' && person === null,
      isStaff: actor?.kind === 'staff',
      isFresh: !refused && !mine,
      person: person?.name,
      mine: sent && { number: dossierNumber(sent) },
      errorOf: Object.fromEntries(errors.map(({ field, besideField }) => [field, besideField])),
      typed,
      fields: presentFields(call, locale, typed, errors),
      needs: presentNeeds(locale, typed['needs']),
      notice: head.isOpen && isNew ? await this.notice.in(locale) : undefined,
      decision: await this.door.decisions.ofCall(call.id, call.slug, locale),
      submit: t(locale, sent ? 'calls:form.change' : 'calls:form.send'),
    };
    const scripts = [...(model.notice ? ['listen.js'] : []), ...(model.hasForm ? ['call-draft.js'] : [])];
    const options = { title: head.title, scripts, ...(isNew ? { nav: 'public' as const } : {}) };
    await this.pages.refuse(reply, VIEW, options, model, refused?.status ?? 200);
  }
}

function ownPlaces(locale: Locale): Record<string, { field: string; label: string }> {
  const given = { field: 'given', label: t(locale, 'people:signUp.given') };
  const family = { field: 'family', label: t(locale, 'people:signUp.family') };
  const script = locale === 'ar' ? 'ar' : 'fr';
  return {
    ...{ '/name': given, [`/name/${script}`]: given, [`/name/${script}/given`]: given },
    [`/name/${script}/family`]: family,
    '/phone': { field: 'phone', label: t(locale, 'people:signUp.phone') },
    '/consents': { field: 'training', label: t(locale, 'people:purpose.training') },
  };
}

function refusalOf(error: DomainError, call: Call, body: FormBody, locale: Locale): Refused {
  const { status, code } = failureOf(error);
  const { params } = error;
  const typed = typedIn(body, call, OWN);
  if (error instanceof InvalidFields) return { typed, problems: error.errors, status };
  const photo = call.fields.find(({ type }) => type === 'photo');
  const words = t(locale, `errors:${code}.detail`, params);
  if (!photo || !code.startsWith('photo-')) return { typed, problems: [], status, words };
  return { typed, problems: [{ pointer: `/answers/${photo.id}`, code, params }], status };
}
