import { DomainError, type ErrorKind } from '../errors/domain-error.js';

/** Why a recording is not taken. */
export type RefusedSound =
  | 'empty'
  | 'not-sound'
  | 'corrupt'
  | 'too-large'
  | 'too-long'
  | 'too-short'
  | 'silent'
  | 'too-slow'
  | 'no-ffmpeg';

const KINDS: Readonly<Partial<Record<RefusedSound, ErrorKind>>> = {
  'too-large': 'too-large',
  'not-sound': 'unsupported',
  'no-ffmpeg': 'unavailable',
};

/** A sound that cannot be kept; the code says why. */
export class RecordingRefused extends DomainError {
  readonly kind: ErrorKind;
  readonly code: `recording-${RefusedSound}`;

  constructor(
    readonly why: RefusedSound,
    override readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(`Recording refused: ${why}`);
    this.kind = KINDS[why] ?? 'invalid';
    this.code = `recording-${why}`;
  }
}

/** The words were changed while somebody read them aloud: what was said is not what stands there now. */
export class RecordingWordsChanged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'recording-words-changed';

  constructor(line: string) {
    super(`The words of ${line} were changed`);
  }
}
