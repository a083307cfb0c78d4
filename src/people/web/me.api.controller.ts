import { Body, Controller, Get, Patch, Put, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForPerson, ForSignedIn } from '../../shared/access/access-rule.js';
import type { Actor, PhoneActor } from '../../shared/access/actor.js';
import { Csrf } from '../../shared/access/csrf.js';
import { CurrentActor, CurrentPerson } from '../../shared/access/current-actor.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { ConsentService } from '../consent.service.js';
import type { Purpose } from '../person.kinds.js';
import { PersonQuery } from '../person.query.js';
import { PhoneBook } from '../phone-book.js';
import { ProfileService } from '../profile.service.js';
import { presentChoice } from './choice.presenter.js';
import { ConsentsRequest, ConsentsView, MeView, MyChanges, type MyPersonView } from './me.dto.js';
import { presentConsents, presentProfile } from './me.presenter.js';

/** Whoever is signed in, and what they agreed to. */
@ApiTags('me')
@ApiBearerAuth()
@Controller('api/v1/me')
export class MeApi {
  constructor(
    private readonly people: PersonQuery,
    private readonly phones: PhoneBook,
    private readonly consents: ConsentService,
    private readonly profile: ProfileService,
    private readonly csrf: Csrf,
  ) {}

  @Get()
  @ForSignedIn()
  @ApiOperation({ summary: 'Who I am' })
  @ApiOkResponse({ type: MeView })
  async me(@Req() request: FastifyRequest, @CurrentActor() actor: Actor): Promise<MeView> {
    const { signInToken, locale } = request;
    const token = actor.via === 'cookie' ? signInToken : undefined;
    const common = {
      language: actor.language,
      grants: actor.grants.map(({ role, scopeKind, scopeId }) => ({ role, scopeKind, scopeId })),
      csrf: token ? this.csrf.tokenFor(token) : null,
    };
    if (actor.kind === 'staff') {
      const account = { id: actor.accountId, name: actor.name, organisationId: actor.organisationId };
      return { ...common, kind: 'staff', person: null, account, people: [] };
    }
    const people = (await this.phones.speakers(actor)).map((person) => presentChoice(person, locale));
    const person = await this.personOf(actor, locale);
    return { ...common, kind: person ? 'person' : 'phone', person, account: null, people };
  }

  @Patch()
  @ForPerson()
  @ApiOperation({ summary: 'Change the language of messages to me' })
  @ApiOkResponse({ type: MeView })
  async change(
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
    @CurrentPerson() me: { id: string },
    @Body() { language }: MyChanges,
  ): Promise<MeView> {
    await this.profile.setLanguage(me.id, language);
    return this.me(request, { ...actor, language });
  }

  @Get('consents')
  @ForPerson()
  @ApiOperation({ summary: 'What I agreed to' })
  @ApiOkResponse({ type: ConsentsView })
  async listConsents(@CurrentPerson() me: { id: string }): Promise<ConsentsView> {
    return presentConsents(await this.consents.list(me.id));
  }

  @Put('consents')
  @ForPerson()
  @ApiOperation({ summary: 'Agree to exactly these purposes; the others are withdrawn at once' })
  @ApiOkResponse({ type: ConsentsView })
  async setConsents(
    @Req() request: FastifyRequest,
    @CurrentPerson() me: { id: string },
    @Body() { consents }: ConsentsRequest,
  ): Promise<ConsentsView> {
    await this.consents.set(me.id, consents as Purpose[], { language: request.locale, channel: 'api' });
    return presentConsents(await this.consents.list(me.id));
  }

  private async personOf(actor: PhoneActor, locale: Locale): Promise<MyPersonView | null> {
    const profile = actor.person && (await this.people.profile(actor.person.id));
    return profile ? presentProfile(profile, await this.people.phones(profile.id), locale) : null;
  }
}
