import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { type FieldError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import type { MediaManifest, VideoBlock } from '../course-file/course-document.js';
import type { CourseText } from '../course-file/course-text.js';
import { CourseSources, type SourceFile, type SourceFiles } from '../course-source.service.js';
import { folderHash } from '../media/media-files.js';
import { lastMoment } from '../media/still.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftService } from './course-draft.service.js';
import { WHOLE } from './draft-part.js';
import { readCaptions, shownCaptions, writtenCaptions } from './web-vtt.js';

export const CAPTION_LANGUAGES = ['fr', 'ar'] as const;
type CaptionLanguage = (typeof CAPTION_LANGUAGES)[number];

/** What can be changed of a rendered video without rendering it again. */
export interface VideoEdit {
  /** WebVTT as it is shown, by language. */
  readonly captions: Readonly<Record<CaptionLanguage, string>>;
  /** Id of the scene whose last moment is the still picture. */
  readonly poster: string;
}

/** A video of a draft, with what there is to change. */
export interface DraftVideo extends VideoEdit {
  readonly scenes: readonly string[];
  /** Path of the still picture below the course's folder. */
  readonly posterFile: string;
  readonly durationMs: number;
}

type Video = NonNullable<MediaManifest['video']>;
type Writable<T> = { -readonly [K in keyof T]: T[K] };
interface Rendered {
  readonly block: VideoBlock;
  readonly manifest: MediaManifest & { readonly video: Video };
}

/**
 * Captions and the still picture of a video that is there. Captions go into the script too, line for line, so that the
 * spoken text beside the video and the next rendering say the same.
 */
@Injectable()
export class DraftVideos {
  constructor(
    private readonly drafts: CourseDraftService,
    private readonly sources: CourseSources,
  ) {}

  /** @returns undefined for a part that is no video, or one that is not rendered */
  async find(
    course: AuthoredCourse,
    files: SourceFiles,
    { module, part }: { module: string; part: string },
  ): Promise<DraftVideo | undefined> {
    const found = await this.rendered(course, files, module, part);
    if (!found) return undefined;
    const { block, manifest } = found;
    const { video } = manifest;
    const captions = { fr: '', ar: '' };
    for (const lang of CAPTION_LANGUAGES)
      captions[lang] = shownCaptions(await this.textOf(files, `${module}/media/${fileOf(video, lang)}`));
    const scenes = block.script.scenes.map(({ id }) => id);
    const posterFile = `${module}/media/${video.poster.file}`;
    return { captions, poster: block.script.poster, scenes, posterFile, durationMs: video.durationMs };
  }

  /**
   * @returns the new revision
   * @throws NotFound; InvalidFields naming the line; DraftConflict when somebody changed the script meanwhile
   */
  async save(
    actor: StaffActor,
    course: AuthoredCourse,
    place: { module: string; part: string },
    edit: VideoEdit,
    revision: number,
  ): Promise<number> {
    const { files } = await this.drafts.open(actor, course);
    const found = await this.rendered(course, files, place.module, place.part);
    if (!found) throw new NotFound('video');
    const { block, manifest } = found;
    const count = block.script.scenes.reduce((sum, { narration }) => sum + (narration.fr?.length ?? 0), 0);
    const errors: FieldError[] = block.script.scenes.some(({ id }) => id === edit.poster)
      ? []
      : [{ pointer: '/poster', code: 'required' }];
    const rules = { durationMs: manifest.video.durationMs, count };
    const lines = new Map<CaptionLanguage, readonly [string[], string[]]>();
    for (const lang of CAPTION_LANGUAGES) {
      const { cues, problems } = readCaptions(edit.captions[lang], rules);
      errors.push(
        ...problems
          .slice(0, 1)
          .map(({ code, params }) => ({ pointer: `/captions/${lang}`, code: `course-${code}`, params })),
      );
      const before = readCaptions(
        await this.textOf(files, `${place.module}/media/${fileOf(manifest.video, lang)}`),
        rules,
      );
      lines.set(lang, [before.cues.map(({ text }) => text), cues.map(({ text }) => text)]);
    }
    if (errors.length > 0) throw new InvalidFields(errors);
    const file = `${place.module}/video.yaml`;
    return this.drafts.edit(actor, course, {
      ...{ file, part: WHOLE, revision },
      apply: (text) => {
        if (text.get(['poster']) !== edit.poster) text.set(['poster'], edit.poster);
        for (const [lang, [before, after]] of lines) writeLines(text, block, lang, before, after);
      },
      more: (now) => this.media(now, place.module, found, edit),
    });
  }

  /** The files that change: captions, the still picture, and the list that says so. */
  private async media(
    files: SourceFiles,
    module: string,
    { block }: Rendered,
    edit: VideoEdit,
  ): Promise<Record<string, SourceFile>> {
    const changed: Record<string, SourceFile> = {};
    const before = await this.manifestOf(files, module);
    if (!before) throw new NotFound('video');
    const manifest: Writable<Rendered['manifest']> = { ...before };
    const put = async (path: string, content: Buffer): Promise<void> => {
      const kept = await this.sources.keepMedia(content);
      changed[`${module}/media/${path}`] = kept;
      manifest.files = [
        ...manifest.files.filter((file) => file.path !== path),
        { path, bytes: kept.bytes, sha256: kept.sha256 },
      ].sort((a, b) => (a.path < b.path ? -1 : 1));
    };
    for (const lang of CAPTION_LANGUAGES) {
      const path = fileOf(manifest.video, lang);
      const written = Buffer.from(writtenCaptions(edit.captions[lang], lang));
      if (written.equals(Buffer.from(await this.textOf(files, `${module}/media/${path}`)))) continue;
      await put(path, written);
      const others = manifest.video.captions.filter((each) => each.lang !== lang);
      manifest.video = {
        ...manifest.video,
        captions: [...others, { lang, file: path, bytes: written.length }].sort((a, b) =>
          a.lang < b.lang ? 1 : -1,
        ),
      };
    }
    const scene = block.script.scenes.find(({ id }) => id === edit.poster);
    const drawing = scene && files[`${module}/${scene.picture}`];
    if (drawing && edit.poster !== block.script.poster) {
      const jpeg = await lastMoment((await this.sources.read(drawing)).toString('utf8'), scene);
      await put(manifest.video.poster.file, jpeg);
      manifest.video = { ...manifest.video, poster: { ...manifest.video.poster, bytes: jpeg.length } };
    }
    if (Object.keys(changed).length === 0) return {};
    manifest.hash = folderHash(manifest.files);
    const list = await this.sources.keep(Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`));
    return { ...changed, [`${module}/media/manifest.json`]: list };
  }

  private async rendered(
    course: AuthoredCourse,
    files: SourceFiles,
    module: string,
    part: string,
  ): Promise<Rendered | undefined> {
    const manifest = await this.manifestOf(files, module);
    if (!manifest) return undefined;
    const { document } = await this.drafts.read(course, files);
    const block = document?.modules
      .find(({ folder }) => folder === module)
      ?.blocks.find(({ id }) => id === part);
    return block?.kind === 'video' ? { block, manifest } : undefined;
  }

  private async manifestOf(files: SourceFiles, module: string): Promise<Rendered['manifest'] | undefined> {
    const text = await this.textOf(files, `${module}/media/manifest.json`);
    const manifest = text === '' ? undefined : (JSON.parse(text) as MediaManifest);
    return manifest?.video ? { ...manifest, video: manifest.video } : undefined;
  }

  private async textOf(files: SourceFiles, path: string): Promise<string> {
    const file = files[path];
    return file ? (await this.sources.read(file)).toString('utf8') : '';
  }
}

function fileOf({ captions }: Video, lang: CaptionLanguage): string {
  return captions.find((each) => each.lang === lang)?.file ?? `captions.${lang}.vtt`;
}

/** Captions that were changed into the scenes of the script, line by line. */
function writeLines(
  text: CourseText,
  { script }: VideoBlock,
  lang: CaptionLanguage,
  before: readonly string[],
  after: readonly string[],
): void {
  let from = 0;
  for (const { id, narration } of script.scenes) {
    const place = [from, (from += narration.fr?.length ?? 0)] as const;
    const own = after.slice(...place);
    if (JSON.stringify(own) !== JSON.stringify(before.slice(...place)))
      text.set(['scenes', `#${id}`, 'caption', lang], own);
  }
}
