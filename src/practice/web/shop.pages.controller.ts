import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForPerson } from '../../shared/access/access-rule.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { atBank } from '../engine/bank.js';
import type { OpenShop } from '../shop.service.js';
import { presentBank } from './bank.presenter.js';
import { presentBook } from './book.presenter.js';
import { bookDeedOf } from './form-sheet.js';
import { presentLabel, presentOrder, presentOrders } from './order.presenter.js';
import { orderOf, OwnShop } from './own-shop.js';
import { ShopRooms } from './shop-rooms.js';
import { presentExercises, presentMessages } from './talk.presenter.js';
import { presentWallet } from './wallet.presenter.js';

/** The rooms of one's shop: orders, messages, cash book, exercises. */
@Controller('practice/:scenario')
export class ShopPagesController {
  constructor(
    private readonly rooms: ShopRooms,
    private readonly pages: PageRenderer,
  ) {}

  @Get('orders')
  @ForPerson()
  orders(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    const { locale } = reply.request;
    return this.rooms.show(reply, 'orders', presentOrders(shop, locale, presentWallet(shop, locale)));
  }

  @Get('orders/:order')
  @ForPerson()
  order(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Param('order') id: string): Promise<void> {
    return this.rooms.show(reply, 'order', presentOrder(shop, orderOf(shop, id), reply.request.locale));
  }

  @Get('orders/:order/label')
  @ForPerson()
  label(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Param('order') id: string): Promise<void> {
    const order = orderOf(shop, id);
    if (order.answeredAt < 0) throw new NotFound('label');
    return this.rooms.show(reply, 'label', presentLabel(shop, order, reply.request.locale));
  }

  /** The customer's side of a card payment; once the bank has answered it leads back to the order. */
  @Get('orders/:order/bank')
  @ForPerson()
  bank(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Param('order') id: string): Promise<void> {
    const order = orderOf(shop, id);
    if (order.links === 0) throw new NotFound('bank');
    if (!atBank(order)) return this.pages.redirect(reply, `/practice/${shop.scenario.slug}/orders/${id}`);
    return this.rooms.show(reply, 'bank', presentBank(shop, order, reply.request.locale));
  }

  @Get('messages')
  @ForPerson()
  messages(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    return this.rooms.show(reply, 'messages', presentMessages(shop, reply.request.locale));
  }

  @Get('book')
  @ForPerson()
  book(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    return this.rooms.show(reply, 'book', presentBook(shop, reply.request.locale));
  }

  @Post('book')
  @ForPerson()
  write(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Body() body: FormBody): Promise<void> {
    const { locale } = reply.request;
    return this.rooms.write(reply, shop, 'book', {
      deed: { ...bookDeedOf(body), id: formText(body, 'id') },
      done: { path: '/book', key: 'practice:did.book.add' },
      refused: (problems) =>
        presentBook(shop, locale, {
          paper: formText(body, 'paper'),
          amount: formText(body, 'other'),
          error: problems.map((one) => fieldDetail(locale, one)).join(' '),
        }),
    });
  }

  @Get('exercises')
  @ForPerson()
  exercises(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    return this.rooms.show(reply, 'exercises', presentExercises(shop, reply.request.locale));
  }
}
