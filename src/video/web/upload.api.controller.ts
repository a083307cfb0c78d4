import { Controller, Delete, Head, HttpCode, Options, Param, Patch, Post, Req, Res } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiPayloadTooLargeResponse,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles, ForRolesStreaming, Public } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { Receiving } from '../receiving.service.js';
import { UploadPlaces } from '../upload-place.js';
import type { TusAnswer } from '../upload-protocol.js';
import { Uploads } from '../uploads.service.js';
import { UploadBegunDto } from './upload.dto.js';
import { askedUpload } from './upload-request.js';

const VERSION = { name: 'Tus-Resumable', description: '1.0.0', required: true };

/** Videos sent piece by piece: tus 1.0 with creation and termination. An upload is its author's and nobody else's. */
@ApiTags('videos')
@Controller('api/v1/video-uploads')
export class UploadApiController {
  constructor(
    private readonly receiving: Receiving,
    private readonly uploads: Uploads,
    private readonly places: UploadPlaces,
  ) {}

  @Options()
  @Public()
  @HttpCode(204)
  @ApiOperation({ summary: 'What of tus 1.0 is spoken here' })
  @ApiNoContentResponse({ description: 'Headers Tus-Version and Tus-Extension' })
  async ask(@Res() reply: FastifyReply): Promise<void> {
    await send(reply, await this.receiving.options());
  }

  @Post()
  @ForRoles('admin', 'manager', 'trainer')
  @ApiOperation({
    summary: 'Begins to send a video for a block of a course: mp4, mov, webm or mkv, at most 500 MB',
  })
  @ApiHeader(VERSION)
  @ApiHeader({ name: 'Upload-Length', description: 'Bytes of the whole file', required: true })
  @ApiHeader({
    name: 'Upload-Metadata',
    description:
      'As in tus: course (id or slug), module (folder), part (id of the video block), ' +
      'spoken (ary, rif, fr, ar, zgh or none), filename',
    required: true,
  })
  @ApiCreatedResponse({ type: UploadBegunDto, description: 'Header Location: the address of the upload' })
  @ApiPayloadTooLargeResponse({ description: 'More than 500 MB; limitBytes' })
  @ApiConflictResponse({ description: 'Three others have been begun and not ended' })
  @ApiServiceUnavailableResponse({ description: 'ffmpeg is missing, or the disk has no room' })
  async create(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
  ): Promise<void> {
    const { course: key, module, part, ...asked } = askedUpload(request.headers);
    const { course } = await this.places.find(actor, { course: key, module, part });
    const upload = { courseId: course.id, module, part, ...asked };
    const answer = await this.receiving.create(actor, upload, request.raw);
    await send(reply, answer, { id: answer.headers['location']?.split('/').at(-1) ?? '' });
  }

  @Head(':upload')
  @ForRoles('admin', 'manager', 'trainer')
  @ApiOperation({ summary: 'How far an upload is' })
  @ApiParam({ name: 'upload', description: 'Id' })
  @ApiHeader(VERSION)
  @ApiOkResponse({ description: 'Headers Upload-Offset and Upload-Length' })
  async offset(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('upload') id: string,
  ): Promise<void> {
    await send(reply, await this.receiving.offset(actor, id, request.raw));
  }

  @Patch(':upload')
  @ForRolesStreaming('bytes', 'admin', 'manager', 'trainer')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sends the next bytes; with the last one the video is received' })
  @ApiParam({ name: 'upload', description: 'Id' })
  @ApiHeader(VERSION)
  @ApiHeader({ name: 'Upload-Offset', description: 'Bytes that are there already', required: true })
  @ApiConsumes('application/offset+octet-stream')
  @ApiNoContentResponse({ description: 'Header Upload-Offset: bytes that are there now' })
  @ApiConflictResponse({ description: 'The offset is not where the file ends' })
  @ApiUnsupportedMediaTypeResponse({ description: 'By its first bytes it is no video; the upload has ended' })
  async append(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('upload') id: string,
  ): Promise<void> {
    await send(reply, await this.receiving.append(actor, id, request.raw));
  }

  @Delete(':upload')
  @ForRoles('admin', 'manager', 'trainer')
  @HttpCode(204)
  @ApiOperation({ summary: 'Cancels an upload; what came is off the disk at once' })
  @ApiParam({ name: 'upload', description: 'Id' })
  @ApiNoContentResponse({ description: 'It is cancelled' })
  async cancel(@CurrentStaff() actor: StaffActor, @Param('upload') id: string): Promise<void> {
    await this.uploads.cancel(actor, id);
  }
}

async function send(
  reply: FastifyReply,
  { status, headers }: TusAnswer,
  body?: UploadBegunDto,
): Promise<void> {
  await reply.status(status).headers(headers).header('cache-control', 'no-store').send(body);
}
