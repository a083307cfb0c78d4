import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { type FieldError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import type { VideoScript } from '../course-file/course-document.js';
import type { CourseText } from '../course-file/course-text.js';
import { typedCaptions, type TypedCaptions } from '../course-file/sub-rip.js';
import { readCaptions } from '../course-file/web-vtt.js';
import { CourseSources, type SourceFile, type SourceFiles } from '../course-source.service.js';
import { lastMoment } from '../media/still.js';
import { linesOf } from '../published-course.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftService } from './course-draft.service.js';
import {
  CAPTION_LANGUAGES,
  type CaptionLanguage,
  type Changes,
  DraftMedia,
  type FoundVideo,
  type ManifestVideo,
} from './draft-media.js';
import { type PartPlace, WHOLE } from './draft-part.js';
import { FilmCaptions } from './film-captions.service.js';

/** What can be changed of a video that is there without making it again. */
export interface VideoEdit {
  /** WebVTT as it is shown, by language; what is typed may be SubRip. */
  readonly captions: Readonly<Record<CaptionLanguage, string>>;
  /** Id of the scene whose last moment is the still picture; empty for a video that was filmed. */
  readonly poster: string;
}

/** A video of a draft, with what there is to change. */
export interface DraftVideo extends VideoEdit {
  readonly isFilm: boolean;
  /** Its captions were written for the film before it, and nobody has looked at them since. */
  readonly hasOldCaptions: boolean;
  /** Scenes of its script; none of a video that was filmed. */
  readonly scenes: readonly string[];
  /** Path of the still picture below the course's folder. */
  readonly posterFile: string;
  readonly durationMs: number;
  /** How many captions there must be, where they are those of a script. */
  readonly lines?: number;
  /** What is heard: its own sound, and the languages added to it. */
  readonly audioTracks: ManifestVideo['audioTracks'];
  /** Lines and bytes of each choice that a learner has, the smallest first. */
  readonly sizes: readonly { readonly lines: number; readonly bytes: number }[];
}

/**
 * Captions and the still picture of a video that is there. Where it has a script, captions go into it too, line for
 * line, so that the spoken text beside the video and the next rendering say the same.
 */
@Injectable()
export class DraftVideos {
  constructor(
    private readonly drafts: CourseDraftService,
    private readonly media: DraftMedia,
    private readonly films: FilmCaptions,
    private readonly sources: CourseSources,
  ) {}

  /** @returns undefined for a part that is no video, or one that is not there yet */
  async find(course: AuthoredCourse, files: SourceFiles, place: PartPlace): Promise<DraftVideo | undefined> {
    const found = await this.media.find(course, files, place);
    if (!found) return undefined;
    const { script } = found.block;
    const { video } = found.manifest;
    const captions = { fr: '', ar: '' };
    for (const lang of CAPTION_LANGUAGES)
      captions[lang] = await this.media.captions(files, place.module, video, lang);
    return {
      ...{ captions, poster: script?.poster ?? '', isFilm: script === undefined },
      hasOldCaptions: video.captions.some(({ of = video.hash }) => of !== video.hash),
      scenes: script?.scenes.map(({ id }) => id) ?? [],
      posterFile: `${place.module}/media/${video.poster.file}`,
      ...{ durationMs: video.durationMs, audioTracks: video.audioTracks },
      ...(script ? { lines: spokenLines(script) } : {}),
      sizes: video.renditions
        .map((each) => ({ lines: linesOf(each), bytes: each.bytes }))
        .sort((a, b) => a.lines - b.lines),
    };
  }

  /**
   * @returns the new revision
   * @throws NotFound; InvalidFields naming the line; DraftConflict when somebody changed the same meanwhile
   */
  async save(
    actor: StaffActor,
    course: AuthoredCourse,
    place: PartPlace,
    edit: VideoEdit,
    revision: number,
  ): Promise<number> {
    const { files } = await this.drafts.open(actor, course);
    const found = await this.media.find(course, files, place);
    if (!found) throw new NotFound('video');
    const { script } = found.block;
    const typed = { fr: typedCaptions(edit.captions.fr), ar: typedCaptions(edit.captions.ar) };
    if (!script) return this.films.save(actor, course, place, typed, revision);
    const lines = await this.linesOf(files, place.module, script, found.manifest.video, edit.poster, typed);
    const saved = { ...edit, captions: { fr: typed.fr.vtt, ar: typed.ar.vtt } };
    return this.drafts.edit(actor, course, {
      ...{ file: `${place.module}/video.yaml`, part: WHOLE, revision },
      apply: (text) => {
        if (text.get(['poster']) !== edit.poster) text.set(['poster'], edit.poster);
        for (const [lang, [before, after]] of lines) writeLines(text, script, lang, before, after);
      },
      more: (now) => this.changes(now, place.module, found, saved),
    });
  }

  /** What each language said and is to say, a caption each. @throws InvalidFields */
  private async linesOf(
    files: SourceFiles,
    module: string,
    script: VideoScript,
    video: ManifestVideo,
    poster: string,
    typed: Readonly<Record<CaptionLanguage, TypedCaptions>>,
  ): Promise<Map<CaptionLanguage, readonly [string[], string[]]>> {
    const errors: FieldError[] = script.scenes.some(({ id }) => id === poster)
      ? []
      : [{ pointer: '/poster', code: 'required' }];
    const rules = { durationMs: video.durationMs, count: spokenLines(script) };
    const lines = new Map<CaptionLanguage, readonly [string[], string[]]>();
    for (const lang of CAPTION_LANGUAGES) {
      const { vtt, before: shift } = typed[lang];
      const { cues, problems } = readCaptions(vtt, { ...rules, before: shift });
      errors.push(
        ...problems
          .slice(0, 1)
          .map(({ code, params }) => ({ pointer: `/captions/${lang}`, code: `course-${code}`, params })),
      );
      const before = readCaptions(await this.media.captions(files, module, video, lang), rules);
      lines.set(lang, [before.cues.map(({ text }) => text), cues.map(({ text }) => text)]);
    }
    if (errors.length > 0) throw new InvalidFields(errors);
    return lines;
  }

  /** The files that change: captions, the still picture, and the list that says so. */
  private async changes(
    files: SourceFiles,
    module: string,
    { block }: FoundVideo,
    edit: VideoEdit,
  ): Promise<Changes> {
    const before = await this.media.manifest(files, module);
    if (!before?.video || !block.script) throw new NotFound('video');
    const written = await this.media.withCaptions(files, module, before.video, edit.captions);
    const changes: Record<string, SourceFile> = written.changes;
    let { video } = written;
    const scene = block.script.scenes.find(({ id }) => id === edit.poster);
    const drawing = scene && files[`${module}/${scene.picture}`];
    if (drawing && edit.poster !== block.script.poster) {
      const jpeg = await lastMoment((await this.sources.read(drawing)).toString('utf8'), scene);
      changes[video.poster.file] = await this.sources.keepMedia(jpeg);
      video = { ...video, poster: { ...video.poster, bytes: jpeg.length } };
    }
    return Object.keys(changes).length === 0 ? {} : this.media.changed(module, before, video, changes);
  }
}

/** Lines that are spoken, each with its caption. */
function spokenLines({ scenes }: VideoScript): number {
  return scenes.reduce((sum, { narration }) => sum + (narration.fr?.length ?? 0), 0);
}

/** Captions that were changed into the scenes of the script, line by line. */
function writeLines(
  text: CourseText,
  script: VideoScript,
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
