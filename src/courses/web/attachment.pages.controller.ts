import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForRoles, ForRolesUploading } from '../../shared/access/access-rule.js';
import { failureOf } from '../../shared/errors/problem.js';
import { t } from '../../shared/i18n/i18n.js';
import { RecordingRefused } from '../../shared/listening/recording.errors.js';
import { SOUND_BYTES } from '../../shared/listening/sound-arguments.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { nameOfUpload } from '../../shared/web/upload-parser.js';
import { DocumentRefused, DraftConflict } from '../authoring/authoring.errors.js';
import { DraftAttachments } from '../authoring/draft-attachments.service.js';
import { DOCUMENT_BYTES } from '../course-file/document-type.js';
import { Author, type AuthorRequest } from './author-request.js';
import { PartPage } from './part.page.js';

interface Place {
  module: string;
  part: string;
}

/** Bytes of a form beside its file. */
const FORM_BYTES = 64 * 1024;

/** What a block hands out or plays: a document or recording comes, or goes. */
@Controller('staff/courses/:course/parts/:module/:part/attachments')
export class AttachmentPagesController {
  constructor(
    private readonly attachments: DraftAttachments,
    private readonly page: PartPage,
    private readonly pages: PageRenderer,
  ) {}

  @Post('document')
  @ForRolesUploading(DOCUMENT_BYTES + FORM_BYTES, 'admin', 'manager', 'trainer')
  async document(
    @Res() reply: FastifyReply,
    @Author() author: AuthorRequest,
    @Param() place: Place,
    @Body() body: FormBody,
  ): Promise<void> {
    await this.answer(reply, author, place, 'attachment.saved', async () => {
      const content: unknown = body?.['document'];
      if (!Buffer.isBuffer(content)) throw new DocumentRefused('document-not-one');
      const sent = { lang: formText(body, 'lang'), content, name: nameOfUpload(content) };
      await this.attachments.giveDocument(author.actor, author.course, blockAt(place, body), sent);
    });
  }

  @Post('sound')
  @ForRolesUploading(SOUND_BYTES + FORM_BYTES, 'admin', 'manager', 'trainer')
  async sound(
    @Res() reply: FastifyReply,
    @Author() author: AuthorRequest,
    @Param() place: Place,
    @Body() body: FormBody,
  ): Promise<void> {
    await this.answer(reply, author, place, 'sound.saved', async () => {
      const content: unknown = body?.['sound'];
      if (!Buffer.isBuffer(content)) throw new RecordingRefused('empty');
      const synthetic = formText(body, 'speaker') === 'synthetic';
      const sent = { lang: formText(body, 'lang'), content, synthetic };
      await this.attachments.giveSound(author.actor, author.course, blockAt(place, body), sent);
    });
  }

  @Post('remove')
  @ForRoles('admin', 'manager', 'trainer')
  async remove(
    @Res() reply: FastifyReply,
    @Author() author: AuthorRequest,
    @Param() place: Place,
    @Body() body: FormBody,
  ): Promise<void> {
    const kind = formText(body, 'kind') === 'audio' ? 'audio' : 'file';
    const done = kind === 'audio' ? 'sound.removed' : 'attachment.removed';
    await this.answer(reply, author, place, done, () =>
      this.attachments.take(author.actor, author.course, blockAt(place, body), kind, formText(body, 'lang')),
    );
  }

  /** Back to the block when it is done; else the block's page with what is wrong. */
  private async answer(
    reply: FastifyReply,
    { actor, course, locale, home }: AuthorRequest,
    place: Place,
    done: string,
    work: () => Promise<void>,
  ): Promise<void> {
    const refused = { fields: {}, errors: [], locale };
    try {
      await work();
      const flash = { kind: 'success' as const, key: `courses:${done}` };
      await this.pages.redirect(reply, `${home}/parts/${place.module}/${place.part}#attachments`, flash);
    } catch (error) {
      if (error instanceof DraftConflict)
        await this.page.send(reply, actor, course, place, { ...refused, conflict: error.conflict });
      else if (error instanceof DocumentRefused || error instanceof RecordingRefused) {
        const [title, text] = ['title', 'detail'].map((key) =>
          t(locale, `errors:${error.code}.${key}`, error.params),
        );
        const { status } = failureOf(error);
        const said = { ...refused, status, attachment: `${title}. ${text}` };
        await this.page.send(reply, actor, course, place, said);
      } else throw error;
    }
  }
}

function blockAt(place: Place, body: FormBody) {
  return { ...place, revision: Number(formText(body, 'revision')) };
}
