import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForPerson, ForPersonUploading } from '../../shared/access/access-rule.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { PHOTO_FORM_BYTES } from '../../shared/files/photo.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import type { OpenShop } from '../shop.service.js';
import { FormPhoto } from './form-photo.js';
import { sheetDeedOf } from './form-sheet.js';
import { goodOf, OwnShop } from './own-shop.js';
import { presentProduct, presentProducts } from './product.presenter.js';
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
    return this.rooms.show(reply, 'products', presentProducts(shop, reply.request.locale));
  }

  @Post()
  @ForPerson()
  name(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Body() body: FormBody): Promise<void> {
    const { locale } = reply.request;
    // A name that was tapped fills in for one that was not typed.
    const name = formText(body, 'name') || formText(body, 'offered');
    return this.rooms.write(reply, shop, 'products', {
      deed: { id: formText(body, 'id'), kind: 'shop.name', name },
      done: { path: '/products', key: 'practice:did.shop.name' },
      refused: (problems) =>
        presentProducts(shop, locale, {
          name,
          error: problems.map((one) => fieldDetail(locale, one)).join(' '),
        }),
    });
  }

  @Get(':good')
  @ForPerson()
  sheet(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Param('good') id: string): Promise<void> {
    return this.rooms.show(reply, 'product', presentProduct(shop, goodOf(shop, id), reply.request.locale));
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
    if (errors) return this.rooms.refuse(reply, 'product', model(errors), status);
    if (formText(body, 'do') !== '') return this.rooms.show(reply.status(200), 'product', model({}));
    return this.rooms.write(reply, shop, 'product', {
      deed: { ...sheetDeedOf(good.id, typed), id: formText(body, 'id') },
      done: { path: `/products/${good.id}`, key: 'practice:did.sheet.save' },
      refused: (problems) =>
        model(
          Object.fromEntries(
            problems.map((one) => [one.pointer.split('/')[1] ?? '', fieldDetail(locale, one)]),
          ),
        ),
    });
  }
}
