import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForPerson, ForSignedIn } from '../../shared/access/access-rule.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { ShopQuery } from '../shop.query.js';
import type { OpenShop } from '../open-shop.js';
import { ShopService } from '../shop.service.js';
import { ShopVisitors } from '../shop-visitors.service.js';
import { CatalogueFiles } from './catalogue-files.js';
import { OwnShop } from './own-shop.js';
import { presentWindow } from './window.presenter.js';

const CODE = /(?:^|-)([a-z0-9]{6})$/;
const VIEW = 'practice/web/views/window.hbs';

/** What customers see of a shop: its window, and its catalogue to print, as PDF and as CSV. */
@Controller('practice')
export class CataloguePagesController {
  constructor(
    private readonly shops: ShopQuery,
    private readonly service: ShopService,
    private readonly visitors: ShopVisitors,
    private readonly files: CatalogueFiles,
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
    await this.show(reply, shop, await this.visitors.maySeePhotos(request.actor, row.personId));
  }

  @Get(':scenario/catalogue')
  @ForPerson()
  async print(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    const backHref = `/${reply.request.locale}/practice/${shop.scenario.slug}/products`;
    await this.show(reply, shop, true, { backHref, printed: true });
  }

  @Get(':scenario/catalogue.csv')
  @ForPerson()
  async csv(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    await this.files.csv(reply, shop);
  }

  @Get(':scenario/catalogue.pdf')
  @ForPerson()
  async pdf(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    await this.files.pdf(reply, shop);
  }

  private async show(
    reply: FastifyReply,
    shop: OpenShop,
    seesPhotos: boolean,
    more: object = {},
  ): Promise<void> {
    const { locale } = reply.request;
    const title = shop.state.name || t(locale, 'practice:shop.nameless');
    const model = { ...presentWindow(shop, locale, seesPhotos), title, ...more };
    await this.pages.send(reply, VIEW, { title }, model);
  }
}
