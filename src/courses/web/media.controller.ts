import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../shared/access/access-rule.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { MediaShelf, VOICE } from '../../shared/files/media-shelf.service.js';
import { MediaAnswer } from './media-answer.js';

const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Public media of the courses, under addresses whose content never changes. */
@ApiExcludeController()
@Controller('media')
export class MediaController {
  constructor(
    private readonly shelf: MediaShelf,
    private readonly answer: MediaAnswer,
  ) {}

  @Get(':bundle/*')
  @Public()
  async file(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('bundle') bundle: string,
  ): Promise<void> {
    const file = await this.shelf.find(bundle, (request.params as { '*': string })['*']);
    if (!file?.isPublic) throw new NotFound('file');
    await this.answer.send(request, reply, file, IMMUTABLE, { stays: file.path !== VOICE });
  }
}
