import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForPerson } from '../../shared/access/access-rule.js';
import type { FormBody } from '../../shared/web/form-text.js';
import type { OpenShop } from '../open-shop.js';
import { OwnShop } from './own-shop.js';
import { termsWriting } from './room-writings.js';
import { ShopRooms } from './shop-rooms.js';

/** Where the trainee says what delivery costs and how goods come back. */
@Controller('practice/:scenario/terms')
export class TermsPagesController {
  constructor(private readonly rooms: ShopRooms) {}

  @Get()
  @ForPerson()
  form(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    return this.rooms.show(reply, shop, 'terms');
  }

  @Post()
  @ForPerson()
  save(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Body() body: FormBody): Promise<void> {
    return this.rooms.write(reply, shop, termsWriting(shop, body, reply.request.locale));
  }
}
