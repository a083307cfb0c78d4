import { DomainError } from '../errors/domain-error.js';

/** A media file is not the one its manifest names: it was changed by hand or broke on its way. */
export class MediaFileChanged extends Error {
  constructor(file: string) {
    super(`${file} is not the file its manifest.json describes: render the media again`);
    this.name = 'MediaFileChanged';
  }
}

/** An address of private media that we never made. */
export class MediaLinkRefused extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'media-link-refused';

  constructor() {
    super('No pass of ours for these media');
  }
}

/** An address of private media whose days are over; the page that named it names a new one. */
export class MediaLinkExpired extends DomainError {
  readonly kind = 'gone';
  readonly code = 'media-link-expired';

  constructor() {
    super('The pass for these media has expired');
  }
}
