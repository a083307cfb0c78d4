import { DomainError } from '../../shared/errors/domain-error.js';

/** Somebody else saved the same part since: nothing was written over, and what was typed is kept in the history. */
export class DraftConflict extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'draft-conflict';
  override readonly facts;

  /** @param conflict revision now, both texts of the part, and the revision under which the second one is kept */
  constructor(readonly conflict: { revision: number; yours: string; theirs: string; keptAs: number }) {
    super(`Revision ${conflict.revision} changed the same part`);
    this.facts = conflict;
  }
}

/** The draft cannot be published over a version that came while it was written, unless one says so. */
export class DraftOutdated extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'draft-outdated';
  override readonly params;

  constructor(published: number) {
    super(`Version ${published} was published since the draft was begun`);
    this.params = { published };
  }
}

/** A module must not lose its only way in: the last module of a course, or one that others require. */
export class PartNeeded extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'course-part-needed';

  constructor(what: string) {
    super(`${what} is needed`);
  }
}

/** The module's video is rendered from a script: what was filmed has no place there until the script's block is taken out. */
export class FilmOfScript extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'film-of-script';

  constructor(part: string) {
    super(`The module of ${part} has a video that is rendered`);
  }
}

/** Another block of the module has a film: a module plays one video. */
export class FilmElsewhere extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'film-elsewhere';

  constructor(part: string) {
    super(`The module of ${part} has the film of another block`);
  }
}

/** The video's pictures, or its sound in this language, were changed while somebody recorded. */
export class TrackChanged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'track-changed';

  constructor(lang: string) {
    super(`The video, or its sound in ${lang}, is another meanwhile`);
  }
}

/** A picture that is none, or one that we do not take; `code` says which. */
export class PictureRefused extends DomainError {
  readonly kind;

  constructor(
    readonly code: 'picture-not-one' | 'picture-svg' | 'picture-too-large' | 'picture-too-many-pixels',
    override readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
    this.kind = code === 'picture-too-large' ? ('too-large' as const) : ('invalid' as const);
  }
}

/** A document that is none of those we take; `code` says why. */
export class DocumentRefused extends DomainError {
  readonly kind;

  constructor(
    readonly code: 'document-not-one' | 'document-too-large',
    override readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
    this.kind = code === 'document-too-large' ? ('too-large' as const) : ('unsupported' as const);
  }
}
