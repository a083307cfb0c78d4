import { DomainError } from '../shared/errors/domain-error.js';

/** Why no film is made of a file; nothing but another file mends it. */
export type RefusedFilm =
  | 'not-video'
  | 'no-picture'
  | 'codec'
  | 'too-long'
  | 'too-large'
  | 'too-many-pixels'
  | 'too-small'
  | 'stretched'
  | 'cut'
  | 'broken-off'
  | 'damaged'
  | 'superseded'
  | 'place-gone';

/** Why no film was made although one may be: the same file is worth another try. */
export type FailedFilm = 'no-room' | 'too-slow' | 'no-ffmpeg' | 'interrupted' | 'broke';

export type FilmParams = Readonly<Record<string, string | number>>;

/** Stable codes, as rows, problems and locales have them. */
export type FilmCode = `film-${RefusedFilm | FailedFilm}`;

/** A file that no film is made of. */
export class FilmRefused extends Error {
  readonly code: FilmCode;

  constructor(
    why: RefusedFilm,
    readonly params: FilmParams = {},
  ) {
    super(`No film: ${why}`);
    this.name = 'FilmRefused';
    this.code = `film-${why}`;
  }
}

/** The work broke off; the file may be well. `detail` is for the log. */
export class FilmFailed extends Error {
  readonly code: FilmCode;

  constructor(why: FailedFilm, detail = '') {
    super(`Film ${why}${detail === '' ? '' : `: ${detail}`}`);
    this.name = 'FilmFailed';
    this.code = `film-${why}`;
  }
}

/** It is being made, or is in its place: there is nothing to begin again. */
export class FilmNotFailed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'film-not-failed';

  constructor() {
    super('The film has not failed');
  }
}

const NO_FAULT_OF_THE_FILE: readonly FailedFilm[] = [
  'no-room',
  'too-slow',
  'no-ffmpeg',
  'interrupted',
  'broke',
];

/** Failures after which the same file may become a film all the same. */
export const WORTH_ANOTHER_TRY: readonly string[] = NO_FAULT_OF_THE_FILE.map((why) => `film-${why}`);

/** Does another try of the same file promise anything? */
export function isWorthAnotherTry(code: string): boolean {
  return WORTH_ANOTHER_TRY.includes(code);
}
