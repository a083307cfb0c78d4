import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApplicationStore } from '../../calls/public.js';
import { ForPerson, ForRoles, Public } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentPerson, CurrentStaff } from '../../shared/access/current-actor.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { pageOf, readCursor } from '../../shared/paging/cursor.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { PublicationService } from '../publication.service.js';
import { REPLAY_SCRIPT, replayFile } from '../replay.js';
import { readOutcomeChange, ResultChangeService } from '../result-change.service.js';
import { ResultReckoner } from '../result.reckoner.js';
import { ResultStore } from '../result.store.js';
import { given } from './given.js';
import {
  OutcomeChangeDto,
  OwnResultDto,
  ResultChangeListDto,
  SelectionPreviewDto,
  SelectionPublishDto,
  SelectionResultDto,
  SelectionResultListDto,
} from './result.dto.js';
import { SelectionDto } from './selection.dto.js';
import { SelectionDoor, type SelectionPlace } from './selection.door.js';
import {
  presentChange,
  presentOwnResult,
  presentRanked,
  presentResult,
  presentSelection,
} from './selection.presenter.js';

/** The greatest number that the database counts dossiers with. */
const MOST_NUMBER = 2_147_483_647;

/** The number that a page of results begins behind; 0 from the start. */
function afterOf(cursor: string | undefined): number {
  return Math.min(MOST_NUMBER, Math.max(0, readCursor(cursor)?.at.getTime() ?? 0));
}

/** The result of a selection: looked at, published, changed with a reason. */
@ApiTags('selection')
@Controller('api/v1')
export class ResultApi {
  constructor(
    private readonly door: SelectionDoor,
    private readonly applications: ApplicationStore,
    private readonly reckoner: ResultReckoner,
    private readonly publication: PublicationService,
    private readonly changes: ResultChangeService,
    private readonly store: ResultStore,
  ) {}

  @Get('calls/:call/selection/preview')
  @ForRoles('admin', 'manager')
  @ApiOperation({
    summary: 'What publishing would say, to whom and for how much; after the screening is closed',
  })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiOkResponse({ type: SelectionPreviewDto })
  @ApiNotFoundResponse({ description: 'No such call of yours' })
  @ApiConflictResponse({ description: 'The screening is not closed, or the result is published' })
  async preview(@CurrentStaff() actor: StaffActor, @Param('call') key: string): Promise<SelectionPreviewDto> {
    const { call } = await this.door.decided(actor, key);
    const { digest, dossiers, shortfalls, unfilled, told } = await this.reckoner.preview(call);
    return {
      ...{ digest, unfilled, dossiers: dossiers.map(presentRanked) },
      shortfalls: [...shortfalls],
      told: { ...told, languages: [...told.languages] },
    };
  }

  @Post('calls/:call/selection/publish')
  @HttpCode(200)
  @ForRoles('admin', 'manager')
  @ApiOperation({ summary: 'Publishes the result with the secret, and tells everybody' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiBody({ type: SelectionPublishDto })
  @ApiOkResponse({ type: SelectionDto })
  @ApiNotFoundResponse({ description: 'No such call of yours' })
  @ApiConflictResponse({
    description: '`selection-preview-outdated`; the screening is not closed; published',
  })
  async publish(
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: unknown,
  ): Promise<SelectionDto> {
    const { call } = await this.door.decided(actor, key);
    const { digest } = given(body);
    if (typeof digest !== 'string') throw new InvalidFields([{ pointer: '/digest', code: 'required' }]);
    return presentSelection(await this.publication.publish(actor, call.id, digest), call, true);
  }

  @Get('calls/:call/results')
  @Public()
  @ApiOperation({ summary: 'The published result, by the numbers of the dossiers' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiOkResponse({ type: SelectionResultListDto })
  @ApiNotFoundResponse({ description: 'No such call, or not published' })
  async list(
    @Param('call') key: string,
    @Query() { cursor, limit }: ListDto,
  ): Promise<SelectionResultListDto> {
    const { call } = await this.published(key);
    // The place in the list is the dossier's number: written as an instant, which is what a cursor holds.
    const rows = await this.store.list(call.id, afterOf(cursor), limit);
    const page = pageOf(rows, limit, ({ n }) => ({ at: new Date(n), id: call.id }));
    return { ...page, items: page.items.map(presentResult) };
  }

  @Get('calls/:call/results/changes')
  @Public()
  @ApiOperation({ summary: 'Corrections of the published result' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiOkResponse({ type: ResultChangeListDto })
  @ApiNotFoundResponse({ description: 'No such call, or not published' })
  async corrections(@Param('call') key: string): Promise<ResultChangeListDto> {
    const { call } = await this.published(key);
    return { items: (await this.store.changes(call.id)).map(presentChange) };
  }

  @Get('calls/:call/results/results.json')
  @Public()
  @ApiOperation({ summary: 'Hash, secret, numbers, points and ranks: what the replay script reads' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiProduces('application/json')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiNotFoundResponse({ description: 'No such call, or not published' })
  async file(@Res() reply: FastifyReply, @Param('call') key: string): Promise<void> {
    const { call, selection } = await this.published(key);
    await reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', 'attachment; filename="results.json"')
      .send(replayFile(call, selection, await this.store.all(call.id)));
  }

  @Get('calls/:call/results/replay.mjs')
  @Public()
  @ApiOperation({ summary: 'Ten lines that draw again: `node replay.mjs results.json`' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiProduces('text/javascript')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiNotFoundResponse({ description: 'No such call, or not published' })
  async script(@Res() reply: FastifyReply, @Param('call') key: string): Promise<void> {
    await this.published(key);
    await reply
      .type('text/javascript; charset=utf-8')
      .header('content-disposition', 'attachment; filename="replay.mjs"')
      .send(REPLAY_SCRIPT);
  }

  @Get('me/applications/:application/result')
  @ForPerson()
  @ApiOperation({ summary: 'What became of one’s own dossier, and why' })
  @ApiParam({ name: 'application', format: 'uuid' })
  @ApiOkResponse({ type: OwnResultDto })
  @ApiNotFoundResponse({ description: 'No such dossier of yours, or not published' })
  async mine(
    @CurrentPerson() person: { id: string },
    @Param('application') id: string,
  ): Promise<OwnResultDto> {
    const application = await this.applications.byId(id);
    const [row] = application?.personId === person.id ? await this.store.ofDossiers([application.id]) : [];
    if (!row) throw new NotFound('result');
    return presentOwnResult(row);
  }

  @Post('applications/:application/result/changes')
  @HttpCode(200)
  @ForRoles('admin', 'manager')
  @ApiOperation({ summary: 'Changes a published result, with a reason code' })
  @ApiParam({ name: 'application', format: 'uuid' })
  @ApiBody({ type: OutcomeChangeDto })
  @ApiOkResponse({ type: SelectionResultDto })
  @ApiNotFoundResponse({ description: 'No such result of yours' })
  @ApiConflictResponse({
    description: '`selection-outcome-same`, `selection-places-taken`, `selection-not-first`; not published',
  })
  @ApiUnprocessableEntityResponse()
  async change(
    @CurrentStaff() actor: StaffActor,
    @Param('application') id: string,
    @Body() body: unknown,
  ): Promise<SelectionResultDto> {
    const { application } = await this.door.dossier(actor, id);
    const { call } = await this.door.decided(actor, application.callId);
    return presentResult(await this.changes.change(actor, call, id, readOutcomeChange(given(body))));
  }

  private async published(key: string): Promise<SelectionPlace> {
    const place = await this.door.announced(key);
    if (place.selection.state !== 'published') throw new NotFound('result');
    return place;
  }
}
