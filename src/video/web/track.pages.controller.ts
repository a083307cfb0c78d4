import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CourseAuthorQuery, DraftTracks } from '../../courses/public.js';
import { ForRoles, ForRolesUploading } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { refusalOf } from '../../shared/listening/booth.js';
import { isListeningLanguage, languageAsked } from '../../shared/listening/listening-language.js';
import { recordingOf } from '../../shared/listening/recording-form.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { TRACK_BYTES } from '../track-studio.service.js';
import { Tracks } from '../tracks.service.js';
import { partHref, type TrackAt, TrackPage } from './track.page.js';

interface Address {
  course: string;
  module: string;
  part: string;
}

/** Bytes of a form with a sound, and its texts. */
const FORM_BYTES = TRACK_BYTES + 64 * 1024;

/** Languages of a video: recorded against its picture, or sent as a file, by one form; and taken out. */
@Controller('staff/courses/:course/languages/:module/:part')
export class TrackPagesController {
  constructor(
    private readonly courses: CourseAuthorQuery,
    private readonly drafts: DraftTracks,
    private readonly tracks: Tracks,
    private readonly page: TrackPage,
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
    await this.page.send(reply, await this.find(actor, address, lang));
  }

  @Post()
  @ForRolesUploading(FORM_BYTES, 'admin', 'manager', 'trainer')
  async keep(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param() address: Address,
    @Body() body: FormBody,
  ): Promise<void> {
    const at = await this.find(actor, address, formText(body, 'lang'));
    const { course, module, part } = at;
    try {
      const { words = '', ...sent } = recordingOf(body, part);
      const track = { ...sent, seen: words, offsetMs: offsetIn(formText(body, 'offset')) };
      await this.tracks.add(actor, course, { module, part }, track);
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      const refusal = refusalOf(error, formText(body, 'speaker'), reply.request.locale);
      // What stands there now is shown, and may be recorded.
      return this.page.send(reply, await this.find(actor, address, formText(body, 'lang')), refusal);
    }
    await this.pages.redirect(reply, partHref(at), { kind: 'success', key: 'video:track.kept' });
  }

  @Post('remove')
  @ForRoles('admin', 'manager', 'trainer')
  async remove(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param() address: Address,
    @Body() body: FormBody,
  ): Promise<void> {
    const lang = formText(body, 'lang');
    const { course, module, part } = await this.find(actor, address, lang);
    if (!isListeningLanguage(lang)) throw new InvalidFields([{ pointer: '/lang', code: 'not-a-choice' }]);
    await this.drafts.remove(actor, course, { module, part }, lang);
    const where = partHref({ course, module, part });
    await this.pages.redirect(reply, where, { kind: 'success', key: 'video:track.removed' });
  }

  private async find(
    actor: StaffActor,
    { course: key, module, part }: Address,
    lang: string | undefined,
  ): Promise<TrackAt> {
    const course = await this.courses.get(actor, key);
    const place = await this.drafts.place(actor, course, { module, part });
    return { course, module, part, place, lang: languageAsked(lang) };
  }
}

/** Milliseconds of the picture before a recording; a file begins with it. */
function offsetIn(text: string): number {
  return /^\d{1,7}$/.test(text) ? Number(text) : 0;
}
