import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForPerson, Public } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { drawingOf } from '../pictures.js';
import { ScenarioShelf } from '../scenario-shelf.service.js';
import { ShopQuery } from '../shop.query.js';
import type { OpenShop } from '../open-shop.js';
import { ShopService } from '../shop.service.js';
import { presentIntro } from './counter.presenter.js';
import { doFromForm } from './form-deed.js';
import { pictureHref } from './frame.presenter.js';
import { OwnShop } from './own-shop.js';
import { playerOf } from './player.js';
import { ShopRooms } from './shop-rooms.js';

const DAY = 'public, max-age=86400';

/** The list of practice shops, the counter of one's own, and every deed that is one button. */
@Controller('practice')
export class PracticePagesController {
  constructor(
    private readonly shelf: ScenarioShelf,
    private readonly shops: ShopQuery,
    private readonly service: ShopService,
    private readonly rooms: ShopRooms,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @Public()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { locale } = request;
    const player = playerOf(request.actor);
    const opened = new Map<string, OpenShop>();
    if (player)
      for (const row of await this.shops.allCurrent(player))
        opened.set(row.scenarioSlug, await this.service.interpret(row));
    const cards = this.shelf.all().map(({ scenario }) => {
      const shop = opened.get(scenario.slug);
      const points = shop && { points: shop.score.points, max: shop.score.max };
      return {
        title: scenario.title[locale] ?? scenario.title.fr,
        summary: scenario.summary[locale] ?? scenario.summary.fr,
        picture: pictureHref(scenario.goods[0]?.pictures[0] ?? 'unknown'),
        href: `/${locale}/practice/${scenario.slug}`,
        foot: points ? t(locale, 'practice:points', points) : t(locale, 'practice:list.begin'),
      };
    });
    const title = t(locale, 'practice:list.title');
    await this.pages.send(reply, 'practice/web/views/list.hbs', { title }, { cards });
  }

  @Get('pictures/:file')
  @Public()
  async picture(@Param('file') file: string, @Res() reply: FastifyReply): Promise<void> {
    const drawing = file.endsWith('.svg') ? drawingOf(file.slice(0, -'.svg'.length)) : undefined;
    if (!drawing) throw new NotFound('picture');
    await reply.type('image/svg+xml').header('cache-control', DAY).send(drawing);
  }

  @Get(':scenario')
  @Public()
  async show(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('scenario') slug: string,
  ): Promise<void> {
    const { locale, actor } = request;
    const player = playerOf(actor);
    const shop = player ? await this.service.current(player, slug) : undefined;
    if (shop) return this.rooms.show(reply, shop, '');
    const scenario = this.shelf.find(slug)?.scenario;
    if (!scenario) throw new NotFound('scenario');
    const model = presentIntro(scenario, locale, player !== undefined, actor !== undefined);
    const title = scenario.title[locale] ?? scenario.title.fr;
    await this.pages.send(reply, 'practice/web/views/intro.hbs', { title }, model);
  }

  @Post(':scenario/open')
  @ForPerson()
  async open(
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param('scenario') slug: string,
    @Body() body: FormBody,
  ): Promise<void> {
    await this.service.open(person.id, slug, formText(body, 'again') === '1');
    await this.pages.redirect(reply, `/practice/${slug}`);
  }

  @Post(':scenario/do')
  @ForPerson()
  async act(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Body() body: FormBody): Promise<void> {
    const { path, flash } = await doFromForm(this.service, shop, body ?? {}, reply.request.locale);
    await this.pages.redirect(reply, path, flash);
  }
}
