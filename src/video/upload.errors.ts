import { DomainError } from '../shared/errors/domain-error.js';
import { LARGEST_BYTES, MOST_UNFINISHED } from './upload.js';

/** More bytes than are taken, or than were announced. */
export class VideoTooLarge extends DomainError {
  readonly kind = 'too-large';
  readonly code = 'video-too-large';
  override readonly params = { limit: '500 MB' };
  override readonly facts = { limitBytes: LARGEST_BYTES };

  constructor() {
    super(`A video of more than ${LARGEST_BYTES} bytes`);
  }
}

/** What a file is instead of a video. */
export type NoVideo = 'picture' | 'sound' | 'playlist' | 'archive' | 'text' | 'other' | 'empty';

/** By its first bytes it is no video that we take, whatever its name says. */
export class NotAVideo extends DomainError {
  readonly kind = 'unsupported';
  readonly code: `video-is-${NoVideo}`;
  override readonly facts = { taken: ['video/mp4', 'video/quicktime', 'video/webm', 'video/x-matroska'] };

  constructor(readonly what: NoVideo) {
    super(`Not a video: ${what}`);
    this.code = `video-is-${what}`;
  }
}

/** The disk has no room for it, now. */
export class NoRoomForVideo extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'video-no-room';

  constructor() {
    super('The disk has no room for this video');
  }
}

/** Nothing could be made of a video here: the package that is missing is named before a byte is sent. */
export class NoTranscoding extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'video-no-ffmpeg';
  override readonly facts = { missing: 'ffmpeg' };

  constructor() {
    super('ffmpeg is not installed');
  }
}

/** Others have been begun and not ended. */
export class TooManyUnfinished extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'video-too-many-unfinished';
  override readonly params = { limit: MOST_UNFINISHED };
  override readonly facts = { limit: MOST_UNFINISHED };

  constructor() {
    super(`More than ${MOST_UNFINISHED} unfinished uploads`);
  }
}

/** The bytes do not go on where the file ends: whoever sends asks how far it is and sends from there. */
export class OffsetDiffers extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'video-offset-differs';

  constructor() {
    super('The offset is not where the file ends');
  }
}

/** The form broke off before its end; nothing of it is kept. */
export class VideoBrokeOff extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'video-broke-off';

  constructor() {
    super('The form broke off');
  }
}
