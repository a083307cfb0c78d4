import type { ListeningLanguage } from '../shared/listening/listening-language.js';

/** Bytes of the largest video that is taken: 500 MB. */
export const LARGEST_BYTES = 524_288_000;
/** Uploads of an account that are on their way, or whose film is not settled: nobody fills the disk alone. */
export const MOST_UNFINISHED = 3;
/** How long an upload waits for its next byte. */
export const WAITS_MS = 7 * 24 * 3600 * 1000;
/** How long the source of a film that has failed waits for somebody to begin it once more. */
export const FAILED_WAITS_MS = 30 * 24 * 3600 * 1000;

/** What is spoken in a video; `none`: nobody speaks. */
export const SPOKEN = ['ary', 'rif', 'fr', 'ar', 'zgh', 'none'] as const;
export type Spoken = ListeningLanguage | 'none';

/**
 * `receiving` until the last byte is there, then `received`; or `cancelled` by its author, `expired` after a week without
 * a byte or a month after its film has failed, `refused` for what it turned out to be.
 */
export type UploadState = 'receiving' | 'received' | 'cancelled' | 'expired' | 'refused';

/** What somebody sends for a block of a course. */
export interface NewUpload {
  readonly courseId: string;
  /** Folder of the module, and id of the block. */
  readonly module: string;
  readonly part: string;
  readonly spoken: Spoken;
  readonly fileName: string;
  readonly bytes: number;
}

/** A row of `video_upload`; how much of it is there, the file says. */
export interface Upload extends NewUpload {
  readonly id: string;
  readonly accountId: string;
  readonly organisationId: string | null;
  readonly state: UploadState;
  /** Name of the bytes in the file store, once all are there. */
  readonly sha256: string | null;
  /** Why it was refused: the code of the error. */
  readonly refusal: string | null;
  readonly createdAt: Date;
  readonly touchedAt: Date;
}

export function isSpoken(text: string): text is Spoken {
  return SPOKEN.some((each) => each === text);
}
