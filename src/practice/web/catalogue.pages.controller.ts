import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForPerson, ForSignedIn } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { ShopQuery } from '../shop.query.js';
import { type OpenShop, ShopService } from '../shop.service.js';
import { catalogueCsv } from './catalogue.csv.js';
import { addressOf, pictureHref } from './frame.presenter.js';

const CODE = /(?:^|-)([a-z0-9]{6})$/;

/** What customers see of a shop: its window, and its catalogue on paper and as CSV. */
@Controller('practice')
export class CataloguePagesController {
  constructor(
    private readonly shops: ShopQuery,
    private readonly service: ShopService,
    private readonly pages: PageRenderer,
  ) {}

  /** The shop under its address. Classmates and trainers visit it; it is no page of the open web. */
  @Get('at/:address')
  @ForSignedIn()
  async visit(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('address') address: string,
  ): Promise<void> {
    const code = CODE.exec(address)?.[1];
    const row = code ? await this.shops.byCode(code) : undefined;
    if (!row) throw new NotFound('shop');
    const shop = await this.service.interpret(row);
    const { locale } = request;
    const title = shop.state.name || t(locale, 'practice:shop.nameless');
    await this.pages.send(
      reply,
      'practice/web/views/window.hbs',
      { title },
      { ...presentWindow(shop, locale), title },
    );
  }

  @Get(':scenario/catalogue')
  @ForPerson()
  async print(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param('scenario') slug: string,
  ): Promise<void> {
    const { locale } = request;
    const shop = await this.own(person.id, slug);
    const title = shop.state.name || t(locale, 'practice:shop.nameless');
    const backHref = `/${locale}/practice/${slug}/products`;
    const model = { ...presentWindow(shop, locale), title, backHref, printed: true };
    await this.pages.send(reply, 'practice/web/views/window.hbs', { title }, model);
  }

  @Get(':scenario/catalogue.csv')
  @ForPerson()
  async csv(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param('scenario') slug: string,
  ): Promise<void> {
    const shop = await this.own(person.id, slug);
    await reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="catalogue.csv"')
      .header('cache-control', 'private, no-store')
      .send(catalogueCsv(shop, request.locale));
  }

  private async own(personId: string, slug: string): Promise<OpenShop> {
    const shop = await this.service.current(personId, slug);
    if (!shop) throw new NotFound('shop');
    return shop;
  }
}

function presentWindow(shop: OpenShop, locale: Locale) {
  const { state, scenario } = shop;
  const sheets = [...state.sheets.values()].filter(({ published }) => published);
  return {
    name: state.name,
    address: addressOf(shop),
    terms: t(locale, 'practice:shop.terms'),
    deliveryFee: scenario.deliveryFee,
    goods: sheets.map(({ good, titleFr, titleAr, price, stock, picture }) => ({
      id: good,
      ...{ titleFr, titleAr, price, stock },
      picture: pictureHref(picture),
    })),
  };
}
