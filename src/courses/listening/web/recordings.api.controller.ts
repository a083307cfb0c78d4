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
import { ForRoles, ForRolesUploading } from '../../../shared/access/access-rule.js';
import type { StaffActor } from '../../../shared/access/actor.js';
import { CurrentStaff } from '../../../shared/access/current-actor.js';
import { ListDto } from '../../../shared/paging/list.dto.js';
import { pageOfShort } from '../../../shared/paging/short-list.js';
import type { FormBody } from '../../../shared/web/form-text.js';
import { FORM_BYTES, recordingOf } from '../../../shared/listening/recording-form.js';
import {
  RecordingAddedDto,
  RecordingFormDto,
  RecordingListDto,
} from '../../../shared/listening/recording.dto.js';
import { PrivateMedia } from '../../../shared/files/private-media.service.js';
import { CourseAuthorQuery } from '../../authoring/course-author.query.js';
import { CourseScripts } from '../course-script.service.js';
import { RecordingStore } from '../recording.store.js';
import { Recordings } from '../recordings.service.js';

/** Recordings of a course, for whoever may write it. */
@ApiTags('courses')
@ApiParam({ name: 'course', description: 'Id or slug' })
@Controller('api/v1/courses/:course/recordings')
export class RecordingsApiController {
  constructor(
    private readonly courses: CourseAuthorQuery,
    private readonly scripts: CourseScripts,
    private readonly recordings: Recordings,
    private readonly store: RecordingStore,
    private readonly media: PrivateMedia,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'trainer')
  @ApiOperation({ summary: 'Recordings of a course, of all wordings' })
  @ApiOkResponse({ type: RecordingListDto })
  async list(
    @CurrentStaff() actor: StaffActor,
    @Param('course') key: string,
    @Query() query: ListDto,
  ): Promise<RecordingListDto> {
    const course = await this.courses.get(actor, key);
    const script = await this.scripts.of(course);
    const { items, next } = pageOfShort(await this.store.ofCourse(course.id), query, ({ id }) => id);
    const shown = items.map((each) => {
      const { id, line, lang, speaker, words, durationMs, bytes, recordedBy } = each;
      return {
        ...{ id, line, lang, speaker, words, durationMs, bytes, recordedBy },
        ...{
          current: script.reads(line, lang, words),
          url: this.media.voice(each),
          recordedAt: each.recordedAt.toISOString(),
        },
      };
    });
    return { items: shown, next };
  }

  @Post()
  @ForRolesUploading(FORM_BYTES, 'admin', 'manager', 'trainer')
  @ApiOperation({ summary: 'Keeps a recording of a card or question; an earlier one of the same words goes' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: RecordingFormDto })
  @ApiCreatedResponse({ type: RecordingAddedDto })
  @ApiConflictResponse({ description: 'The words were changed since they were read' })
  async add(
    @CurrentStaff() actor: StaffActor,
    @Param('course') key: string,
    @Body() body: FormBody,
  ): Promise<RecordingAddedDto> {
    const course = await this.courses.get(actor, key);
    const recording = recordingOf(body);
    return { id: await this.recordings.add(actor, course, await this.scripts.of(course), recording) };
  }

  @Delete(':recording')
  @ForRoles('admin', 'manager', 'trainer')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes a recording away' })
  @ApiParam({ name: 'recording', description: 'Id' })
  @ApiNoContentResponse({ description: 'It is gone' })
  async remove(
    @CurrentStaff() actor: StaffActor,
    @Param('course') key: string,
    @Param('recording') recording: string,
  ): Promise<void> {
    await this.recordings.remove(actor, await this.courses.get(actor, key), recording);
  }
}
