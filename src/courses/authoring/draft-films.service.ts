import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import type { ShelvedFile } from '../../shared/files/media-shelf.service.js';
import { CatalogueService } from '../catalogue.service.js';
import type {
  CourseDocument,
  LocalizedText,
  MediaManifest,
  VideoBlock,
} from '../course-file/course-document.js';
import { videoOf } from '../course-file/video-of.js';
import { readCaptions } from '../course-file/web-vtt.js';
import type { SourceFile, SourceFiles } from '../course-source.service.js';
import { FilmOfScript } from './authoring.errors.js';
import { type AuthoredCourse, CourseAuthorQuery } from './course-author.query.js';
import { CourseDraftService } from './course-draft.service.js';
import { CourseDraftStore } from './course-draft.store.js';
import {
  CAPTION_LANGUAGES,
  captionFile,
  type Changes,
  DraftMedia,
  type ManifestVideo,
} from './draft-media.js';
import { fileOfPlace } from './draft-part.js';

/** A video made of what somebody filmed, ready to stand in a module: its files are in the file store, its paths are inside `media/`. */
export interface Film {
  /** As the manifest has it, without captions, which authors write. `sourceDigest`: SHA-256 of what was sent. */
  readonly video: Omit<ManifestVideo, 'captions' | 'block'>;
  readonly files: readonly ShelvedFile[];
}

/** Folder of a module, and id of its block. */
export interface FilmPlace {
  readonly module: string;
  readonly part: string;
}

/** What else of the media is a video's, whoever made it. */
const OF_VIDEO = /^(hls\/|poster\.)/;

/** Videos that were filmed, put into drafts. */
@Injectable()
export class DraftFilms {
  constructor(
    private readonly courses: CourseAuthorQuery,
    private readonly catalogue: CatalogueService,
    private readonly drafts: CourseDraftService,
    private readonly store: CourseDraftStore,
    private readonly media: DraftMedia,
  ) {}

  /**
   * A block that a film may be given to, in the open draft or, where none is open, in what is published.
   *
   * @throws NotFound for no such block of kind video; FilmOfScript for one that is rendered from a script
   */
  async place(course: AuthoredCourse, at: FilmPlace): Promise<{ title: LocalizedText; hasFilm: boolean }> {
    const draft = await this.store.find(course.id);
    if (!draft) {
      const version = course.published && (await this.catalogue.version(course.published.id));
      const { block, media } = blockAt(version?.document, at);
      return { title: block.title, hasFilm: videoOf(block, media) !== undefined };
    }
    const files = await this.store.files(draft);
    const { block } = blockAt((await this.drafts.read(course, files)).document, at);
    const media = await this.media.manifest(files, at.module);
    return { title: block.title, hasFilm: videoOf(block, media) !== undefined };
  }

  /**
   * Puts a film into its block as a new revision of the draft, in the transaction that is open; where no draft is open
   * any more, one is opened. Captions of the film before it stay where they fit its length, to be looked at again.
   *
   * @param by who sent it
   * @throws NotFound when the course or the block is gone; FilmOfScript
   */
  async put(
    { accountId }: Pick<StaffActor, 'accountId'>,
    courseId: string,
    at: FilmPlace,
    film: Film,
  ): Promise<void> {
    const course = await this.courses.forOperator(courseId);
    if (!course) throw new NotFound('course');
    await this.drafts.open({ kind: 'staff', accountId }, course);
    const draft = await this.store.lock(course.id);
    const files = await this.store.files(draft);
    const { document } = await this.drafts.read(course, files);
    const { block } = blockAt(document, at);
    const before = await this.media.manifest(files, at.module);
    const { captions, gone } = await this.captionsFor(files, at.module, before?.video, film);
    const video: ManifestVideo = { ...film.video, block: block.id, captions };
    const changes = await this.media.changed(at.module, before ?? emptyManifest(film), video, {
      ...withoutVideo(before),
      ...gone,
      ...Object.fromEntries(film.files.map(({ path, ...file }): [string, SourceFile] => [path, file])),
    });
    await this.store.save(draft, changes, {
      ...{ kind: 'edit', accountId },
      ...{ file: fileOfPlace(at.module), part: at.part },
    });
  }

  /** Captions that fit the new length stay; the others leave with their film. */
  private async captionsFor(
    files: SourceFiles,
    module: string,
    before: ManifestVideo | undefined,
    { video }: Film,
  ): Promise<{ captions: ManifestVideo['captions']; gone: Changes }> {
    if (!before) return { captions: [], gone: {} };
    const isFilm = before.block !== undefined;
    const kept: ManifestVideo['captions'][number][] = [];
    const gone: Record<string, null> = {};
    for (const lang of CAPTION_LANGUAGES) {
      const entry = before.captions.find((each) => each.lang === lang);
      if (!entry) continue;
      const text = await this.media.captions(files, module, before, lang);
      const { problems } = readCaptions(text, { durationMs: video.durationMs });
      if (isFilm && problems.length === 0) kept.push({ ...entry, of: entry.of ?? before.hash });
      else gone[captionFile(before, lang)] = null;
    }
    return { captions: kept, gone };
  }
}

/** The block and the media of its module. @throws NotFound, FilmOfScript */
function blockAt(
  document: CourseDocument | undefined,
  { module, part }: FilmPlace,
): { block: VideoBlock; media: MediaManifest | undefined } {
  const found = document?.modules.find(({ folder }) => folder === module);
  const block = found?.blocks.find(({ id }) => id === part);
  if (block?.kind !== 'video') throw new NotFound('part');
  // One video a module: another that has a script would be played in its place.
  if (found?.blocks.some((each) => each.kind === 'video' && each.script)) throw new FilmOfScript(part);
  return { block, media: found?.media };
}

function withoutVideo(before: MediaManifest | undefined): Record<string, null> {
  const paths = (before?.files ?? []).map(({ path }) => path).filter((path) => OF_VIDEO.test(path));
  return Object.fromEntries(paths.map((path) => [path, null]));
}

function emptyManifest({ video }: Film): MediaManifest {
  return { format: 1, hash: '', sourceDigest: video.sourceDigest, audio: [], files: [] };
}
