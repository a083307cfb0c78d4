import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForRoles, ForRolesUploading } from '../../../shared/access/access-rule.js';
import type { StaffActor } from '../../../shared/access/actor.js';
import { CurrentStaff } from '../../../shared/access/current-actor.js';
import { DomainError, NotFound } from '../../../shared/errors/domain-error.js';
import { refusalOf } from '../../../shared/listening/booth.js';
import { type FormBody, formText } from '../../../shared/web/form-text.js';
import { PageRenderer } from '../../../shared/web/page-renderer.js';
import { languageAsked } from '../../../shared/listening/listening-language.js';
import { FORM_BYTES, recordingOf } from '../../../shared/listening/recording-form.js';
import { CourseAuthorQuery } from '../../authoring/course-author.query.js';
import { CourseScripts } from '../course-script.service.js';
import { Recordings } from '../recordings.service.js';
import { BoothPage, type BoothPlace, lineOf } from './booth.page.js';

interface Address {
  course: string;
  unit: string;
  line: string;
}

/** The recording booth of one card or question. What the microphone gives and what is chosen as a file come by one form. */
@Controller('staff/courses/:course/listening/:unit/:line')
export class BoothPagesController {
  constructor(
    private readonly courses: CourseAuthorQuery,
    private readonly scripts: CourseScripts,
    private readonly recordings: Recordings,
    private readonly booth: BoothPage,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'trainer')
  async show(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param() address: Address,
    @Query('lang') lang?: string,
  ): Promise<void> {
    await this.booth.send(reply, await this.find(actor, address, lang));
  }

  @Post()
  @ForRolesUploading(FORM_BYTES, 'admin', 'manager', 'trainer')
  async keep(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param() address: Address,
    @Body() body: FormBody,
  ): Promise<void> {
    const place = await this.find(actor, address, formText(body, 'lang'));
    const { course, script, unit, line, lang } = place;
    try {
      await this.recordings.add(actor, course, script, recordingOf(body, line.id));
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      return this.booth.send(reply, place, refusalOf(error, formText(body, 'speaker'), reply.request.locale));
    }
    const next = await this.booth.nextOf(place);
    const where = `/staff/courses/${course.slug}/listening/${unit.folder}/${encodeURIComponent(next.part)}?lang=${lang}`;
    await this.pages.redirect(reply, where, {
      kind: 'success',
      key: next === line ? 'courses:listening.booth.keptLast' : 'listening:booth.kept',
    });
  }

  @Post('remove')
  @ForRoles('admin', 'manager', 'trainer')
  async remove(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param() address: Address,
    @Body() body: FormBody,
  ): Promise<void> {
    const { course, unit, line, lang } = await this.find(actor, address, formText(body, 'lang'));
    await this.recordings.remove(actor, course, formText(body, 'recording'));
    const where = `/staff/courses/${course.slug}/listening/${unit.folder}/${encodeURIComponent(line.part)}?lang=${lang}`;
    await this.pages.redirect(reply, where, { kind: 'success', key: 'listening:booth.removed' });
  }

  private async find(actor: StaffActor, address: Address, lang: string | undefined): Promise<BoothPlace> {
    const course = await this.courses.get(actor, address.course);
    const script = await this.scripts.of(course);
    const place = lineOf(script, address.unit, address.line);
    return { course, script, ...place, lang: languageAsked(lang) };
  }
}
