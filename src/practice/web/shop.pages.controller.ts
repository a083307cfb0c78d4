import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForPerson } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { type PageOptions, PageRenderer } from '../../shared/web/page-renderer.js';
import type { Good } from '../engine/scenario.js';
import type { OrderState } from '../engine/state.js';
import { type OpenShop, ShopService } from '../shop.service.js';
import { presentBook, type RefusedLine } from './book.presenter.js';
import { bookDeedOf, sheetDeedOf, typedSheet } from './form-sheet.js';
import { presentOrder, presentOrders } from './order.presenter.js';
import { presentProduct, presentProducts } from './product.presenter.js';
import { presentExercises, presentMessages } from './talk.presenter.js';
import { presentWallet } from './wallet.presenter.js';

const VIEWS = 'practice/web/views';

/** The rooms of one's shop, and the forms in which something is written. */
@Controller('practice/:scenario')
export class ShopPagesController {
  constructor(
    private readonly service: ShopService,
    private readonly pages: PageRenderer,
  ) {}

  @Get('products')
  @ForPerson()
  async products(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
  ): Promise<void> {
    const shop = await this.shopOf(request, person);
    const model = presentProducts(shop, request.locale);
    await this.pages.send(reply, `${VIEWS}/products.hbs`, titled(request.locale, 'products'), model);
  }

  @Post('products')
  @ForPerson()
  async name(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Body() body: FormBody,
  ): Promise<void> {
    const { locale } = request;
    const shop = await this.shopOf(request, person);
    const name = formText(body, 'name');
    const problems = await this.try(shop, { id: formText(body, 'id'), kind: 'shop.name', name });
    const path = `/practice/${shop.scenario.slug}/products`;
    if (!problems)
      return this.pages.redirect(reply, path, { kind: 'success', key: 'practice:did.shop.name' });
    const error = problems.map((one) => fieldDetail(locale, one)).join(' ');
    const model = presentProducts(shop, locale, { name, error });
    await this.pages.refuse(reply, `${VIEWS}/products.hbs`, titled(locale, 'products'), model);
  }

  @Get('products/:good')
  @ForPerson()
  async product(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
  ): Promise<void> {
    const { shop, good } = await this.goodOf(request, person);
    const model = presentProduct(shop, good, request.locale);
    await this.pages.send(reply, `${VIEWS}/product.hbs`, titled(request.locale, 'products'), model);
  }

  /** Saves the sheet, or only counts (`do=count`), which changes nothing. */
  @Post('products/:good')
  @ForPerson()
  async save(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Body() body: FormBody,
  ): Promise<void> {
    const { locale } = request;
    const { shop, good } = await this.goodOf(request, person);
    const typed = typedSheet(body);
    const show = (errors: Record<string, string>): [PageOptions, object] => [
      titled(locale, 'products'),
      presentProduct(shop, good, locale, { typed, errors }),
    ];
    if (formText(body, 'do') === 'count')
      return this.pages.send(reply.status(200), `${VIEWS}/product.hbs`, ...show({}));
    const deed = sheetDeedOf(good.id, typed);
    const problems = await this.try(shop, { ...deed, id: formText(body, 'id') });
    const path = `/practice/${shop.scenario.slug}/products/${good.id}`;
    if (!problems)
      return this.pages.redirect(reply, path, { kind: 'success', key: 'practice:did.sheet.save' });
    const errors = problems.map((one) => [one.pointer.split('/')[1] ?? '', fieldDetail(locale, one)]);
    await this.pages.refuse(
      reply,
      `${VIEWS}/product.hbs`,
      ...show(Object.fromEntries(errors) as Record<string, string>),
    );
  }

  @Get('orders')
  @ForPerson()
  async orders(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
  ): Promise<void> {
    const shop = await this.shopOf(request, person);
    const model = presentOrders(shop, request.locale, presentWallet(shop, request.locale));
    await this.pages.send(reply, `${VIEWS}/orders.hbs`, titled(request.locale, 'orders'), model);
  }

