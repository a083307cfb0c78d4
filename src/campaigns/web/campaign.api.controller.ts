import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../shared/access/access-rule.js';
import { Clock } from '../../shared/clock/clock.js';
import { pageOf, readCursor } from '../../shared/paging/cursor.js';
import { LanguageDto, ListDto } from '../../shared/paging/list.dto.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { CampaignQuery } from '../campaign.query.js';
import { CampaignDto, CampaignListDto } from './campaign.dto.js';
import { presentCampaign } from './campaign.presenter.js';

@ApiTags('campaigns')
@Controller('api/v1/campaigns')
export class CampaignApiController {
  constructor(
    private readonly campaigns: CampaignQuery,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'Campaigns, newest first' })
  @ApiOkResponse({ type: CampaignListDto })
  async list(@Req() request: FastifyRequest, @Query() { cursor, limit }: ListDto): Promise<CampaignListDto> {
    const rows = await this.campaigns.list(readCursor(cursor), limit);
    const page = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
    const locale = answerLanguage(request);
    return {
      items: page.items.map((row) => presentCampaign(row, locale, this.clock.now())),
      next: page.next,
    };
  }

  @Get(':campaign')
  @Public()
  @ApiOperation({ summary: 'One campaign, by id or slug' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiOkResponse({ type: CampaignDto })
  @ApiNotFoundResponse({ description: 'No such campaign' })
  async one(
    @Req() request: FastifyRequest,
    @Param('campaign') key: string,
    @Query() _: LanguageDto,
  ): Promise<CampaignDto> {
    return presentCampaign(await this.campaigns.get(key), answerLanguage(request), this.clock.now());
  }
}
