import { DomainError } from '../errors/domain-error.js';

/** A body of a type that this address does not take. */
export class UnsupportedBody extends DomainError {
  readonly kind = 'unsupported';
  readonly code = 'unsupported-media-type';

  constructor() {
    super('The body is of a type that is not taken here');
  }
}
