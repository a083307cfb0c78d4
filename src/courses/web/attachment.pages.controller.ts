import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForRoles, ForRolesUploading } from '../../shared/access/access-rule.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { failureOf, fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { RecordingRefused } from '../../shared/listening/recording.errors.js';
import { SOUND_BYTES } from '../../shared/listening/sound-arguments.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { refusalWords } from '../../shared/web/refusal-words.js';
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
/** A file that is too large by less than this is refused by the form, in its words; above it nothing is read. */
const TAKEN_TIMES = 2;

/** Words of what comes and goes, by the kind of the block. */
const WORDS = { file: 'attachment', audio: 'sound' } as const;
type Kind = keyof typeof WORDS;

/** What a block hands out or plays: a document or recording comes, or goes. */
@Controller('staff/courses/:course/parts/:module/:part/attachments')
export class AttachmentPagesController {
  constructor(
    private readonly attachments: DraftAttachments,
    private readonly page: PartPage,
    private readonly pages: PageRenderer,
  ) {}

  /** Whoever loads the address of a refused form again, or reads it in another language, is shown the block. */
  @Get(['document', 'sound', 'remove'])
  @ForRoles('admin', 'manager', 'trainer')
  async back(
    @Res() reply: FastifyReply,
    @Author() { actor, course, home }: AuthorRequest,
    @Param() place: Place,
  ): Promise<void> {
    await this.page.assertThere(actor, course, place);
    const [module, part] = [place.module, place.part].map(encodeURIComponent);
    await this.pages.redirect(reply, `${home}/parts/${module}/${part}#attachments`);
  }

  @Post('document')
  @ForRolesUploading(TAKEN_TIMES * DOCUMENT_BYTES + FORM_BYTES, 'admin', 'manager', 'trainer')
  async document(
    @Res() reply: FastifyReply,
    @Author() author: AuthorRequest,
    @Param() place: Place,
    @Body() body: FormBody,
  ): Promise<void> {
    await this.answer(reply, author, place, { kind: 'file', done: 'saved' }, async () => {
      const content: unknown = body?.['document'];
      if (!Buffer.isBuffer(content)) throw new DocumentRefused('document-not-one');
      const sent = { lang: formText(body, 'lang'), content, name: nameOfUpload(content) };
      await this.attachments.giveDocument(author.actor, author.course, blockAt(place, body), sent);
    });
  }

  @Post('sound')
  @ForRolesUploading(TAKEN_TIMES * SOUND_BYTES + FORM_BYTES, 'admin', 'manager', 'trainer')
  async sound(
    @Res() reply: FastifyReply,
    @Author() author: AuthorRequest,
    @Param() place: Place,
    @Body() body: FormBody,
  ): Promise<void> {
    await this.answer(reply, author, place, { kind: 'audio', done: 'saved' }, async () => {
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
    await this.answer(reply, author, place, { kind, done: 'removed' }, () =>
      this.attachments.take(author.actor, author.course, blockAt(place, body), kind, formText(body, 'lang')),
    );
  }

  /** Back to the block when it is done; else the block's page with what is wrong. */
  private async answer(
    reply: FastifyReply,
    { actor, course, locale, home }: AuthorRequest,
    place: Place,
    { kind, done }: { kind: Kind; done: 'saved' | 'removed' },
    work: () => Promise<void>,
  ): Promise<void> {
    const refused = { fields: {}, errors: [], locale };
    try {
      await work();
      const flash = { kind: 'success' as const, key: `courses:${WORDS[kind]}.${done}` };
      await this.pages.redirect(reply, `${home}/parts/${place.module}/${place.part}#attachments`, flash);
    } catch (error) {
      if (error instanceof DraftConflict)
        await this.page.send(reply, actor, course, place, { ...refused, conflict: error.conflict });
      else {
        const attachment = wordsOf(error, kind, locale);
        if (attachment === undefined) throw error;
        const { status } = failureOf(error);
        await this.page.send(reply, actor, course, place, { ...refused, status, attachment });
      }
    }
  }
}

/** Why a file was refused, in the reader's words and units; undefined for what the form cannot say. */
function wordsOf(error: unknown, kind: Kind, locale: Locale): string | undefined {
  if (error instanceof InvalidFields) {
    const details = error.errors.map((each) =>
      each.pointer === '/lang'
        ? `${t(locale, `courses:${WORDS[kind]}.language`)}. ${fieldDetail(locale, each)}`
        : fieldDetail(locale, each),
    );
    return details.join(' ');
  }
  if (!(error instanceof DocumentRefused || error instanceof RecordingRefused)) return undefined;
  return refusalWords(error, locale);
}

function blockAt(place: Place, body: FormBody) {
  return { ...place, revision: Number(formText(body, 'revision')) };
}
