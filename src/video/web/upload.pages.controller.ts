import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles, ForRolesStreaming } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, type FieldError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { comingFile } from '../../shared/web/form-stream.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { Receiving } from '../receiving.service.js';
import { type UploadPlace, UploadPlaces } from '../upload-place.js';
import { Uploads } from '../uploads.service.js';
import { filmsHref, UploadPage } from './upload.page.js';
import { cleanName, spokenIn } from './upload-request.js';

interface Address {
  course: string;
  module: string;
  part: string;
}

/** Sending a video for a block: by the page's script piece by piece, without a script in one go. */
@Controller('staff/courses/:course/films/:module/:part')
export class UploadPagesController {
  constructor(
    private readonly places: UploadPlaces,
    private readonly receiving: Receiving,
    private readonly uploads: Uploads,
    private readonly page: UploadPage,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'trainer')
  async show(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param() address: Address,
    @Query('sent') sent?: string,
  ): Promise<void> {
    const place = await this.places.find(actor, address);
    await this.page.send(reply, actor, place, { hasArrived: sent === '1' });
  }

  @Post()
  @ForRolesStreaming('form', 'admin', 'manager', 'trainer')
  async take(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param() address: Address,
  ): Promise<void> {
    const place = await this.places.find(actor, address);
    const spoken = formText(request.body as FormBody, 'spoken');
    try {
      await this.receive(request, actor, place);
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      return this.page.send(reply, actor, place, { refused: { error, spoken } });
    }
    await this.pages.redirect(reply, `${filmsHref(place, undefined)}?sent=1`);
  }

  @Post('cancel')
  @ForRoles('admin', 'manager', 'trainer')
  async cancel(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param() address: Address,
    @Body() body: FormBody,
  ): Promise<void> {
    const place = await this.places.find(actor, address);
    await this.uploads.cancel(actor, formText(body, 'upload'));
    await this.pages.redirect(reply, filmsHref(place, undefined), { kind: 'info', key: 'video:cancelled' });
  }

  private async receive(request: FastifyRequest, actor: StaffActor, place: UploadPlace): Promise<void> {
    const errors: FieldError[] = [];
    const spoken = spokenIn(formText(request.body as FormBody, 'spoken'), errors);
    const file = comingFile(request.body, 'video');
    if (!file) errors.push({ pointer: '/video', code: 'required' });
    if (!spoken || !file) throw new InvalidFields(errors);
    const { course, module, part } = place;
    const bytes = Number(request.headers['content-length'] ?? NaN);
    const fileName = cleanName(file.name) || part;
    await this.receiving.takeForm(
      actor,
      { courseId: course.id, module, part, spoken, fileName, bytes },
      file,
    );
  }
}
