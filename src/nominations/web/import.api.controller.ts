import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiPayloadTooLargeResponse,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles, ForRolesUploading } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { LanguageDto } from '../../shared/paging/list.dto.js';
import { MAX_ROWS } from '../../shared/tables/table-limits.js';
import { CSV_TYPE, csvOfTexts, XLSX_TYPE } from '../../shared/tables/table-writer.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { ImportConfirmation } from '../import-confirmation.service.js';
import { ImportService } from '../import.service.js';
import { PeopleExport } from '../people-export.service.js';
import { errorTable } from '../people-table.js';
import {
  ColumnsDto,
  ConfirmDto,
  ExportQueryDto,
  ImportDto,
  ImportFileDto,
  ImportQueryDto,
  ImportRowsDto,
  ImportRowsQueryDto,
} from './import.dto.js';
import { presentImport, presentRows, readRowCursor } from './import.presenter.js';
import { tableFile, TABLE_FORM_BYTES } from '../../shared/web/table-upload.js';
import { NominationGate } from './nomination.gate.js';

/** Sends a file that is kept nowhere. */
export async function download(
  reply: FastifyReply,
  name: string,
  type: string,
  content: string | Buffer,
): Promise<void> {
  await reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'private, no-store')
    .send(content);
}

/** People of a campaign as files, in and out. */
@ApiTags('people')
@Controller('api/v1/people')
export class ImportApi {
  constructor(
    private readonly imports: ImportService,
    private readonly confirmation: ImportConfirmation,
    private readonly exports: PeopleExport,
    private readonly gate: NominationGate,
  ) {}

  @Get('export')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({
    summary: 'People with a seat in a campaign or named for it; an import reads the file back unchanged',
  })
  @ApiProduces('text/csv', XLSX_TYPE)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiNotFoundResponse({ description: 'No such campaign of yours' })
  async export(
    @CurrentStaff() actor: StaffActor,
    @Query() { campaign: key, format }: ExportQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const campaign = await this.gate.campaign(actor, key);
    const content = await this.exports.write(actor, campaign, format, answerLanguage(request));
    await download(
      reply,
      `${campaign.slug}-people.${format}`,
      format === 'csv' ? CSV_TYPE : XLSX_TYPE,
      content,
    );
  }

  @Post('import')
  @ForRolesUploading(TABLE_FORM_BYTES, 'admin', 'manager', 'coordinator')
  @ApiOperation({
    summary: 'Names the people of a file for a campaign; with `dryRun=1` a preview that waits 24 hours',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: ImportFileDto })
  @ApiCreatedResponse({ type: ImportDto })
  @ApiNotFoundResponse({ description: 'No such campaign of yours' })
  @ApiPayloadTooLargeResponse({
    description: 'More than 10 MB, 5,000 rows, 50 columns, 100 MB unpacked: says which',
  })
  @ApiUnprocessableEntityResponse({ description: 'No table, or rows with errors while all were asked for' })
  async import(
    @CurrentStaff() actor: StaffActor,
    @Query() { campaign: key, dryRun, rows }: ImportQueryDto,
    @Body() body: unknown,
  ): Promise<ImportDto> {
    const campaign = await this.gate.campaign(actor, key);
    const record = await this.imports.begin(actor, campaign, tableFile(body));
    return presentImport(dryRun ? record : await this.confirmation.confirm(actor, record.id, rows));
  }

  @Get('imports/:import')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'An import: its columns and what its rows do' })
  @ApiParam({ name: 'import', format: 'uuid' })
  @ApiOkResponse({ type: ImportDto })
  @ApiNotFoundResponse({ description: 'No such import of yours' })
  async get(@CurrentStaff() actor: StaffActor, @Param('import') id: string): Promise<ImportDto> {
    return presentImport(await this.imports.get(actor, id));
  }

  @Get('imports/:import/rows')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({
    summary: 'Rows of an import with what becomes of each; none once it can no longer be undone',
  })
  @ApiParam({ name: 'import', format: 'uuid' })
  @ApiOkResponse({ type: ImportRowsDto })
  @ApiNotFoundResponse({ description: 'No such import of yours' })
  async rows(
    @CurrentStaff() actor: StaffActor,
    @Param('import') id: string,
    @Query() { outcome, cursor, limit }: ImportRowsQueryDto,
    @Req() request: FastifyRequest,
  ): Promise<ImportRowsDto> {
    await this.imports.get(actor, id);
    const rows = await this.imports.rows(id, outcome, readRowCursor(cursor), limit + 1);
    return presentRows(rows, limit, answerLanguage(request));
  }

  @Get('imports/:import/errors.csv')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({
    summary: 'The rows that cannot be taken, as they came, with the reason: mend it and send it again',
  })
  @ApiParam({ name: 'import', format: 'uuid' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiNotFoundResponse({ description: 'No such import of yours' })
  async errors(
    @CurrentStaff() actor: StaffActor,
    @Param('import') id: string,
    @Query() _: LanguageDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { header } = await this.imports.get(actor, id);
    const rows = await this.imports.rows(id, 'error', 0, MAX_ROWS);
    const table = errorTable(header, rows, answerLanguage(request));
    await download(reply, 'errors.csv', CSV_TYPE, csvOfTexts(table));
  }

  @Put('imports/:import/columns')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Says what each column holds; the preview is made anew' })
  @ApiParam({ name: 'import', format: 'uuid' })
  @ApiOkResponse({ type: ImportDto })
  @ApiNotFoundResponse({ description: 'No such import of yours' })
  @ApiConflictResponse({ description: 'It waits no longer' })
  @ApiUnprocessableEntityResponse({ description: 'A field twice, or none that says who somebody is' })
  async columns(
    @CurrentStaff() actor: StaffActor,
    @Param('import') id: string,
    @Body() { columns }: ColumnsDto,
  ): Promise<ImportDto> {
    const fields = columns.map((field) => (field === '' ? null : field));
    return presentImport(await this.imports.chooseColumns(actor, id, fields));
  }

  @Post('imports/:import/confirm')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Writes the rows: all or none, or those without an error' })
  @ApiParam({ name: 'import', format: 'uuid' })
  @ApiOkResponse({ type: ImportDto })
  @ApiNotFoundResponse({ description: 'No such import of yours' })
  @ApiConflictResponse({ description: 'Confirmed, undone or forgotten before' })
  @ApiUnprocessableEntityResponse({ description: 'All were asked for, and some cannot be taken' })
  async confirm(
    @CurrentStaff() actor: StaffActor,
    @Param('import') id: string,
    @Body() { rows }: ConfirmDto,
  ): Promise<ImportDto> {
    return presentImport(await this.confirmation.confirm(actor, id, rows));
  }

  @Post('imports/:import/undo')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Takes a confirmed import back, within 24 hours' })
  @ApiParam({ name: 'import', format: 'uuid' })
  @ApiOkResponse({ type: ImportDto })
  @ApiNotFoundResponse({ description: 'No such import of yours' })
  @ApiConflictResponse({ description: 'Not confirmed, undone before, or too late' })
  async undo(@CurrentStaff() actor: StaffActor, @Param('import') id: string): Promise<ImportDto> {
    return presentImport(await this.confirmation.undo(actor, id));
  }
}
