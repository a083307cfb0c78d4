import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type LiveSignIn, SignInQuery } from '../../identity/public.js';
import { ForPerson, ForSignedIn } from '../../shared/access/access-rule.js';
import type { Actor, PhoneActor } from '../../shared/access/actor.js';
import { CurrentActor, CurrentPerson } from '../../shared/access/current-actor.js';
import { formatInstant } from '../../shared/clock/format-date.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { isLocale, LOCALES, type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { PersonQuery } from '../person.query.js';
import { PhoneBook } from '../phone-book.js';
import { ProfileService } from '../profile.service.js';
import { ConsentNotice } from './consent-notice.js';
import { presentProfile } from './me.presenter.js';

const VIEW = 'people/web/views/me.hbs';

function presentSignIns(signIns: readonly LiveSignIn[], currentId: string, locale: Locale) {
  return signIns.map(({ id, lastSeenAt, userAgent }) => ({
    isCurrent: id === currentId,
    device: deviceOf(userAgent) ?? t(locale, 'people:me.device'),
    seen: formatInstant(lastSeenAt, DEFAULT_ZONE, locale),
  }));
}

/** The system a browser names; enough to know one's own devices again. */
function deviceOf(userAgent: string | null): string | undefined {
  return /Android|iPhone|iPad|Windows|Macintosh|Linux/.exec(userAgent ?? '')?.[0];
}

/** My file: what is known of me, what I agreed to, and where I am signed in. */
@ApiExcludeController()
@Controller('me')
export class MePages {
  constructor(
    private readonly pages: PageRenderer,
    private readonly people: PersonQuery,
    private readonly phones: PhoneBook,
    private readonly notice: ConsentNotice,
    private readonly profile: ProfileService,
    private readonly signIns: SignInQuery,
  ) {}

  @Get()
  @ForSignedIn()
  async file(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    const { locale } = request;
    if (actor.kind === 'phone' && !actor.person) return this.pages.redirect(reply, '/sign-in/who?next=/me');
    const model = {
      person: actor.kind === 'phone' ? await this.personModel(actor, locale) : undefined,
      staffName: actor.kind === 'staff' ? actor.name : undefined,
      signIns: presentSignIns(await this.signIns.live(actor.signInId), actor.signInId, locale),
    };
    const options = { title: t(locale, 'people:me.title'), scripts: model.person ? ['listen.js'] : [] };
    await this.pages.send(reply, VIEW, options, model);
  }

  @Post('language')
  @HttpCode(200)
  @ForPerson()
  async setLanguage(
    @Res() reply: FastifyReply,
    @CurrentPerson() me: { id: string },
    @Body() body: FormBody,
  ): Promise<void> {
    const language = formText(body, 'language');
    if (!isLocale(language)) throw new InvalidFields([{ pointer: '/language', code: 'not-a-choice' }]);
    await this.profile.setLanguage(me.id, language);
    await this.pages.redirect(reply, '/me', { kind: 'success', key: 'people:me.languageSaved' });
  }

  private async personModel(actor: PhoneActor, locale: Locale) {
    const personId = actor.person?.id ?? '';
    const profile = await this.people.profile(personId);
    if (!profile) return undefined;
    const view = presentProfile(profile, await this.people.phones(personId), locale);
    return {
      ...view,
      categoryWord: view.category && t(locale, `people:category.${view.category}`),
      sectorWord: view.sector && t(locale, `people:sector.${view.sector}`),
      milieuWord: view.milieu && t(locale, `people:milieu.${view.milieu}`),
      isShared: (await this.phones.speakers(actor)).length > 1,
      ...(await this.notice.of(personId, locale)),
      languages: LOCALES.map((language) => ({
        value: language,
        label: t(language, 'web:language.own'),
        selected: language === profile.language,
      })),
    };
  }
}
