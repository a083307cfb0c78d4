import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForPerson, Public } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { ScenarioShelf } from '../scenario-shelf.service.js';
import { ShopService } from '../shop.service.js';
import { CatalogueFiles } from './catalogue-files.js';
import { ActionDto, OpenShopDto, PracticeLanguageDto, ScenarioListDto, ShopDto } from './shop.dto.js';
import { presentScenario, presentShop } from './shop.presenter.js';

/** The practice shop for programs: open, look, act. */
@ApiTags('practice')
@Controller('api/v1/practice')
export class ShopApiController {
  constructor(
    private readonly shelf: ScenarioShelf,
    private readonly service: ShopService,
    private readonly files: CatalogueFiles,
  ) {}

  @Get('scenarios')
  @Public()
  @ApiOperation({ summary: 'The practice shops that one may open' })
  @ApiOkResponse({ type: ScenarioListDto })
  scenarios(@Req() request: FastifyRequest, @Query() { lang }: PracticeLanguageDto): ScenarioListDto {
    const locale = lang ?? request.locale;
    return { items: this.shelf.all().map(({ scenario }) => presentScenario(scenario, locale)), next: null };
  }

  @Post('shops')
  @ForPerson()
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'Opens the shop of a scenario, or gives the one that is open' })
  @ApiCreatedResponse({ type: ShopDto })
  async open(
    @Req() request: FastifyRequest,
    @CurrentPerson() person: { id: string },
    @Body() { scenario, again }: OpenShopDto,
  ): Promise<ShopDto> {
    return presentShop(await this.service.open(person.id, scenario, again), request.locale);
  }

  @Get('shops/:shop')
  @ForPerson()
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'One’s own shop as it stands, with the score and its reasons' })
  @ApiOkResponse({ type: ShopDto })
  async show(
    @Req() request: FastifyRequest,
    @CurrentPerson() person: { id: string },
    @Param('shop') id: string,
    @Query() { lang }: PracticeLanguageDto,
  ): Promise<ShopDto> {
    return presentShop(await this.service.own(person.id, id), lang ?? request.locale);
  }

  @Post('shops/:shop/actions')
  @ForPerson()
  @ApiBearerAuth('token')
  @ApiOperation({
    summary:
      'Does one thing at the simulated present; 409 says why the shop does not allow it, and nothing has changed',
  })
  @ApiBody({ type: ActionDto })
  @ApiCreatedResponse({ type: ShopDto })
  async act(
    @Req() request: FastifyRequest,
    @CurrentPerson() person: { id: string },
    @Param('shop') id: string,
    @Body() body: unknown,
  ): Promise<ShopDto> {
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    const given = isObject ? (body as Record<string, unknown>) : {};
    return presentShop(await this.service.act(person.id, id, given), request.locale);
  }

  @Get('shops/:shop/catalogue.csv')
  @ForPerson()
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'The published sheets as CSV, in the language asked for' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async csv(
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param('shop') id: string,
  ): Promise<void> {
    await this.files.csv(reply, await this.service.own(person.id, id));
  }

  @Get('shops/:shop/catalogue.pdf')
  @ForPerson()
  @ApiBearerAuth('token')
  @ApiOperation({ summary: 'The published sheets as a printed catalogue, A4, in the language asked for' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async pdf(
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param('shop') id: string,
  ): Promise<void> {
    await this.files.pdf(reply, await this.service.own(person.id, id));
  }
}
