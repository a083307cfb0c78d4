import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { TEXT_LANGUAGES } from '../course-file/course-document.js';
import { ANY_LANGUAGE } from '../course-file/attachment.reader.js';
import { DOCUMENT_BYTES, documentType } from '../course-file/document-type.js';
import type { CourseText } from '../course-file/course-text.js';
import { CourseSources } from '../course-source.service.js';
import { DocumentRefused } from './authoring.errors.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftService } from './course-draft.service.js';
import { fileOfPlace, pathOfPart } from './draft-part.js';

/** Languages of a document: one for everybody, or one for each. */
export const FILE_LANGUAGES = [ANY_LANGUAGE, ...TEXT_LANGUAGES] as const;

/** Characters of a name that are kept of what the file was called. */
const NAME_LENGTH = 40;
/** Digits of the content's digest in its name: a changed document has another name. */
const NAME_DIGITS = 8;

/** A block of a draft, and the revision that its author had before their eyes. */
export interface BlockAt {
  readonly module: string;
  readonly part: string;
  readonly revision: number;
}

/** What somebody sends for a block to hand out. */
export interface SentFile {
  /** One of {@link FILE_LANGUAGES}. */
  readonly lang: string;
  readonly content: Buffer;
  /** What it was called where it came from; used for a readable name only. */
  readonly name: string;
}

/** Documents of drafts: told by their content, kept beside the module, named in the block that hands them out. */
@Injectable()
export class DraftAttachments {
  constructor(
    private readonly drafts: CourseDraftService,
    private readonly sources: CourseSources,
  ) {}

  /**
   * Puts a document into a block of kind `file`. One for everybody takes the place of those of the languages, and the
   * other way round; what no block names any more leaves the draft.
   *
   * @throws DocumentRefused, InvalidFields for an unknown language, NotFound for no such block, DraftConflict
   */
  async giveDocument(
    actor: StaffActor,
    course: AuthoredCourse,
    at: BlockAt,
    { lang, content, name }: SentFile,
  ): Promise<void> {
    if (content.length > DOCUMENT_BYTES) throw new DocumentRefused('document-too-large', { limit: '10 MB' });
    const type = documentType(content);
    if (!type) throw new DocumentRefused('document-not-one');
    if (!FILE_LANGUAGES.some((known) => known === lang))
      throw new InvalidFields([{ pointer: '/lang', code: 'not-a-choice' }]);
    const digest = createHash('sha256').update(content).digest('hex').slice(0, NAME_DIGITS);
    const file = `files/${plainName(name)}-${digest}.${type}`;
    const more = { [`${at.module}/${file}`]: await this.sources.keepMedia(content) };
    await this.edit(actor, course, at, more, (text, files) => {
      const others = FILE_LANGUAGES.filter((each) => (each === ANY_LANGUAGE) !== (lang === ANY_LANGUAGE));
      for (const other of others) text.delete([...files, other]);
      text.set([...files, lang], file);
    });
  }

  /** Takes a document out of its block. */
  async takeDocument(actor: StaffActor, course: AuthoredCourse, at: BlockAt, lang: string): Promise<void> {
    await this.edit(actor, course, at, {}, (text, files) => text.delete([...files, lang]));
  }

  private async edit(
    actor: StaffActor,
    course: AuthoredCourse,
    { module, part, revision }: BlockAt,
    more: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>,
    change: (text: CourseText, files: readonly string[]) => void,
  ): Promise<void> {
    await this.drafts.open(actor, course);
    const block = pathOfPart(part);
    await this.drafts.edit(actor, course, {
      ...{ file: fileOfPlace(module), part, revision, more },
      apply: (text) => {
        if (block.length === 0 || text.get([...block, 'kind']) !== 'file') throw new NotFound('part');
        change(text, [...block, 'files']);
      },
    });
  }
}

/** A name that any system takes, of one that somebody chose: its Latin letters and digits; `document` where there are none. */
function plainName(name: string): string {
  const stem = name.replace(/\.[^.]*$/, '').normalize('NFKD');
  const plain = stem
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, NAME_LENGTH)
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'document' : plain;
}
