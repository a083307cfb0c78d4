import type { ListeningLanguage } from '../shared/listening/listening-language.js';
import type {
  AudioTrack,
  CourseBlock,
  CourseDocument,
  ModuleDocument,
  TextLanguage,
} from './course-file/course-document.js';
import { videoOf } from './course-file/video-of.js';

/** What a version keeps: the files' content, and where the pictures of each module are served. */
export interface PublishedDocument {
  readonly course: CourseDocument;
  /** Bundle of the pictures, by slug of the module. */
  readonly pictures: Readonly<Record<string, string>>;
  /** Bundle of the test's pictures, by their paths inside the course folder. */
  readonly testPictures?: string;
  /** Bundle of what the blocks hand out, by slug of the module, where there is any. */
  readonly attachments?: Readonly<Record<string, string>>;
}

/** A video as it is played; sizes in bytes, lengths in milliseconds, addresses from the site's root. */
export interface PublishedVideo {
  readonly id: string;
  readonly hash: string;
  readonly durationMs: number;
  /** Address of the folder that holds the paths below. */
  readonly base: string;
  readonly master: string;
  readonly poster: { readonly file: string; readonly width: number; readonly height: number };
  readonly renditions: readonly {
    readonly width: number;
    readonly height: number;
    readonly bytes: number;
    readonly playlist: string;
  }[];
  readonly audioOnly: { readonly bytes: number; readonly playlist: string };
  readonly audioTracks: readonly AudioTrack[];
  readonly captions: readonly { readonly lang: TextLanguage; readonly file: string }[];
}

/** A module of the version that is published now. */
export interface PublishedModule {
  readonly id: string;
  readonly slug: string;
  readonly courseId: string;
  readonly courseSlug: string;
  readonly versionId: string;
  /** From 1. */
  readonly position: number;
  readonly document: ModuleDocument;
  /** Percent of the video that must be seen. */
  readonly watchedPercent: number;
  readonly video?: PublishedVideo;
  /** Address of the folder of the card's pictures. */
  readonly picturesBase: string;
  /** Address of the folder of recordings and video, when there are any. */
  readonly mediaBase: string;
  /** Address of the folder of what its blocks hand out, when there is any. */
  readonly attachmentsBase: string;
  /** True for a module of a draft, whose media are for its authors only. */
  readonly isDraft?: true;
}

/** A course in one of its versions: the one published now, or the one that somebody stays on. */
export interface PublishedCourse {
  readonly id: string;
  readonly slug: string;
  readonly versionId: string;
  readonly number: number;
  readonly document: CourseDocument;
  readonly modules: readonly PublishedModule[];
  /** Address of the folder of the test's pictures, where the course has a test. */
  readonly testBase: string;
}

/** A module's own video, as its manifest describes it; its files lie on the shelf. */
export function publishedVideo(id: string, { media, blocks }: ModuleDocument): PublishedVideo | null {
  const video = blocks.flatMap((block) => (block.kind === 'video' ? (videoOf(block, media) ?? []) : []))[0];
  if (!video || !media) return null;
  return { ...video, id, base: `/media/${media.hash}` };
}

/** A sound of a video that a learner may choose. */
export interface VideoSound {
  /** Unset for a film in which nobody speaks. */
  readonly lang?: ListeningLanguage;
  readonly synthetic: boolean;
  /** Playlist of the sound alone, and its bytes. */
  readonly playlist: string;
  readonly bytes: number;
}

/**
 * What can be heard with a video, one sound for each language, the video's own first; a sound that was added in the
 * language that the video speaks stands in its place. A video without a voice is nothing to hear unless others were added.
 */
export function videoSounds({
  audioOnly,
  audioTracks,
}: Pick<PublishedVideo, 'audioOnly' | 'audioTracks'>): VideoSound[] {
  const own = audioTracks.find(({ track }) => !track);
  const added = audioTracks.flatMap(({ lang, synthetic, track }) =>
    track ? [{ lang, synthetic, playlist: track.playlist, bytes: track.bytes }] : [],
  );
  const instead = added.find(({ lang }) => lang === own?.lang);
  const rest = added.filter((each) => each !== instead);
  const { playlist, bytes } = audioOnly;
  if (instead) return [instead, ...rest];
  if (own) return [{ lang: own.lang, synthetic: own.synthetic, playlist, bytes }, ...rest];
  return rest.length > 0 ? [{ synthetic: false, playlist, bytes }, ...rest] : [];
}

/** What a size is called by: the lines of its short side, so that an upright film is as heavy as one that lies. */
export function linesOf({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.min(width, height);
}

/** The block of a kind that a module has once. */
export function blockOf<K extends CourseBlock['kind']>(
  module: ModuleDocument,
  kind: K,
): Extract<CourseBlock, { kind: K }> | undefined {
  return module.blocks.find((block): block is Extract<CourseBlock, { kind: K }> => block.kind === kind);
}

/** Everything that is published, looked up by id or slug. */
export class Catalogue {
  private readonly byCourse = new Map<string, PublishedCourse>();
  private readonly byModule = new Map<string, PublishedModule>();
  private readonly byVideo = new Map<string, PublishedModule[]>();

  constructor(readonly courses: readonly PublishedCourse[]) {
    for (const course of courses) {
      this.byCourse.set(course.id, course).set(course.slug, course);
      for (const module of course.modules) {
        this.byModule.set(module.id, module).set(module.slug, module);
        if (module.video) this.byVideo.set(module.video.id, [...this.withVideo(module.video.id), module]);
      }
    }
  }

  course(key: string): PublishedCourse | undefined {
    return this.byCourse.get(key);
  }

  module(key: string): PublishedModule | undefined {
    return this.byModule.get(key);
  }

  /** The same, with some courses in other versions of theirs. */
  with(others: readonly PublishedCourse[]): Catalogue {
    const other = new Map(others.map((course) => [course.id, course]));
    return new Catalogue(this.courses.map((course) => other.get(course.id) ?? course));
  }

  /** Modules that show this video, in the order of the catalogue. */
  withVideo(videoId: string): readonly PublishedModule[] {
    return this.byVideo.get(videoId) ?? [];
  }
}
