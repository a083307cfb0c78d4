import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { DraftConflict } from '../authoring/authoring.errors.js';
import { DraftVideos, type VideoEdit } from '../authoring/draft-video.service.js';
import { Author, type AuthorRequest } from './author-request.js';
import { PartPage } from './part.page.js';

/** Captions and still picture of a video that is there. */
@Controller('staff/courses/:course/parts/:module/:part/video')
export class VideoPagesController {
  constructor(
    private readonly videos: DraftVideos,
    private readonly page: PartPage,
    private readonly pages: PageRenderer,
  ) {}

  @Post()
  @ForRoles('admin', 'manager', 'trainer')
  async save(
    @Res() reply: FastifyReply,
    @Author() { actor, course, locale, home }: AuthorRequest,
    @Param() place: { module: string; part: string },
    @Body() body: FormBody,
  ): Promise<void> {
    const video: VideoEdit = {
      captions: { fr: formText(body, 'captions-fr'), ar: formText(body, 'captions-ar') },
      poster: formText(body, 'poster'),
    };
    try {
      await this.videos.save(actor, course, place, video, Number(formText(body, 'revision')));
      const flash = { kind: 'success' as const, key: 'courses:part.saved' };
      await this.pages.redirect(reply, `${home}/parts/${place.module}/${place.part}#video`, flash);
    } catch (error) {
      const refused = { fields: {}, errors: [], video, locale };
      if (error instanceof InvalidFields)
        await this.page.send(reply, actor, course, place, { ...refused, errors: error.errors });
      else if (error instanceof DraftConflict)
        await this.page.send(reply, actor, course, place, { ...refused, conflict: error.conflict });
      else throw error;
    }
  }
}
