import { Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { FilmNotFailed } from '../film.errors.js';
import { Films } from '../films.service.js';

/** The button below a film that has failed. */
@Controller('staff/films/:upload')
export class FilmPagesController {
  constructor(
    private readonly films: Films,
    private readonly pages: PageRenderer,
  ) {}

  @Post('again')
  @ForRoles('admin', 'manager', 'trainer')
  async again(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('upload') upload: string,
  ): Promise<void> {
    const { filmId, courseId, module, part } = await this.films.stateFor(actor, upload);
    const page = `/staff/courses/${courseId}/films/${module}/${part}`;
    try {
      await this.films.again(actor, filmId);
      await this.pages.redirect(reply, page);
    } catch (error) {
      if (!(error instanceof FilmNotFailed)) throw error;
      await this.pages.redirect(reply, page, { kind: 'info', key: `errors:${error.code}.detail` });
    }
  }
}
