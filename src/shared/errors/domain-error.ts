/** What went wrong, in words the domain knows. The web layer owns the HTTP status. */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'too-large'
  | 'unsupported'
  | 'invalid'
  | 'too-many'
  | 'unavailable';

export type Facts = Readonly<Record<string, unknown>>;

/** One field that is wrong. `pointer` is a JSON pointer into the body (RFC 6901); the sentence comes from the locale. */
export interface FieldError {
  pointer: string;
  code: string;
  params?: Readonly<Record<string, string | number>>;
}

/**
 * Base of every error the application raises on purpose. Anything else that reaches the edge is a bug: it is
 * logged with its stack and shown as a bare 500.
 *
 * The sentence a reader sees is `errors:<code>` in the reader's locale, with `params`.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  /** Stable kebab-case slug; part of the public API, never reworded. */
  abstract readonly code: string;
  /** Values of the sentence. */
  readonly params: Readonly<Record<string, string | number>> = {};
  /** Safe-to-publish facts, sent as extension members of the problem. */
  readonly facts: Facts = {};

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** The body is understood but some fields are wrong: 422 with one entry per field. */
export class InvalidFields extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'invalid-fields';

  constructor(readonly errors: readonly FieldError[]) {
    super(`Invalid: ${errors.map((error) => `${error.pointer} ${error.code}`).join(', ')}`);
  }
}

/** Unknown, or someone else's: the same answer for both. */
export class NotFound extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'not-found';

  /** @param what kind of thing it is; for our own code, never told */
  constructor(readonly what = 'thing') {
    super(`No such ${what}`);
  }
}

/** More than a limit allows; `retryAfterSeconds` says when to try again. */
export class TooMany extends DomainError {
  readonly kind = 'too-many';
  readonly code: string;
  override readonly params;

  constructor(
    readonly retryAfterSeconds: number,
    code = 'too-many-requests',
  ) {
    super(`Too many; again in ${retryAfterSeconds} s`);
    this.code = code;
    this.params = { minutes: Math.max(1, Math.ceil(retryAfterSeconds / 60)) };
  }
}
