import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForPerson } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import type { OpenShop } from '../open-shop.js';
import { ShopService } from '../shop.service.js';
import { OwnShop } from './own-shop.js';
import { PracticeLanguageDto } from './shop.dto.js';
import { ShopPackDto, ShopWorldDto, ShopWorldQueryDto } from './shop-pack.dto.js';
import { ShopPacks } from './shop-pack.js';

/** A practice shop to take along where there is no network. */
@ApiTags('practice')
@ApiBearerAuth('token')
@Controller('api/v1/practice')
export class ShopPackApiController {
  constructor(
    private readonly packs: ShopPacks,
    private readonly service: ShopService,
  ) {}

  @Get('scenarios/:scenario/pack')
  @ForPerson()
  @ApiOperation({ summary: 'Every file of one’s shop with its bytes; 404 before it is open' })
  @ApiOkResponse({ type: ShopPackDto })
  list(
    @Req() request: FastifyRequest,
    @OwnShop() shop: OpenShop,
    @Query() { lang }: PracticeLanguageDto,
  ): Promise<ShopPackDto> {
    request.locale = lang ?? request.locale;
    return this.packs.list(request, shop);
  }

  @Get('shops/:shop/world')
  @ForPerson()
  @ApiOperation({ summary: 'One’s shop with its scenario and its words, to go on with it without a network' })
  @ApiOkResponse({ type: ShopWorldDto })
  async world(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param('shop') id: string,
    @Query() { lang }: ShopWorldQueryDto,
  ): Promise<void> {
    const world = this.packs.world(await this.service.own(person.id, id), lang ?? request.locale);
    // As it was weighed, to the byte.
    await reply
      .header('cache-control', 'private, no-store')
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(world));
  }
}
