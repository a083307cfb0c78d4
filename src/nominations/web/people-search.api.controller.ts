import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { pageOfShort } from '../../shared/paging/short-list.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { PeopleSearch } from '../people-search.service.js';
import { NominationGate } from './nomination.gate.js';
import { FoundPeopleDto, PeopleSearchQueryDto } from './people-search.dto.js';
import { presentFound } from './people-search.presenter.js';

/** People of a campaign, found by name or number. */
@ApiTags('people')
@ApiBearerAuth()
@Controller('api/v1/people/search')
export class PeopleSearchApi {
  constructor(
    private readonly search: PeopleSearch,
    private readonly gate: NominationGate,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'People with a seat in a campaign or named for it, by name or number' })
  @ApiOkResponse({ type: FoundPeopleDto })
  @ApiNotFoundResponse({ description: 'No such campaign of yours' })
  async find(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Query() query: PeopleSearchQueryDto,
  ): Promise<FoundPeopleDto> {
    const locale = answerLanguage(request);
    const campaign = await this.gate.campaign(actor, query.campaign);
    const found = await this.search.find(campaign.campaignId, query.q, locale);
    return pageOfShort(
      found.map((person) => presentFound(person, locale)),
      query,
      ({ id }) => id,
    );
  }
}