  @Get('orders/:order')
  @ForPerson()
  async order(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
  ): Promise<void> {
    const { shop, order } = await this.orderOf(request, person);
    const model = presentOrder(shop, order, request.locale);
    await this.pages.send(reply, `${VIEWS}/order.hbs`, titled(request.locale, 'orders'), model);
  }

  @Get('orders/:order/label')
  @ForPerson()
  async label(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
  ): Promise<void> {
    const { shop, order } = await this.orderOf(request, person);
    if (order.answeredAt < 0) throw new NotFound('label');
    const { order: shown } = presentOrder(shop, order, request.locale);
    const cash = order.script.method === 'cash' ? order.total : 0;
    const model = { order: shown, cash, from: shop.state.name, code: shop.row.code.toUpperCase() };
    const backHref = `/${request.locale}/practice/${shop.scenario.slug}/orders/${order.script.id}`;
    const title = t(request.locale, 'practice:label.title');
    await this.pages.send(reply, `${VIEWS}/label.hbs`, { title }, { ...model, backHref });
  }

  @Get('messages')
  @ForPerson()
  async messages(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
  ): Promise<void> {
    const model = presentMessages(await this.shopOf(request, person), request.locale);
    await this.pages.send(reply, `${VIEWS}/messages.hbs`, titled(request.locale, 'messages'), model);
  }

  @Get('book')
  @ForPerson()
  async book(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
  ): Promise<void> {
    const model = presentBook(await this.shopOf(request, person), request.locale);
    await this.pages.send(reply, `${VIEWS}/book.hbs`, titled(request.locale, 'book'), model);
  }

  @Post('book')
  @ForPerson()
  async write(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Body() body: FormBody,
  ): Promise<void> {
    const { locale } = request;
    const shop = await this.shopOf(request, person);
    const problems = await this.try(shop, { ...bookDeedOf(body), id: formText(body, 'id') });
    const path = `/practice/${shop.scenario.slug}/book`;
    if (!problems) return this.pages.redirect(reply, path, { kind: 'success', key: 'practice:did.book.add' });
    const error = problems.map((one) => fieldDetail(locale, one)).join(' ');
    const refused: RefusedLine = { paper: formText(body, 'paper'), amount: formText(body, 'other'), error };
    const model = presentBook(shop, locale, refused);
    await this.pages.refuse(reply, `${VIEWS}/book.hbs`, titled(locale, 'book'), model);
  }

  @Get('exercises')
  @ForPerson()
  async exercises(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
  ): Promise<void> {
    const model = presentExercises(await this.shopOf(request, person), request.locale);
    await this.pages.send(reply, `${VIEWS}/exercises.hbs`, titled(request.locale, 'exercises'), model);
  }

  /** @returns what is wrong with the fields; nothing when it was done */
  private async try(
    shop: OpenShop,
    given: Readonly<Record<string, unknown>>,
  ): Promise<InvalidFields['errors'] | undefined> {
    try {
      await this.service.act(shop.row.personId, shop.row.id, given);
      return undefined;
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error;
      return error.errors;
    }
  }

  private async shopOf(request: FastifyRequest, person: { id: string }): Promise<OpenShop> {
    const { scenario } = request.params as { scenario: string };
    const shop = await this.service.current(person.id, scenario);
    if (!shop) throw new NotFound('shop');
    return shop;
  }

  private async goodOf(
    request: FastifyRequest,
    person: { id: string },
  ): Promise<{ shop: OpenShop; good: Good }> {
    const shop = await this.shopOf(request, person);
    const good = shop.scenario.goods.find(({ id }) => id === (request.params as { good: string }).good);
    if (!good) throw new NotFound('good');
    return { shop, good };
  }

  private async orderOf(
    request: FastifyRequest,
    person: { id: string },
  ): Promise<{ shop: OpenShop; order: OrderState }> {
    const shop = await this.shopOf(request, person);
    const order = shop.state.orders.get((request.params as { order: string }).order);
    // An order that has not come yet is not there.
    if (!order || order.arrivedAt < 0) throw new NotFound('order');
    return { shop, order };
  }
}

function titled(locale: Locale, tab: string): PageOptions {
  return { title: t(locale, `practice:tabs.${tab}`) };
}
