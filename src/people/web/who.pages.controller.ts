import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { onward, safeNext } from '../../identity/public.js';
import { ForSignedIn } from '../../shared/access/access-rule.js';
import { RoleNotAllowed } from '../../shared/access/access.errors.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { PEOPLE_PER_PHONE } from '../person.kinds.js';
import { PhoneBook } from '../phone-book.js';
import { PhoneSignIn } from '../phone-sign-in.service.js';
import { presentChoice } from './choice.presenter.js';
import { withNext } from './code-path.js';

const VIEW = 'people/web/views/who.hbs';
const HOME = '/my/sessions';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The third page of a sign-in on a shared phone, and the way to switch person later: whose name. */
@ApiExcludeController()
@Controller('sign-in/who')
export class WhoPages {
  constructor(
    private readonly pages: PageRenderer,
    private readonly phones: PhoneBook,
    private readonly signIn: PhoneSignIn,
  ) {}

  @Get()
  @ForSignedIn()
  async form(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentActor() actor: Actor,
    @Query('next') next?: unknown,
  ): Promise<void> {
    if (actor.kind !== 'phone') throw new RoleNotAllowed();
    const people = await this.phones.speakers(actor);
    const { locale } = request;
    const path = safeNext(next);
    const model = {
      people: people.map((person) => presentChoice(person, locale)),
      isFull: people.length >= PEOPLE_PER_PHONE,
      next: path,
      signUpHref: withNext('/sign-up', path),
    };
    await this.pages.send(reply, VIEW, { title: t(locale, 'people:who.title'), nav: 'public' }, model);
  }

  @Post()
  @HttpCode(200)
  @ForSignedIn()
  async pick(
    @Res() reply: FastifyReply,
    @CurrentActor() actor: Actor,
    @Body() body: FormBody,
  ): Promise<void> {
    if (actor.kind !== 'phone') throw new RoleNotAllowed();
    const personId = formText(body, 'personId');
    if (!UUID.test(personId)) throw new NotFound('person');
    await this.signIn.pick(actor, personId);
    const next = safeNext(formText(body, 'next'));
    if (next) await reply.redirect(onward(next, reply.request.locale), 303);
    else await this.pages.redirect(reply, HOME);
  }
}
