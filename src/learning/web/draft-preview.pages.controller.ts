import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DraftPreview } from '../../courses/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { LessonPage } from './lesson.page.js';

/** A module of a draft as a learner will see it, for the frame on the authors' page. */
@Controller('staff/courses/:course/lesson')
export class DraftPreviewPagesController {
  constructor(
    private readonly previews: DraftPreview,
    private readonly lesson: LessonPage,
  ) {}

  @Get(':module')
  @ForRoles('admin', 'manager', 'trainer')
  async show(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param() params: { course: string; module: string },
  ): Promise<void> {
    const { course, module } = await this.previews.module(
      actor,
      params.course,
      params.module,
      reply.request.locale,
    );
    // Our own pages alone may frame it.
    const policy = String(reply.getHeader('content-security-policy') ?? '');
    void reply.header(
      'content-security-policy',
      policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    );
    await this.lesson.send(reply, course, module);
  }
}
