import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ForRoles, ForRolesUploading } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { DomainError, type FieldError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { failureOf } from '../../shared/errors/problem.js';
import { LOCALES, type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { dossierNumber } from '../application.js';
import { AssistedEntry, type VisitorGiven } from '../assisted.service.js';
import { phaseOf } from '../call.js';
import { answersOfForm, ANSWERS_FORM_BYTES } from './answers-form.js';
import { CallDoor, type CallPlace } from './call.door.js';
import { presentCallHead } from './call-page.presenter.js';
import { formErrors, presentFields, presentNeeds, type Typed, typedIn } from './call-form.presenter.js';

const VIEW = 'calls/web/views/desk.hbs';
const NAMES = ['givenFr', 'familyFr', 'givenAr', 'familyAr'] as const;
const OWN = [...NAMES, 'phone', 'language', 'consent'];

interface Refused {
  readonly typed: Typed;
  readonly problems: readonly FieldError[];
  readonly words?: string;
  readonly status: number;
}

/** The desk writes down the dossier of somebody who speaks. */
@ApiExcludeController()
@Controller('staff/calls/:call/desk')
export class DeskPages {
  constructor(
    private readonly door: CallDoor,
    private readonly clock: Clock,
    private readonly assisted: AssistedEntry,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  async form(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<void> {
    await this.page(reply, await this.door.managed(actor, key));
  }

  @Post()
  @HttpCode(200)
  @ForRolesUploading(ANSWERS_FORM_BYTES, 'admin', 'manager', 'coordinator')
  async enter(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const { locale } = reply.request;
    const place = await this.door.managed(actor, key);
    const { call } = place;
    try {
      const { application } = await this.assisted.enter(
        actor,
        call,
        visitorOf(body),
        answersOfForm(body, call),
      );
      await this.pages.redirect(reply, `/staff/calls/${call.slug}/desk`, {
        ...{ kind: 'success', key: 'calls:desk.done' },
        params: { number: dossierNumber(application) },
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      const { status, code } = failureOf(error);
      const { params } = error;
      const typed = typedIn(body, call, OWN);
      const photo = call.fields.find(({ type }) => type === 'photo');
      if (error instanceof InvalidFields)
        return this.page(reply, place, { typed, problems: error.errors, status });
      if (photo && code.startsWith('photo-')) {
        const problems = [{ pointer: `/answers/${photo.id}`, code, params }];
        return this.page(reply, place, { typed, problems, status });
      }
      const words = t(locale, `errors:${code}.detail`, params);
      await this.page(reply, place, { typed, problems: [], words, status });
    }
  }

  private async page(reply: FastifyReply, { call, campaign }: CallPlace, refused?: Refused): Promise<void> {
    const { locale } = reply.request;
    const now = this.clock.now();
    const typed: Typed = refused?.typed ?? { language: locale };
    const errors = formErrors(refused?.problems ?? [], call, locale, ownPlaces(locale));
    const model = {
      ...{ typed, errors, words: refused?.words, isOpen: phaseOf(call, now) === 'open' },
      head: presentCallHead(call, campaign, now, locale),
      base: `/${locale}/staff/calls/${call.slug}`,
      errorOf: Object.fromEntries(errors.map(({ field, besideField }) => [field, besideField])),
      fields: presentFields(call, locale, typed, errors),
      needs: presentNeeds(locale, typed['needs']),
      languages: LOCALES.map((value) => ({ value, label: t(locale, `calls:edit.lang.${value}`) })),
      consents: ['heard', 'read'].map((value) => ({ value, label: t(locale, `calls:desk.${value}`) })),
    };
    await this.pages.refuse(
      reply,
      VIEW,
      { title: t(locale, 'calls:staff.desk') },
      model,
      refused?.status ?? 200,
    );
  }
}

function visitorOf(body: FormBody): VisitorGiven {
  const [givenFr = '', familyFr = '', givenAr = '', familyAr = ''] = NAMES.map((name) =>
    formText(body, name),
  );
  const script = (given: string, family: string) => (given + family === '' ? null : { given, family });
  return {
    name: { fr: script(givenFr, familyFr), ar: script(givenAr, familyAr) },
    phone: formText(body, 'phone'),
    language: formText(body, 'language'),
    consent: formText(body, 'consent'),
  };
}

function ownPlaces(locale: Locale): Record<string, { field: string; label: string }> {
  const place = (field: string, label: string) => ({ field, label: t(locale, label) });
  const first = locale === 'ar' ? 'givenAr' : 'givenFr';
  return {
    '/name': place(first, 'people:signUp.given'),
    '/name/fr': place('givenFr', 'people:signUp.given'),
    '/name/ar': place('givenAr', 'people:signUp.given'),
    '/name/fr/given': place('givenFr', 'people:signUp.given'),
    '/name/fr/family': place('familyFr', 'people:signUp.family'),
    '/name/ar/given': place('givenAr', 'people:signUp.given'),
    '/name/ar/family': place('familyAr', 'people:signUp.family'),
    '/phone': place('phone', 'people:signUp.phone'),
    '/language': place('language', 'calls:desk.language'),
    '/consent': place('consent', 'calls:desk.consent'),
  };
}
