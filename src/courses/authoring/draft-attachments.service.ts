import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { LISTENING_LANGUAGES } from '../../shared/listening/listening-language.js';
import { SoundStudio } from '../../shared/listening/sound-studio.service.js';
import { ANY_LANGUAGE } from '../course-file/attachment.reader.js';
import { TEXT_LANGUAGES } from '../course-file/course-document.js';
import { DOCUMENT_BYTES, documentType } from '../course-file/document-type.js';
import type { CourseText } from '../course-file/course-text.js';
import { CourseSources, type SourceFile } from '../course-source.service.js';
import { DocumentRefused } from './authoring.errors.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftService } from './course-draft.service.js';
import { fileOfPlace, pathOfPart } from './draft-part.js';

/** Languages of a document: one for everybody, or one for each. */
export const FILE_LANGUAGES = [ANY_LANGUAGE, ...TEXT_LANGUAGES] as const;

/** Milliseconds of a recording that is a piece of a lesson; above it one divides it. */
export const LONGEST_SOUND_MS = 600_000;
/** Key of a block under which its files stand, by the kind of the block. */
const KEYS = { file: 'files', audio: 'audio' } as const;

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

/** A recording for a block to play. */
export interface SentSound {
  /** One of the listening languages. */
  readonly lang: string;
  readonly content: Buffer;
  /** A machine speaks. */
  readonly synthetic: boolean;
}

/** Files that come with an edit, and what it changes in the list of the block's files. */
interface Change {
  more(): Promise<Readonly<Record<string, SourceFile>>>;
  change(text: CourseText, list: readonly string[]): void;
}

/** Documents and recordings of drafts: told by their content, kept beside the module, named in the block they belong to. */
@Injectable()
export class DraftAttachments {
  constructor(
    private readonly drafts: CourseDraftService,
    private readonly sources: CourseSources,
    private readonly studio: SoundStudio,
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
    if (content.length > DOCUMENT_BYTES)
      throw new DocumentRefused('document-too-large', { limitBytes: DOCUMENT_BYTES });
    const type = documentType(content);
    if (!type) throw new DocumentRefused('document-not-one');
    if (!FILE_LANGUAGES.some((known) => known === lang))
      throw new InvalidFields([{ pointer: '/lang', code: 'not-a-choice' }]);
    const file = `files/${plainName(name)}-${digestOf(content)}.${type}`;
    await this.edit(actor, course, at, 'file', {
      // Kept only when the edit is taken: what is refused leaves nothing behind.
      more: async () => ({ [`${at.module}/${file}`]: await this.sources.keepMedia(content) }),
      change: (text, files) => {
        const others = FILE_LANGUAGES.filter((each) => (each === ANY_LANGUAGE) !== (lang === ANY_LANGUAGE));
        for (const other of others) text.delete([...files, other]);
        text.set([...files, lang], file);
      },
    });
  }

  /**
   * Puts a recording into a block of kind `audio`, brought to the sound of all the others.
   *
   * @throws RecordingRefused, InvalidFields for an unknown language, NotFound for no such block, DraftConflict
   */
  async giveSound(
    actor: StaffActor,
    course: AuthoredCourse,
    at: BlockAt,
    { lang, content, synthetic }: SentSound,
  ): Promise<void> {
    if (!LISTENING_LANGUAGES.some((known) => known === lang))
      throw new InvalidFields([{ pointer: '/lang', code: 'not-a-choice' }]);
    await this.foresee(actor, course, at, 'audio');
    const sound = await this.studio.make(
      content,
      (made) => readFile(join(made.folder, made.file)),
      LONGEST_SOUND_MS,
    );
    const file = `sounds/${plainName(at.part)}-${lang}-${digestOf(sound)}.m4a`;
    await this.edit(actor, course, at, 'audio', {
      more: async () => ({ [`${at.module}/${file}`]: await this.sources.keepMedia(sound) }),
      change: (text, audio) => {
        text.set([...audio, lang, 'file'], file);
        text.set([...audio, lang, 'synthetic'], synthetic);
      },
    });
  }

  /** Takes a document or a recording out of its block. */
  async take(
    actor: StaffActor,
    course: AuthoredCourse,
    at: BlockAt,
    kind: keyof typeof KEYS,
    lang: string,
  ): Promise<void> {
    const change: Change['change'] = (text, list) => text.delete([...list, lang]);
    await this.edit(actor, course, at, kind, { more: () => Promise.resolve({}), change });
  }

  private async edit(
    actor: StaffActor,
    course: AuthoredCourse,
    { module, part, revision }: BlockAt,
    kind: keyof typeof KEYS,
    { more, change }: Change,
  ): Promise<void> {
    await this.drafts.open(actor, course);
    await this.drafts.edit(actor, course, {
      ...{ file: fileOfPlace(module), part, revision, more },
      apply: (text) => change(text, [...blockOf(text, part, kind), KEYS[kind]]),
    });
  }

  /** Before ffmpeg works for minutes: is there such a block, as its author saw it? @throws NotFound, DraftConflict */
  private async foresee(
    actor: StaffActor,
    course: AuthoredCourse,
    { module, part, revision }: BlockAt,
    kind: keyof typeof KEYS,
  ): Promise<void> {
    const draft = await this.drafts.open(actor, course);
    blockOf(await this.drafts.foresee(draft, { file: fileOfPlace(module), part, revision }), part, kind);
  }
}

/** Path of a block of this kind. @throws NotFound */
function blockOf(text: CourseText, part: string, kind: keyof typeof KEYS): readonly string[] {
  const block = pathOfPart(part);
  if (block.length === 0 || text.get([...block, 'kind']) !== kind) throw new NotFound('part');
  return block;
}

function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, NAME_DIGITS);
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
