import { Injectable } from '@nestjs/common';
import { MediaShelf } from '../../shared/files/media-shelf.service.js';
import { PrivateMedia } from '../../shared/files/private-media.service.js';
import type { MediaManifest, VideoBlock } from '../course-file/course-document.js';
import { videoOf } from '../course-file/video-of.js';
import { shownCaptions, writtenCaptions } from '../course-file/web-vtt.js';
import { CourseSources, type SourceFile, type SourceFiles } from '../course-source.service.js';
import { folderHash } from '../../shared/film/media-files.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftService } from './course-draft.service.js';
import type { PartPlace } from './draft-part.js';

export const CAPTION_LANGUAGES = ['fr', 'ar'] as const;
export type CaptionLanguage = (typeof CAPTION_LANGUAGES)[number];

/** Folder of the languages that were added to a video, below `media/`. */
export const TRACKS = 'tracks';

export type ManifestVideo = NonNullable<MediaManifest['video']>;
export type VideoManifest = MediaManifest & { readonly video: ManifestVideo };
export type Changes = Readonly<Record<string, SourceFile | null>>;

/** A block of a draft and its video. */
export interface FoundVideo {
  readonly block: VideoBlock;
  readonly manifest: VideoManifest;
}

/** The media of a module as a draft holds them: files below `media/`, and the list that says what they are. */
@Injectable()
export class DraftMedia {
  constructor(
    private readonly drafts: CourseDraftService,
    private readonly sources: CourseSources,
    private readonly shelf: MediaShelf,
    private readonly passes: PrivateMedia,
  ) {}

  /** Address of the folder of a draft's media, for a day or two: nobody else may have them before they are published. */
  folderOf({ hash }: Pick<MediaManifest, 'hash'>): string {
    return this.passes.folder(hash);
  }

  /** @returns undefined for a part that is no video, or one that is not there yet */
  async find(
    course: AuthoredCourse,
    files: SourceFiles,
    { module, part }: PartPlace,
  ): Promise<FoundVideo | undefined> {
    const manifest = await this.manifest(files, module);
    if (!manifest) return undefined;
    const { document } = await this.drafts.read(course, files);
    const block = document?.modules
      .find(({ folder }) => folder === module)
      ?.blocks.find(({ id }) => id === part);
    if (block?.kind !== 'video') return undefined;
    const video = videoOf(block, manifest);
    return video && { block, manifest: { ...manifest, video } };
  }

  async manifest(files: SourceFiles, module: string): Promise<MediaManifest | undefined> {
    const text = await this.textOf(files, listOf(module));
    return text === '' ? undefined : (JSON.parse(text) as MediaManifest);
  }

  /** Captions as they are edited; empty where there are none. */
  async captions(
    files: SourceFiles,
    module: string,
    video: ManifestVideo,
    lang: CaptionLanguage,
  ): Promise<string> {
    return shownCaptions(await this.textOf(files, `${module}/media/${captionFile(video, lang)}`));
  }

  /** Captions that somebody typed, as files and as entries of the list; those that say the same are left as they are. */
  async withCaptions(
    files: SourceFiles,
    module: string,
    video: ManifestVideo,
    typed: Readonly<Record<CaptionLanguage, string>>,
    of?: string,
  ): Promise<{ video: ManifestVideo; changes: Record<string, SourceFile> }> {
    const changes: Record<string, SourceFile> = {};
    let captions = video.captions;
    for (const lang of CAPTION_LANGUAGES) {
      const file = captionFile(video, lang);
      const others = captions.filter((each) => each.lang !== lang);
      if (typed[lang].trim() === '') {
        captions = others;
        continue;
      }
      const written = Buffer.from(writtenCaptions(typed[lang], lang));
      const isNew = !written.equals(Buffer.from(await this.textOf(files, `${module}/media/${file}`)));
      if (isNew) changes[file] = await this.sources.keepCaptions(written);
      captions = [...others, { lang, file, bytes: written.length, ...(of === undefined ? {} : { of }) }];
    }
    // French before Arabic, as the pipeline writes them.
    captions = [...captions].sort((a, b) => (a.lang < b.lang ? 1 : -1));
    return { video: { ...video, captions }, changes };
  }

  /**
   * The draft's files that change when these media do, their list among them; what the list names is on the shelf from
   * now on, so that the preview plays it. Within the transaction that saves the draft.
   *
   * @param changes by path below `media/`; `null` takes a file away
   */
  async changed(
    module: string,
    before: MediaManifest,
    video: ManifestVideo | undefined,
    changes: Changes,
  ): Promise<Changes> {
    const kept = before.files.filter(({ path }) => !(path in changes));
    const come = Object.entries(changes).flatMap(([path, file]) => (file ? [{ path, ...file }] : []));
    const list = [...kept, ...come].map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }));
    const files = list.sort((a, b) => (a.path < b.path ? -1 : 1));
    const hash = folderHash(files);
    const manifest: MediaManifest = { ...before, hash, ...(video ? { video } : {}), files };
    await this.shelf.shelve(manifest.hash, files);
    const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
    const below = Object.entries(changes).map(([path, file]) => [`${module}/media/${path}`, file] as const);
    return { ...Object.fromEntries(below), [listOf(module)]: await this.sources.keep(text) };
  }

  /** What leaves the draft with a block: the film that was made for it, and its captions. */
  async withoutFilm(files: SourceFiles, module: string, part: string): Promise<Changes> {
    const before = await this.manifest(files, module);
    if (!before || before.video?.block !== part) return {};
    const { video, ...rest } = before;
    const own = [video.poster.file, ...video.captions.map(({ file }) => file)];
    const gone = before.files.flatMap(({ path }) =>
      isOfVideo(path) || own.includes(path) ? [[path, null] as const] : [],
    );
    return this.changed(module, rest, undefined, Object.fromEntries(gone));
  }

  private async textOf(files: SourceFiles, path: string): Promise<string> {
    const file = files[path];
    return file ? (await this.sources.read(file)).toString('utf8') : '';
  }
}

/** Path of the captions below `media/`, where they are or would be. */
export function captionFile({ captions }: ManifestVideo, lang: CaptionLanguage): string {
  return captions.find((each) => each.lang === lang)?.file ?? `captions.${lang}.vtt`;
}

/** Is this a path of pictures and sounds: as the video was made, or of a language that was added to it? */
export function isOfVideo(path: string): boolean {
  return path.startsWith('hls/') || path.startsWith(`${TRACKS}/`);
}

function listOf(module: string): string {
  return `${module}/media/manifest.json`;
}
