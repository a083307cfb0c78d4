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
import type { SourceFile } from '../course-source.service.js';
import { FilmElsewhere, FilmOfScript } from './authoring.errors.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftService } from './course-draft.service.js';
import { CourseDraftStore } from './course-draft.store.js';
import { type Changes, DraftMedia, isOfVideo, type ManifestVideo } from './draft-media.js';
import { DraftOpening } from './draft-opening.service.js';
import { fileOfPlace, type PartPlace } from './draft-part.js';

/** A video made of what somebody filmed, ready to stand in a module: its files are in the file store, its paths are inside `media/`. */
export interface Film {
  /** As the manifest has it, without captions, which authors write. `sourceDigest`: SHA-256 of what was sent. */
  readonly video: Omit<ManifestVideo, 'captions' | 'block'>;
  readonly files: readonly ShelvedFile[];
}

/** Videos that were filmed, put into drafts. */
@Injectable()
export class DraftFilms {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly opening: DraftOpening,
    private readonly drafts: CourseDraftService,
    private readonly store: CourseDraftStore,
    private readonly media: DraftMedia,
  ) {}

  /**
   * A block that a film may be given to, in the open draft or, where none is open, in what is published.
   *
   * @throws NotFound for no such block of kind video; FilmOfScript for one that is rendered from a script; FilmElsewhere
   *   where another block of the module has a film
   */
  async place(course: AuthoredCourse, at: PartPlace): Promise<{ title: LocalizedText; hasFilm: boolean }> {
    const draft = await this.store.find(course.id);
    if (!draft) {
      const version = course.published && (await this.catalogue.version(course.published.id));
      const { block, media } = blockAt(version?.document, at);
      refuseSecond(version?.document, at, media);
      return { title: block.title, hasFilm: videoOf(block, media) !== undefined };
    }
    const files = await this.store.files(draft);
    const { document } = await this.drafts.read(course, files);
    const { block } = blockAt(document, at);
    const media = await this.media.manifest(files, at.module);
    refuseSecond(document, at, media);
    return { title: block.title, hasFilm: videoOf(block, media) !== undefined };
  }

  /**
   * Puts a film into its block as a new revision of the draft, in the transaction that is open; where no draft is open
   * any more, one is opened. Captions of the film before it stay, to be looked at again.
   *
   * @param by who sent it
   * @throws NotFound of `course` or `part` when it is gone; FilmOfScript, FilmElsewhere
   */
  async put(
    { accountId }: Pick<StaffActor, 'accountId'>,
    courseId: string,
    at: PartPlace,
    film: Film,
  ): Promise<void> {
    const { course, draft } = await this.opening.locked(accountId, courseId);
    const files = await this.store.files(draft);
    const { document } = await this.drafts.read(course, files);
    const { block } = blockAt(document, at);
    const before = await this.media.manifest(files, at.module);
    refuseSecond(document, at, before);
    const { captions, gone } = captionsFor(before?.video, block.id);
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
}

/** Captions of the block's own film stay with a new one, and say which they were written for; others leave with theirs. */
function captionsFor(
  before: ManifestVideo | undefined,
  part: string,
): { captions: ManifestVideo['captions']; gone: Changes } {
  if (before?.block === part)
    return { captions: before.captions.map((each) => ({ ...each, of: each.of ?? before.hash })), gone: {} };
  const gone = (before?.captions ?? []).map(({ file }) => [file, null] as const);
  return { captions: [], gone: Object.fromEntries(gone) };
}

/** A module plays one video. @throws FilmElsewhere where another block that is there has it */
function refuseSecond(
  document: CourseDocument | undefined,
  { module, part }: PartPlace,
  media: MediaManifest | undefined,
): void {
  const owner = media?.video?.block;
  if (owner === undefined || owner === part) return;
  const blocks = document?.modules.find(({ folder }) => folder === module)?.blocks ?? [];
  if (blocks.some(({ id, kind }) => id === owner && kind === 'video')) throw new FilmElsewhere(part);
}

/** The block and the media of its module. @throws NotFound, FilmOfScript */
function blockAt(
  document: CourseDocument | undefined,
  { module, part }: PartPlace,
): { block: VideoBlock; media: MediaManifest | undefined } {
  const found = document?.modules.find(({ folder }) => folder === module);
  const block = found?.blocks.find(({ id }) => id === part);
  if (block?.kind !== 'video') throw new NotFound('part');
  // One video a module: another that has a script would be played in its place.
  if (found?.blocks.some((each) => each.kind === 'video' && each.script)) throw new FilmOfScript(part);
  return { block, media: found?.media };
}

function withoutVideo(before: MediaManifest | undefined): Record<string, null> {
  const poster = before?.video?.poster.file;
  const paths = (before?.files ?? []).map(({ path }) => path);
  return Object.fromEntries(
    paths.filter((path) => isOfVideo(path) || path === poster).map((path) => [path, null]),
  );
}

function emptyManifest({ video }: Film): MediaManifest {
  return { format: 1, hash: '', sourceDigest: video.sourceDigest, audio: [], files: [] };
}
