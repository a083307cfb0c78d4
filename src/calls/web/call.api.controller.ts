import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { CampaignQuery } from '../../campaigns/public.js';
import { ForRoles, Public } from '../../shared/access/access-rule.js';
import type { Actor, StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff, MaybeActor } from '../../shared/access/current-actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { pageOf, readCursor } from '../../shared/paging/cursor.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { readDesign, readMoment } from '../call-design.js';
import { CallService } from '../call.service.js';
import { CallStore } from '../call.store.js';
import {
  CallClosingDto,
  CallDesignDto,
  CallDto,
  CallListDto,
  CallPublishDto,
  CallSaveDto,
} from './call.dto.js';
import { CallDoor, manages } from './call.door.js';
import { presentCall } from './call.presenter.js';

type Given = Readonly<Record<string, unknown>>;
const given = (body: unknown): Given => (typeof body === 'object' && body !== null ? (body as Given) : {});

/** Calls for interest: public once they are published, made by the staff of the campaign. */
@ApiTags('calls')
@Controller('api/v1')
export class CallApi {
  constructor(
    private readonly campaigns: CampaignQuery,
    private readonly clock: Clock,
    private readonly store: CallStore,
    private readonly service: CallService,
    private readonly door: CallDoor,
  ) {}

  @Get('campaigns/:campaign/calls')
  @Public()
  @ApiOperation({ summary: 'Calls of a campaign, the newest first; drafts for its staff only' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiOkResponse({ type: CallListDto })
  @ApiNotFoundResponse()
  async list(
    @MaybeActor() actor: Actor | undefined,
    @Param('campaign') key: string,
    @Query() { cursor, limit }: ListDto,
  ): Promise<CallListDto> {
    const campaign = await this.campaigns.get(key);
    const isStaff = manages(actor, campaign);
    const rows = await this.store.ofCampaign(campaign.id, isStaff, readCursor(cursor), limit);
    const page = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
    const now = this.clock.now();
    return { ...page, items: page.items.map((call) => presentCall(call, campaign.slug, now, isStaff)) };
  }

  @Post('campaigns/:campaign/calls')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'A new draft' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiBody({ type: CallDesignDto })
  @ApiCreatedResponse({ type: CallDto })
  @ApiNotFoundResponse({ description: 'No such campaign of yours' })
  @ApiUnprocessableEntityResponse({
    description: 'More than 20 fields, a choice without options, a field that asks for the identity card, …',
  })
  async create(
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Body() body: unknown,
  ): Promise<CallDto> {
    const campaign = await this.door.campaign(actor, key);
    const scope = { campaignId: campaign.id, organisationId: campaign.organisationId };
    const call = await this.service.create(actor, scope, readDesign(body));
    return presentCall(call, campaign.slug, this.clock.now(), true);
  }

  @Get('calls/:call')
  @Public()
  @ApiOperation({ summary: 'A call with its questions' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiOkResponse({ type: CallDto })
  @ApiNotFoundResponse()
  async get(@MaybeActor() actor: Actor | undefined, @Param('call') key: string): Promise<CallDto> {
    const { call, campaign } = await this.door.visible(actor, key);
    return presentCall(call, campaign.slug, this.clock.now(), manages(actor, campaign));
  }

  @Put('calls/:call')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Saves a draft, or the words of a published call' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiBody({ type: CallSaveDto })
  @ApiOkResponse({ type: CallDto })
  @ApiNotFoundResponse({ description: 'No such call of yours' })
  @ApiConflictResponse({ description: '`call-changed` by somebody else, or `call-fields-frozen`' })
  @ApiUnprocessableEntityResponse()
  async save(
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: unknown,
  ): Promise<CallDto> {
    const { call, campaign } = await this.door.managed(actor, key);
    const { revision } = given(body);
    if (!Number.isInteger(revision)) throw new InvalidFields([{ pointer: '/revision', code: 'required' }]);
    const saved = await this.service.save(actor, call.id, Number(revision), readDesign(body));
    return presentCall(saved, campaign.slug, this.clock.now(), true);
  }

  @Post('calls/:call/publish')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({
    summary: 'Shows the call to everybody; its questions are frozen from then on, but for their words',
  })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiBody({ type: CallPublishDto })
  @ApiOkResponse({ type: CallDto })
  @ApiNotFoundResponse({ description: 'No such call of yours' })
  @ApiConflictResponse({ description: 'Published before, or changed by somebody else' })
  async publish(
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: unknown,
  ): Promise<CallDto> {
    const { call, campaign } = await this.door.managed(actor, key);
    const { revision } = given(body);
    if (revision !== undefined && !Number.isInteger(revision))
      throw new InvalidFields([{ pointer: '/revision', code: 'not-a-number' }]);
    const published = await this.service.publish(actor, call.id, revision as number | undefined);
    return presentCall(published, campaign.slug, this.clock.now(), true);
  }

  @Post('calls/:call/closing')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Closes a published call now, or moves its closing, with a reason' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiBody({ type: CallClosingDto })
  @ApiOkResponse({ type: CallDto })
  @ApiNotFoundResponse({ description: 'No such call of yours' })
  @ApiConflictResponse({ description: 'Not published' })
  @ApiUnprocessableEntityResponse()
  async closing(
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: unknown,
  ): Promise<CallDto> {
    const { call, campaign } = await this.door.managed(actor, key);
    const { closes, reason } = given(body);
    const read = closes == null ? undefined : readMoment(closes, '/closes');
    if (read && 'problems' in read) throw new InvalidFields(read.problems);
    const changed = await this.service.setClosing(actor, call.id, read?.moment ?? null, reason);
    return presentCall(changed, campaign.slug, this.clock.now(), true);
  }
}
