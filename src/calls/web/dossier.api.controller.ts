import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles, ForRolesUploading } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { pageOf, readCursor } from '../../shared/paging/cursor.js';
import { CSV_TYPE, XLSX_TYPE } from '../../shared/tables/table-writer.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { ApplicationStore } from '../application.store.js';
import { AssistedEntry } from '../assisted.service.js';
import { DossierExport } from '../dossier-export.service.js';
import { DossierQuery } from '../dossier.query.js';
import { answersOfBody, ANSWERS_FORM_BYTES } from './answers-form.js';
import {
  ApplicationAssistDto,
  ApplicationDto,
  DossierDetailDto,
  DossierFileDto,
  DossierListDto,
  DossierQueryDto,
} from './application.dto.js';
import { presentApplication, presentDossier, presentSent, presentVersion } from './application.presenter.js';
import { CallDoor } from './call.door.js';

/** Dossiers of a call, for its staff. */
@ApiTags('calls')
@Controller('api/v1')
export class DossierApi {
  constructor(
    private readonly assisted: AssistedEntry,
    private readonly store: ApplicationStore,
    private readonly dossiers: DossierQuery,
    private readonly files: DossierExport,
    private readonly door: CallDoor,
  ) {}

  @Get('calls/:call/applications')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Dossiers of a call, the newest first' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiOkResponse({ type: DossierListDto })
  @ApiNotFoundResponse({ description: 'No such call of yours' })
  async list(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Query() { cursor, limit, ...filter }: DossierQueryDto,
  ): Promise<DossierListDto> {
    const { call } = await this.door.managed(actor, key);
    const rows = await this.dossiers.list(call.id, filter, readCursor(cursor), limit);
    const page = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
    const locale = answerLanguage(request);
    const items = page.items.map((dossier) => presentDossier(dossier, call.id, call.fields, locale));
    return { ...page, items };
  }

  @Get('calls/:call/applications/export')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'The same as a file that spreadsheets cannot run' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiProduces('text/csv', XLSX_TYPE)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiNotFoundResponse({ description: 'No such call of yours' })
  async export(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Query() { format, lang: _, ...filter }: DossierFileDto,
  ): Promise<void> {
    const { call } = await this.door.managed(actor, key);
    const content = await this.files.write(actor, call, { filter, format, locale: answerLanguage(request) });
    await reply
      .type(format === 'csv' ? CSV_TYPE : XLSX_TYPE)
      .header('content-disposition', `attachment; filename="${call.slug}.${format}"`)
      .header('cache-control', 'private, no-store')
      .send(content);
  }

  @Post('calls/:call/applications/assisted')
  @ForRolesUploading(ANSWERS_FORM_BYTES, 'admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'A dossier at the desk: the person is found by number and name, or written down' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiBody({ type: ApplicationAssistDto })
  @ApiCreatedResponse({ type: ApplicationDto })
  @ApiNotFoundResponse({ description: 'No such call of yours' })
  @ApiConflictResponse({ description: '`call-closed`, `call-not-open`' })
  @ApiUnprocessableEntityResponse()
  async assist(
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: unknown,
  ): Promise<ApplicationDto> {
    const { call } = await this.door.managed(actor, key);
    const { rest, ...given } = answersOfBody(body, ['name', 'phone', 'language', 'consent']);
    const { name, phone, language, consent } = rest;
    const sent = await this.assisted.enter(
      actor,
      call,
      { name: named(name), phone, language, consent },
      given,
    );
    return presentSent(sent, call.fields);
  }

  @Get('applications/:application')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'A dossier with its history' })
  @ApiParam({ name: 'application', format: 'uuid' })
  @ApiOkResponse({ type: DossierDetailDto })
  @ApiNotFoundResponse({ description: 'No such dossier of yours' })
  async get(@CurrentStaff() actor: StaffActor, @Param('application') id: string): Promise<DossierDetailDto> {
    const { call, application } = await this.door.dossier(actor, id);
    const history = await this.store.versions(id);
    return {
      ...presentApplication(application, call.fields),
      history: history.map((version) => presentVersion(version, id, call.fields)),
    };
  }
}

/** In a form with files a name is JSON. */
function named(name: unknown): unknown {
  if (typeof name !== 'string') return name;
  try {
    return JSON.parse(name) as unknown;
  } catch {
    return null;
  }
}
