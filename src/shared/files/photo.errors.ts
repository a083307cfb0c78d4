import { DomainError } from '../errors/domain-error.js';

/** A photo of more bytes than we take. */
export class PhotoTooLarge extends DomainError {
  readonly kind = 'too-large';
  readonly code = 'photo-too-large';
  override readonly params;
  override readonly facts;

  constructor(limitBytes: number) {
    super(`A photo of more than ${limitBytes} bytes`);
    this.params = { limit: `${limitBytes / 1024 / 1024} MB` };
    this.facts = { limitBytes };
  }
}

/** By its content it is no picture that we read, whatever its name says. */
export class NotAPhoto extends DomainError {
  readonly kind = 'unsupported';
  readonly code = 'photo-wrong-type';
  override readonly facts = { taken: ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] };

  constructor() {
    super('Not a JPEG, PNG, WebP or AVIF picture');
  }
}

/** It begins as a picture and cannot be read to its end, or is larger than any camera makes. */
export class PhotoUnusable extends DomainError {
  readonly kind = 'invalid';
  override readonly params;
  override readonly facts;

  constructor(
    /** `photo-heic`: a HEIF file whose content is HEVC, which no free decoder reads. */
    readonly code: 'photo-broken' | 'photo-heic' | 'photo-too-many-pixels',
    facts: Readonly<Record<string, number>> = {},
  ) {
    super(code);
    this.params = facts;
    this.facts = facts;
  }
}
