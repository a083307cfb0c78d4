import type { LocalizedText } from '../../shared/i18n/locales.js';
import type { ListeningLanguage } from '../../shared/listening/listening-language.js';

/** Languages a text may be written in, in the order a missing one falls back. */
export const TEXT_LANGUAGES = ['fr', 'ar', 'en'] as const;
/** Languages every text must have. */
export const REQUIRED_LANGUAGES = ['fr', 'ar'] as const;

export type TextLanguage = (typeof TEXT_LANGUAGES)[number];

/** One text in each language it exists in; French and Arabic always do. */
export type { LocalizedText };

/** What the file says beyond what this version knows; kept so that an export gives it back. */
export interface Extensible {
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A word of the trade in both languages. */
export interface GlossaryEntry extends Extensible {
  readonly ar: string;
  readonly fr: string;
}

/** A drawing and what it shows, for those who do not see it. */
export interface CourseImage extends Extensible {
  /** Path inside the module folder. */
  readonly file: string;
  readonly alt: LocalizedText;
}

/** A recording of a block, or a machine's reading of it. */
export interface BlockAudio extends Extensible {
  /** Path inside the module folder. */
  readonly file: string;
  readonly synthetic: boolean;
}

export interface CardBlock extends Extensible {
  readonly kind: 'card';
  readonly id: string;
  readonly title: LocalizedText;
  /** Markdown, at most 60 words in each language. */
  readonly text: LocalizedText;
  readonly image: CourseImage;
  readonly audio: Readonly<Partial<Record<ListeningLanguage, BlockAudio>>>;
  /** What a synthetic voice says instead of the title and text. */
  readonly say: Readonly<Partial<Record<ListeningLanguage, string>>>;
}

/** A picture that is a piece of the lesson by itself: a plan, a photo of the market, a sheet filled in. */
export interface ImageBlock extends Extensible {
  readonly kind: 'image';
  readonly id: string;
  readonly title: LocalizedText;
  readonly image: CourseImage;
  /** What stands under it. */
  readonly caption?: LocalizedText;
}

/** Where the drawing is looked at from a step of a scene on. */
export interface CameraMove {
  /** Step of the scene, from 1. */
  readonly step: number;
  /** Centre of the view in units of the drawing. */
  readonly x: number;
  readonly y: number;
  /** 1 shows the whole drawing, 2 half its width. */
  readonly zoom: number;
}

export interface VideoScene extends Extensible {
  readonly id: string;
  /** Path inside the module folder. */
  readonly picture: string;
  /** Spoken lines by language; as many in each. */
  readonly narration: Readonly<Partial<Record<ListeningLanguage, readonly string[]>>>;
  /** Captions by language, one for each spoken line. */
  readonly caption: { readonly fr: readonly string[]; readonly ar: readonly string[] };
  readonly minSeconds: number;
  readonly camera: readonly CameraMove[];
}

/** The script a video is rendered from. */
export interface VideoScript extends Extensible {
  /** Id of the scene shown before the video plays. */
  readonly poster: string;
  readonly scenes: readonly VideoScene[];
}

export interface VideoBlock extends Extensible {
  readonly kind: 'video';
  readonly id: string;
  readonly title: LocalizedText;
  /** What it shows, for those who do not see it. */
  readonly description?: LocalizedText;
  /** Path inside the module folder; unset for a video that was filmed. */
  readonly scriptFile?: string;
  /** What it is rendered from; unset for a video that was filmed. */
  readonly script?: VideoScript;
  /** The words of its captions, one a caption, by language; of a video that was filmed. */
  readonly captionLines?: Readonly<Partial<Record<TextLanguage, readonly string[]>>>;
}

export interface QuizChoice extends Extensible {
  readonly id: string;
  readonly text: LocalizedText;
  /** Why this choice is right or wrong. */
  readonly feedback: LocalizedText;
}

/** A choice that is a picture, with a word under it. */
export interface PictureChoice extends QuizChoice {
  readonly image: CourseImage;
}

/** One of several things to put in order or to match; the item's reason explains them all. */
export interface QuizPiece extends Extensible {
  readonly id: string;
  readonly text: LocalizedText;
}

/** What is said of each of the two answers of a true or false question. */
export type BooleanFeedback = Readonly<Partial<Record<'true' | 'false', LocalizedText>>>;

interface QuizItemBase extends Extensible {
  readonly id: string;
  readonly prompt: LocalizedText;
  /** A picture beside the question. */
  readonly image?: CourseImage;
  /** False keeps the choices in the order of the file. */
  readonly shuffle?: boolean;
  /** Shown after the answer, whatever it was. */
  readonly reason: LocalizedText;
}

export type QuizItem = QuizItemBase &
  (
    | { readonly kind: 'single'; readonly choices: readonly QuizChoice[]; readonly key: string }
    | { readonly kind: 'picture'; readonly choices: readonly PictureChoice[]; readonly key: string }
    | { readonly kind: 'multiple'; readonly choices: readonly QuizChoice[]; readonly key: readonly string[] }
    /** `key` names every choice, the first one first. */
    | { readonly kind: 'order'; readonly choices: readonly QuizPiece[]; readonly key: readonly string[] }
    /** `key` names the option of each choice. */
    | {
        readonly kind: 'match';
        readonly choices: readonly QuizPiece[];
        readonly options: readonly QuizPiece[];
        readonly key: Readonly<Record<string, string>>;
      }
    | {
        readonly kind: 'boolean';
        readonly key: boolean;
        /** Why that answer is right or wrong. */
        readonly feedback?: BooleanFeedback;
      }
    | {
        readonly kind: 'number';
        readonly key: number;
        readonly tolerance: number;
        readonly unit?: LocalizedText;
      }
  );

export interface QuizBlock extends Extensible {
  readonly kind: 'quiz';
  readonly id: string;
  readonly title: LocalizedText;
  /** Percent of the points needed to pass. */
  readonly pass: number;
  /** How many of the items one attempt asks; unset: all of them. */
  readonly draw?: number;
  /** False keeps all choices in the order of the file. */
  readonly shuffle?: boolean;
  readonly items: readonly QuizItem[];
}

/** The ten questions asked before a course and, the same ones, after it. */
export interface TestDocument extends Extensible {
  readonly title: LocalizedText;
  /** Read to the group, or shown, before the first question. */
  readonly intro: LocalizedText;
  /** Of kinds that can be answered by a letter: single, picture, boolean. */
  readonly items: readonly TestItem[];
}

/** An item of a test. Its pictures are paths inside the course folder. */
export type TestItem = Extract<QuizItem, { kind: 'single' | 'picture' | 'boolean' }> & {
  /** Slug of the module whose objective it checks. */
  readonly module: string;
};

export interface ExerciseBlock extends Extensible {
  readonly kind: 'exercise';
  readonly id: string;
  readonly title: LocalizedText;
  /** Markdown, at most 120 words in each language. */
  readonly text: LocalizedText;
  readonly proof: 'photo' | 'tick';
}

/** A file that comes with a block. */
export interface AttachedFile {
  /** Path inside the module folder. */
  readonly file: string;
  readonly bytes: number;
}

/** A document to take home. */
export interface FileBlock extends Extensible {
  readonly kind: 'file';
  readonly id: string;
  readonly title: LocalizedText;
  /** What it is good for, and how to use it. */
  readonly description?: LocalizedText;
  /** One for everybody (`any`), or one for each language. */
  readonly files: Readonly<Partial<Record<'any' | TextLanguage, AttachedFile>>>;
}

/** A recording that is a piece of the lesson by itself: a testimony, a call, a song of the market. */
export interface AudioBlock extends Extensible {
  readonly kind: 'audio';
  readonly id: string;
  readonly title: LocalizedText;
  /** The recording in each language it is spoken in; at least one. */
  readonly audio: Readonly<Partial<Record<ListeningLanguage, BlockAudio & AttachedFile>>>;
  /** Markdown: what is heard, for those who do not hear it, or not its language. */
  readonly transcript: LocalizedText;
}

export type CourseBlock =
  CardBlock | ImageBlock | VideoBlock | AudioBlock | FileBlock | QuizBlock | ExerciseBlock;

export interface ModuleDocument extends Extensible {
  /** Name of its folder inside the course. */
  readonly folder: string;
  readonly slug: string;
  readonly title: LocalizedText;
  /** Whole minutes for a learner. */
  readonly minutes: number;
  readonly status: 'complete' | 'outline';
  /** Slugs of modules of the same course to do before. */
  readonly requires: readonly string[];
  readonly objectives: readonly LocalizedText[];
  readonly bring: readonly LocalizedText[];
  readonly glossary: readonly GlossaryEntry[];
  /** `watched`: percent of the video to be seen. */
  readonly completion: { readonly watched: number } & Extensible;
  readonly blocks: readonly CourseBlock[];
  /** What the media pipeline wrote, where it did. */
  readonly media?: MediaManifest;
}

export interface CourseDocument extends Extensible {
  readonly format: 1;
  readonly slug: string;
  /** Place in the catalogue. */
  readonly order: number;
  readonly title: LocalizedText;
  readonly summary: LocalizedText;
  readonly audience: LocalizedText;
  readonly objectives: readonly LocalizedText[];
  readonly glossary: readonly GlossaryEntry[];
  readonly modules: readonly ModuleDocument[];
  /** `test.yaml`, where the course has one. */
  readonly test?: TestDocument;
}

/** One playlist of a video; `bandwidth` and `averageBandwidth` in bits per second, with the sound. */
export interface MediaPlaylist {
  readonly playlist: string;
  readonly codecs: string;
  readonly bandwidth: number;
  readonly averageBandwidth: number;
  /** Bytes a viewer downloads at this choice. */
  readonly bytes: number;
}

/** A sound of a video. */
export interface AudioTrack {
  readonly lang: ListeningLanguage;
  /** A machine speaks. */
  readonly synthetic: boolean;
  /** Where it was added to the video, as long as its pictures; unset for the video's own. */
  readonly track?: MediaPlaylist;
}

/** `media/manifest.json`, version 1; paths are inside `media/`. */
export interface MediaManifest {
  readonly format: 1;
  /** SHA-256 over all files but the manifest; names the folder in URLs. */
  readonly hash: string;
  /** SHA-256 over what the media were made from. */
  readonly sourceDigest: string;
  readonly video?: {
    /** Id of the block that it was filmed for; unset for one that is rendered. */
    readonly block?: string;
    /** SHA-256 over `hls/`; progress hangs on it. */
    readonly hash: string;
    /** SHA-256 over what the video was made from. */
    readonly sourceDigest: string;
    readonly durationMs: number;
    readonly master: string;
    readonly poster: {
      readonly file: string;
      readonly width: number;
      readonly height: number;
      readonly bytes: number;
    };
    readonly renditions: readonly (MediaPlaylist & { readonly width: number; readonly height: number })[];
    readonly audioOnly: MediaPlaylist;
    /** What is heard: the video's own sound where somebody speaks, and the sounds added to it. */
    readonly audioTracks: readonly AudioTrack[];
    readonly captions: readonly {
      readonly lang: TextLanguage;
      readonly file: string;
      readonly bytes: number;
      /** Hash of the filmed video that they were written for; another video was put in its place since, where it differs. */
      readonly of?: string;
    }[];
  };
  readonly audio: readonly {
    readonly block: string;
    readonly lang: ListeningLanguage;
    readonly file: string;
    readonly synthetic: boolean;
    readonly durationMs: number;
    readonly bytes: number;
    /** Of a synthetic voice: SHA-256 over what it was made from. */
    readonly sourceDigest?: string;
  }[];
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}
