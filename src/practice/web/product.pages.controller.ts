import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForPerson, ForPersonUploading } from '../../shared/access/access-rule.js';
import { PHOTO_FORM_BYTES } from '../../shared/files/photo.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import type { OpenShop } from '../open-shop.js';
import { FormPhoto } from './form-photo.js';
import { goodOf } from '../shop-parts.js';
import { OwnShop } from './own-shop.js';
import { presentProduct } from './product.presenter.js';
import { nameWriting, sheetWriting } from './room-writings.js';
import { ShopRooms } from './shop-rooms.js';

/** The goods of one's shop, its name, and the form of a product sheet. */
@Controller('practice/:scenario/products')
export class ProductPagesController {
  constructor(
    private readonly rooms: ShopRooms,
    private readonly photo: FormPhoto,
  ) {}

  @Get()
  @ForPerson()
  list(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    return this.rooms.show(reply, shop, 'products');
  }

  @Post()
  @ForPerson()
  name(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Body() body: FormBody): Promise<void> {
    return this.rooms.write(reply, shop, nameWriting(shop, body, reply.request.locale));
  }

  @Get(':good')
  @ForPerson()
  sheet(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Param('good') id: string): Promise<void> {
    return this.rooms.show(reply, shop, `products/${id}`);
  }

  /**
   * Saves the sheet; `do=count` only counts, `do=photo` only takes the photo and `do=no-photo` removes it. A photo that
   * comes with any of them is kept first, so that a mistake in the sheet does not ask for it again.
   */
  @Post(':good')
  @ForPersonUploading(PHOTO_FORM_BYTES)
  async save(
    @Res() reply: FastifyReply,
    @OwnShop() before: OpenShop,
    @Param('good') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const { locale } = reply.request;
    const good = goodOf(before, id);
    const { shop, typed, errors, status } = await this.photo.take(before, good, body, locale);
    const model = (wrong: Readonly<Record<string, string>>): object =>
      presentProduct(shop, good, locale, { typed, errors: wrong });
    if (errors) return this.rooms.refuse(reply, shop, 'product', model(errors), status);
    if (formText(body, 'do') !== '') return this.rooms.send(reply.status(200), shop, 'product', model({}));
    return this.rooms.write(reply, shop, sheetWriting(shop, good, typed, body, locale));
  }
}
