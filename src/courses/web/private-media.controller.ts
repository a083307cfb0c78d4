import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../shared/access/access-rule.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { MediaShelf } from '../../shared/files/media-shelf.service.js';
import { PrivateMedia } from '../../shared/files/private-media.service.js';
import { MediaAnswer } from './media-answer.js';

/**
 * Media of drafts, below addresses that their authors' pages hand out and that end with a day. The signature is in the
 * path, so that the relative addresses inside a playlist carry it on.
 */
@ApiExcludeController()
@Controller('m')
export class PrivateMediaController {
  constructor(
    private readonly shelf: MediaShelf,
    private readonly links: PrivateMedia,
    private readonly answer: MediaAnswer,
  ) {}

  @Get(':pass/:bundle/*')
  @Public()
  async file(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { pass, bundle }: { pass: string; bundle: string },
  ): Promise<void> {
    // Whoever is refused is refused now: the same address may be asked again with the right pass.
    void reply.header('cache-control', 'no-store');
    const seconds = this.links.secondsLeft(pass, bundle);
    const file = await this.shelf.find(bundle, (request.params as { '*': string })['*']);
    if (!file) throw new NotFound('file');
    await this.answer.send(request, reply, file, `private, max-age=${seconds}, immutable`);
  }
}
