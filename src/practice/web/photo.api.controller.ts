import { Body, Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForPerson, ForPersonUploading, ForSignedIn } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor, CurrentPerson } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { FileSender } from '../../shared/web/file-sender.js';
import { sendPhoto } from '../../shared/web/send-photo.js';
import { PHOTO_FORM_BYTES, PHOTO_TYPE } from '../../shared/files/photo.js';
import { isUuid, newId } from '../../shared/new-id.js';
import { ShopPhotos } from '../shop-photo.service.js';
import { ShopQuery } from '../shop.query.js';
import { ShopVisitors } from '../shop-visitors.service.js';
import { PhotoUploadDto, ShopDto } from './shop.dto.js';
import { presentShop } from './shop.presenter.js';

interface Place {
  shop: string;
  good: string;
}

/** Photos that trainees put on their product sheets: for themselves and their trainers. */
@ApiTags('practice')
@ApiBearerAuth('token')
@Controller('api/v1/practice/shops/:shop/goods/:good/photo')
export class PhotoApiController {
  constructor(
    private readonly photos: ShopPhotos,
    private readonly shops: ShopQuery,
    private readonly visitors: ShopVisitors,
    private readonly sender: FileSender,
  ) {}

  @Get()
  @ForSignedIn()
  @ApiOperation({ summary: 'One’s own photo of a good, without place or camera; also for one’s trainers' })
  @ApiProduces(PHOTO_TYPE)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async show(@CurrentActor() actor: Actor, @Param() place: Place, @Res() reply: FastifyReply): Promise<void> {
    const hash = await this.hashFor(actor, place);
    await sendPhoto(reply, this.sender, hash);
  }

  @Post()
  @ForPersonUploading(PHOTO_FORM_BYTES)
  @ApiOperation({ summary: 'Puts a photo of one’s own on the sheet of a good, in place of the one before' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: PhotoUploadDto })
  @ApiCreatedResponse({ type: ShopDto })
  async put(
    @Req() { locale }: FastifyRequest,
    @CurrentPerson() person: { id: string },
    @Param() { shop, good }: Place,
    @Body() body: unknown,
  ): Promise<ShopDto> {
    const { id = newId(), photo } = (typeof body === 'object' && body !== null ? body : {}) as Record<
      string,
      unknown
    >;
    return presentShop(await this.photos.put(person.id, shop, { id, good, photo }), locale);
  }

  @Delete()
  @ForPerson()
  @ApiOperation({ summary: 'Takes it away from the sheet and from the store' })
  @ApiOkResponse({ type: ShopDto })
  async remove(
    @Req() { locale }: FastifyRequest,
    @CurrentPerson() person: { id: string },
    @Param() place: Place,
  ): Promise<ShopDto> {
    const { shop, good } = place;
    const hash = isUuid(shop) ? await this.photos.hashOf(shop, good) : undefined;
    if (hash === undefined) throw new NotFound('photo');
    return presentShop(await this.photos.remove(person.id, shop, { id: newId(), good }), locale);
  }

  private async hashFor(actor: Actor, { shop, good }: Place): Promise<string | undefined> {
    const row = isUuid(shop) ? await this.shops.byId(shop) : undefined;
    const maySee = row !== undefined && (await this.visitors.maySeePhotos(actor, row.personId));
    return maySee ? this.photos.hashOf(row.id, good) : undefined;
  }
}
