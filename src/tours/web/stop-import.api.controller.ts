import { Body, Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiConsumes,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForRolesUploading } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { fieldDetail } from '../../shared/errors/field-detail.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { TABLE_FORM_BYTES, tableFile } from '../../shared/web/table-upload.js';
import { StopImport } from '../stop-import/stop-import.service.js';
import type { StopLine } from '../stop-import/stop-judge.js';
import { TourKeeping } from '../tour-keeping.service.js';
import { StopFileDto, StopImportDto, StopImportQueryDto, type StopLineDto } from './stop-import.dto.js';

/** Stops of a tour from a table. */
@ApiTags('tours')
@Controller('api/v1/tours/:tour/stops')
export class StopImportApiController {
  constructor(
    private readonly stops: StopImport,
    private readonly keeping: TourKeeping,
  ) {}

  @Post('import')
  @HttpCode(200)
  @ForRolesUploading(TABLE_FORM_BYTES, 'admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Stops of a CSV or XLSX file: all of them or none; with `dryRun=1` a preview' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: StopFileDto })
  @ApiOkResponse({ type: StopImportDto })
  @ApiNotFoundResponse({ description: "No such tour, or somebody else's" })
  @ApiConflictResponse({ description: '`stop-exists`: somebody added one of them meanwhile' })
  @ApiPayloadTooLargeResponse({ description: 'More than 10 MB, 50 columns, 100 MB unpacked: says which' })
  @ApiUnprocessableEntityResponse({
    description: 'No table, a missing column, more than 300 rows, wrong rows',
  })
  async import(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('tour') id: string,
    @Query() { dryRun }: StopImportQueryDto,
    @Body() body: unknown,
  ): Promise<StopImportDto> {
    await this.keeping.tourFor(actor, id);
    const file = tableFile(body);
    const lines = dryRun ? await this.stops.preview(actor, id, file) : await this.stops.save(actor, id, file);
    const locale = answerLanguage(request);
    return { saved: !dryRun, lines: lines.map((line) => presentLine(line, locale)) };
  }
}

function presentLine({ n, outcome, problems, stop }: StopLine, locale: Locale): StopLineDto {
  return {
    row: n,
    outcome,
    localDate: stop?.localDate ?? null,
    city: stop?.city ?? null,
    teamId: stop?.teamId ?? null,
    problems: problems.map(({ field, code, params = {} }) => ({
      ...{ field, code },
      detail: fieldDetail(locale, { pointer: `/rows/${n}/${field}`, code, params }),
    })),
  };
}
