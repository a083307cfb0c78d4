import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForRoles, ForRolesUploading } from '../../shared/access/access-rule.js';
import { DomainError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { DraftConflict, PictureRefused } from '../authoring/authoring.errors.js';
import { CourseDraftService } from '../authoring/course-draft.service.js';
import { applyFields, type DraftFields, isDraftField } from '../authoring/draft-fields.js';
import { fileOfPlace } from '../authoring/draft-part.js';
import { photoOf, UPLOAD_BYTES } from '../authoring/picture-upload.js';
import { DraftPictures } from '../authoring/draft-pictures.service.js';
import { applyQuizDeed } from '../authoring/quiz-deeds.js';
import { Author, type AuthorRequest } from './author-request.js';
import { PartPage, type Refused } from './part.page.js';

interface Place {
  module: string;
  part: string;
}

/** The editor of one part: a course's or module's own texts, or a block. It saves as a form; the script saves while one types. */
@Controller('staff/courses/:course/parts/:module/:part')
export class PartPagesController {
  constructor(
    private readonly drafts: CourseDraftService,
    private readonly pictures: DraftPictures,
    private readonly page: PartPage,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'trainer')
  async show(
    @Res() reply: FastifyReply,
    @Author() { actor, course }: AuthorRequest,
    @Param() place: Place,
  ): Promise<void> {
    await this.page.send(reply, actor, course, place);
  }

  @Post()
  @ForRoles('admin', 'manager', 'trainer')
  async save(
    @Res() reply: FastifyReply,
    @Author() { actor, course, locale, home }: AuthorRequest,
    @Param() place: Place,
    @Body() body: FormBody,
  ): Promise<void> {
    const fields = fieldsOf(body);
    const [file, deed] = [fileOf(place.module), formText(body, 'deed')];
    const apply = (text: Parameters<typeof applyFields>[0]): void => {
      applyFields(text, place.part, fields);
      if (deed !== '') applyQuizDeed(text, place.part, deed);
    };
    try {
      await this.drafts.edit(actor, course, {
        file,
        part: place.part,
        revision: Number(formText(body, 'revision')),
        apply,
      });
      const here = `${home}/parts/${place.module}/${place.part}`;
      const flash = { kind: 'success' as const, key: 'courses:part.saved' };
      await this.pages.redirect(reply, deed === '' ? here : `${here}#items`, flash);
    } catch (error) {
      const refused = refusedBy(error, fields);
      if (!refused) throw error;
      await this.page.send(reply, actor, course, place, { ...refused, locale });
    }
  }

  /** A photo for a card: made ours, kept beside the module, and named in the card. */
  @Post('picture')
  @ForRolesUploading(UPLOAD_BYTES + 64 * 1024, 'admin', 'manager', 'trainer')
  async picture(
    @Res() reply: FastifyReply,
    @Author() { actor, course, locale, home }: AuthorRequest,
    @Param() place: Place,
    @Body() body: FormBody,
  ): Promise<void> {
    const upload: unknown = body?.['picture'];
    try {
      if (!Buffer.isBuffer(upload) || upload.length === 0) throw new PictureRefused('picture-not-one');
      const at = { ...place, target: formText(body, 'target') || '/image' };
      await this.pictures.give(actor, course, at, await photoOf(upload), Number(formText(body, 'revision')));
      const flash = { kind: 'success' as const, key: 'courses:part.pictureSaved' };
      await this.pages.redirect(reply, `${home}/parts/${place.module}/${place.part}#picture`, flash);
    } catch (error) {
      if (!(error instanceof PictureRefused)) throw error;
      const text = t(locale, `errors:${error.code}.detail`, error.params);
      const title = t(locale, `errors:${error.code}.title`);
      await this.page.send(reply, actor, course, place, {
        fields: {},
        errors: [],
        picture: `${title}. ${text}`,
        locale,
      });
    }
  }
}

/** The file that a part stands in: `course` names the course's own. */
export function fileOf(module: string): string {
  if (!/^[a-z0-9-]{1,100}$/.test(module)) throw new NotFound('module');
  return fileOfPlace(module);
}

function fieldsOf(body: FormBody): DraftFields {
  const entries = Object.entries(body ?? {}).filter(([name]) => isDraftField(name));
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value : '',
    ]),
  );
}

function refusedBy(error: unknown, fields: DraftFields): Omit<Refused, 'locale'> | undefined {
  if (!(error instanceof DomainError)) return undefined;
  if (error instanceof DraftConflict) return { fields, errors: [], conflict: error.conflict };
  return error instanceof InvalidFields ? { fields, errors: error.errors } : undefined;
}
