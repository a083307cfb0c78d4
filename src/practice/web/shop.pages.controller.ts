import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForPerson } from '../../shared/access/access-rule.js';
import type { FormBody } from '../../shared/web/form-text.js';
import type { OpenShop } from '../open-shop.js';
import { OwnShop } from './own-shop.js';
import { bookWriting } from './room-writings.js';
import { ShopRooms } from './shop-rooms.js';

/** The rooms of one's shop: orders, messages, cash book, exercises. */
@Controller('practice/:scenario')
export class ShopPagesController {
  constructor(private readonly rooms: ShopRooms) {}

  @Get('orders')
  @ForPerson()
  orders(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    return this.rooms.show(reply, shop, 'orders');
  }

  @Get('orders/:order')
  @ForPerson()
  order(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Param('order') id: string): Promise<void> {
    return this.rooms.show(reply, shop, `orders/${id}`);
  }

  @Get('orders/:order/label')
  @ForPerson()
  label(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Param('order') id: string): Promise<void> {
    return this.rooms.show(reply, shop, `orders/${id}/label`);
  }

  @Get('orders/:order/bank')
  @ForPerson()
  bank(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Param('order') id: string): Promise<void> {
    return this.rooms.show(reply, shop, `orders/${id}/bank`);
  }

  @Get('messages')
  @ForPerson()
  messages(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    return this.rooms.show(reply, shop, 'messages');
  }

  @Get('book')
  @ForPerson()
  book(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    return this.rooms.show(reply, shop, 'book');
  }

  @Post('book')
  @ForPerson()
  write(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Body() body: FormBody): Promise<void> {
    return this.rooms.write(reply, shop, bookWriting(shop, body, reply.request.locale));
  }

  @Get('exercises')
  @ForPerson()
  exercises(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    return this.rooms.show(reply, shop, 'exercises');
  }
}
