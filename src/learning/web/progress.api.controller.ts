import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ForPerson } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { ProgressService } from '../progress.service.js';
import { ProgressEventsDto, VideoProgressDto } from './progress.dto.js';

const SUMMARY =
  'What the signed-in person has watched: facts that merge, so sending again or out of order is harmless';

@ApiTags('learning')
@Controller('api/v1')
export class ProgressApiController {
  constructor(private readonly progress: ProgressService) {}

  // The body is read by a parser of its own, event by event: a batch may be long and comes often.
  @Put('videos/:video/progress')
  @ForPerson()
  @ApiOperation({ summary: SUMMARY })
  @ApiParam({ name: 'video', format: 'uuid' })
  @ApiBody({ type: ProgressEventsDto })
  @ApiOkResponse({ type: VideoProgressDto })
  video(
    @CurrentPerson() person: { id: string },
    @Param('video') video: string,
    @Body() body: unknown,
  ): Promise<VideoProgressDto> {
    return this.progress.recordVideo(person.id, video.toLowerCase(), body);
  }

  @Put('modules/:module/progress')
  @ForPerson()
  @ApiOperation({ summary: `${SUMMARY}; by the module that has the video` })
  @ApiParam({ name: 'module', description: 'Id or slug' })
  @ApiBody({ type: ProgressEventsDto })
  @ApiOkResponse({ type: VideoProgressDto })
  module(
    @CurrentPerson() person: { id: string },
    @Param('module') module: string,
    @Body() body: unknown,
  ): Promise<VideoProgressDto> {
    return this.progress.recordModule(person.id, module.toLowerCase(), body);
  }
}
