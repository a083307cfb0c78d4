import { Controller, Get, Req, Res } from '@nestjs/common';
import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CatalogueService } from '../../courses/public.js';
import { Public } from '../../shared/access/access-rule.js';
import { isLocale, LOCALES, t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { LANGUAGE_COOKIE } from '../../shared/web/request-locale.js';
import { HomeQuery } from '../home.query.js';
import { presentHome } from './home.presenter.js';

/** `/` asks for the language once; `/fr`, `/ar` and `/en` say what this is and when it comes to my city. */
@Controller()
export class HomePagesController {
  constructor(
    private readonly home: HomeQuery,
    private readonly catalogue: CatalogueService,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @Public()
  async index(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (request.localeInPath) return this.show(request, reply);
    const chosen = request.cookies[LANGUAGE_COOKIE];
    if (isLocale(chosen)) return void (await reply.redirect(`/${chosen}`, 303));
    const choices = LOCALES.map((locale) => ({ locale, href: `/${locale}` }));
    await this.pages.send(
      reply,
      'portal/web/views/language.hbs',
      { title: t(request.locale, 'portal:language.title'), nav: 'none', asksLanguage: true },
      { choices },
    );
  }

  private async show(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { locale } = request;
    const model = presentHome(await this.home.current(), await this.catalogue.current(), locale);
    await this.pages.send(
      reply,
      'portal/web/views/home.hbs',
      { title: t(locale, 'portal:home.title') },
      model,
    );
  }
}
