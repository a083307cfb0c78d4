import { Body, Controller, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
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
import type { FastifyRequest } from 'fastify';
import { ApplicationStore, dossierNumber } from '../../calls/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { readScores } from '../scores.js';
import { ScreeningService } from '../screening.service.js';
import { given } from './given.js';
import {
  ScreeningDossierDto,
  ScreeningGapListDto,
  ScreeningNextDto,
  ScreeningProgressDto,
  ScreeningScoresDto,
} from './screening.dto.js';
import { presentScreened } from './screening.presenter.js';
import { SelectionDto } from './selection.dto.js';
import { SelectionDoor, type SelectionPlace } from './selection.door.js';
import { presentSelection } from './selection.presenter.js';

/** The queue of dossiers before those who score them. */
@ApiTags('selection')
@Controller('api/v1')
export class ScreeningApi {
  constructor(
    private readonly door: SelectionDoor,
    private readonly service: ScreeningService,
    private readonly applications: ApplicationStore,
  ) {}

  @Get('calls/:call/screening')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'How far the screening is' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiOkResponse({ type: ScreeningProgressDto })
  @ApiNotFoundResponse({ description: 'No such selection of yours' })
  async progress(
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<ScreeningProgressDto> {
    const { call, selection } = await this.door.managed(actor, key);
    return this.service.progress(selection, actor, call.id);
  }

  @Post('calls/:call/screening/next')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'The next dossier to score, for you alone for twenty minutes' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiOkResponse({ type: ScreeningNextDto })
  @ApiNotFoundResponse({ description: 'No such selection of yours' })
  @ApiConflictResponse({ description: '`screening-not-open` before the closing; not announced, or closed' })
  async next(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<ScreeningNextDto> {
    const place = await this.door.managed(actor, key);
    const id = await this.service.next(actor, place.call);
    return {
      dossier: id === undefined ? null : await this.shown(actor, place, id, answerLanguage(request)),
      progress: await this.service.progress(place.selection, actor, place.call.id),
    };
  }

  @Get('calls/:call/screening/gaps')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Dossiers whose two scorers are more than 30 % apart, not settled' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiOkResponse({ type: ScreeningGapListDto })
  @ApiNotFoundResponse({ description: 'No such selection of yours' })
  async gaps(@CurrentStaff() actor: StaffActor, @Param('call') key: string): Promise<ScreeningGapListDto> {
    const { call, selection } = await this.door.managed(actor, key);
    const rows = await this.service.gaps(selection, call.id);
    return {
      items: rows.map(({ id, n, looks }) => ({
        ...{ id, number: dossierNumber({ callNumber: call.number, n }) },
        points: looks.map(({ points }) => points),
      })),
    };
  }

  @Get('applications/:application/scores')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'A dossier with your scores, and all of them once all are there' })
  @ApiParam({ name: 'application', format: 'uuid' })
  @ApiOkResponse({ type: ScreeningDossierDto })
  @ApiNotFoundResponse({ description: 'No such dossier of yours' })
  async get(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('application') id: string,
  ): Promise<ScreeningDossierDto> {
    const place = await this.door.dossier(actor, id);
    return this.shown(actor, place, id, answerLanguage(request));
  }

  @Put('applications/:application/scores')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Your scores of a dossier' })
  @ApiParam({ name: 'application', format: 'uuid' })
  @ApiBody({ type: ScreeningScoresDto })
  @ApiOkResponse({ type: ScreeningDossierDto })
  @ApiNotFoundResponse({ description: 'No such dossier of yours, or not eligible' })
  @ApiConflictResponse({ description: '`screening-taken` by somebody else, `screening-scored`' })
  @ApiUnprocessableEntityResponse()
  async score(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('application') id: string,
    @Body() body: unknown,
  ): Promise<ScreeningDossierDto> {
    const place = await this.door.dossier(actor, id);
    const read = readScores(place.selection.design.criteria, given(body));
    await this.service.score(actor, place.call, place.application, read);
    return this.shown(actor, place, id, answerLanguage(request));
  }

  @Put('applications/:application/third-look')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Settles a gap: what is given here stands for both scorers' })
  @ApiParam({ name: 'application', format: 'uuid' })
  @ApiBody({ type: ScreeningScoresDto })
  @ApiOkResponse({ type: ScreeningDossierDto })
  @ApiNotFoundResponse({ description: 'No such dossier of yours' })
  @ApiConflictResponse({ description: '`third-look-not-needed`, `third-look-by-another`' })
  @ApiUnprocessableEntityResponse()
  async thirdLook(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('application') id: string,
    @Body() body: unknown,
  ): Promise<ScreeningDossierDto> {
    const place = await this.door.dossier(actor, id);
    const read = readScores(place.selection.design.criteria, given(body));
    await this.service.thirdLook(actor, place.call, place.application, read);
    return this.shown(actor, place, id, answerLanguage(request));
  }

  @Post('calls/:call/screening/close')
  @HttpCode(200)
  @ForRoles('admin', 'manager')
  @ApiOperation({ summary: 'No score changes any more; the result may be looked at' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiOkResponse({ type: SelectionDto })
  @ApiNotFoundResponse({ description: 'No such selection of yours' })
  @ApiConflictResponse({ description: '`screening-not-done` with `open` and `gaps`' })
  async close(@CurrentStaff() actor: StaffActor, @Param('call') key: string): Promise<SelectionDto> {
    const { call } = await this.door.decided(actor, key);
    return presentSelection(await this.service.close(actor, call), call, true);
  }

  private async shown(
    actor: StaffActor,
    { call, selection }: SelectionPlace,
    id: string,
    locale: Locale,
  ): Promise<ScreeningDossierDto> {
    const application = await this.applications.byId(id);
    if (!application) throw new Error(`Application ${id} is gone`);
    return presentScreened(call, application, await this.service.looks(selection, actor, id), locale);
  }
}
