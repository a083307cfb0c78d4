import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ForRoles, ForRolesUploading } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { addressOf } from '../../shared/files/media-shelf.service.js';
import { FORM_BYTES, recordingOf } from '../../shared/listening/recording-form.js';
import {
  RecordingAddedDto,
  RecordingFormDto,
  RecordingListDto,
} from '../../shared/listening/recording.dto.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { pageOfShort } from '../../shared/paging/short-list.js';
import type { FormBody } from '../../shared/web/form-text.js';
import { ConsentRecordings } from '../consent-recordings.service.js';
import { ConsentVoices } from '../consent-voices.service.js';

/** Recordings of the consent, for an administrator of the installation. */
@ApiTags('people')
@Controller('api/v1/consent/recordings')
export class ConsentRecordingsApi {
  constructor(
    private readonly voices: ConsentVoices,
    private readonly recordings: ConsentRecordings,
  ) {}

  @Get()
  @ForRoles('admin')
  @ApiOperation({ summary: 'Recordings of the consent, of all versions and wordings' })
  @ApiOkResponse({ type: RecordingListDto })
  async list(@CurrentStaff() actor: StaffActor, @Query() query: ListDto): Promise<RecordingListDto> {
    this.recordings.assertMayRecord(actor);
    const { items, next } = pageOfShort((await this.voices.overview()).recordings, query, ({ id }) => id);
    const shown = items.map((each) => {
      const { id, line, lang, speaker, words, durationMs, bytes, recordedBy, recordedAt } = each;
      return {
        ...{ id, line, lang, speaker, words, durationMs, bytes, recordedBy },
        ...{ current: !each.isOutdated, url: addressOf(each), recordedAt: recordedAt.toISOString() },
      };
    });
    return { items: shown, next };
  }

  @Post()
  @ForRolesUploading(FORM_BYTES, 'admin')
  @ApiOperation({ summary: 'Keeps a recording of the consent; an earlier one of the same words goes' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: RecordingFormDto })
  @ApiCreatedResponse({ type: RecordingAddedDto })
  @ApiConflictResponse({ description: 'The words were changed since they were read' })
  async add(@CurrentStaff() actor: StaffActor, @Body() body: FormBody): Promise<RecordingAddedDto> {
    this.recordings.assertMayRecord(actor);
    return { id: await this.recordings.add(actor, recordingOf(body)) };
  }

  @Delete(':recording')
  @ForRoles('admin')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes a recording of the consent back' })
  @ApiParam({ name: 'recording', description: 'Id' })
  @ApiNoContentResponse({ description: 'It is gone' })
  async remove(@CurrentStaff() actor: StaffActor, @Param('recording') recording: string): Promise<void> {
    await this.recordings.remove(actor, recording);
  }
}
