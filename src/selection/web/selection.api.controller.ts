import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { manages, CallDoor } from '../../calls/public.js';
import { ForRoles, Public } from '../../shared/access/access-rule.js';
import type { Actor, StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff, MaybeActor } from '../../shared/access/current-actor.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { readSelectionDesign } from '../selection-design.js';
import { SelectionService } from '../selection.service.js';
import { SelectionStore } from '../selection.store.js';
import { given } from './given.js';
import { SelectionAnnounceDto, SelectionDto, SelectionSaveDto } from './selection.dto.js';
import { SelectionDoor } from './selection.door.js';
import { presentSelection } from './selection.presenter.js';

/** How the dossiers of a call are chosen: public once it is announced, made by the managers of the campaign. */
@ApiTags('selection')
@Controller('api/v1/calls/:call/selection')
export class SelectionApi {
  constructor(
    private readonly calls: CallDoor,
    private readonly door: SelectionDoor,
    private readonly store: SelectionStore,
    private readonly service: SelectionService,
  ) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'How the dossiers are chosen; a draft for the staff only' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiOkResponse({ type: SelectionDto })
  @ApiNotFoundResponse()
  async get(@MaybeActor() actor: Actor | undefined, @Param('call') key: string): Promise<SelectionDto> {
    const { call, campaign } = await this.calls.visible(actor, key);
    const isStaff = manages(actor, campaign);
    const selection = await this.store.of(call.id);
    if (!selection || (selection.state === 'draft' && !isStaff)) throw new NotFound('selection');
    return presentSelection(selection, call, isStaff);
  }

  @Put()
  @ForRoles('admin', 'manager')
  @ApiOperation({ summary: 'Writes the design, until it is announced' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiBody({ type: SelectionSaveDto })
  @ApiOkResponse({ type: SelectionDto })
  @ApiNotFoundResponse({ description: 'No such call of yours' })
  @ApiConflictResponse({ description: '`selection-changed` by somebody else, or announced' })
  @ApiUnprocessableEntityResponse()
  async save(
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: unknown,
  ): Promise<SelectionDto> {
    const { call } = await this.door.decided(actor, key);
    const { revision } = given(body);
    if (typeof revision !== 'number' || !Number.isInteger(revision))
      throw new InvalidFields([{ pointer: '/revision', code: 'required' }]);
    const saved = await this.service.save(actor, call, revision, readSelectionDesign(body, call.fields));
    return presentSelection(saved, call, true);
  }

  @Post('announce')
  @HttpCode(200)
  @ForRoles('admin', 'manager')
  @ApiOperation({
    summary: 'Shows the design to everybody with the hash of the draw’s secret; frozen from then on',
  })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiBody({ type: SelectionAnnounceDto })
  @ApiOkResponse({ type: SelectionDto })
  @ApiNotFoundResponse({ description: 'No such call of yours' })
  @ApiConflictResponse({ description: '`selection-too-late`, `selection-changed`, announced before' })
  async announce(
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: unknown,
  ): Promise<SelectionDto> {
    const { call } = await this.door.decided(actor, key);
    const { revision } = given(body);
    if (revision !== undefined && (typeof revision !== 'number' || !Number.isInteger(revision)))
      throw new InvalidFields([{ pointer: '/revision', code: 'not-a-number' }]);
    return presentSelection(await this.service.announce(actor, call.id, revision), call, true);
  }
}
