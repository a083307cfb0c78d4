import { DomainError } from '../errors/domain-error.js';

export class IdempotencyKeyReused extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'idempotency-key-reused';

  constructor() {
    super('The key stood for another body');
  }
}

export class RequestInFlight extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'request-in-flight';

  constructor() {
    super('The first request with this key has no answer yet');
  }
}

export class IdempotencyKeyTooLong extends DomainError {
  readonly kind = 'malformed';
  readonly code = 'idempotency-key-too-long';
  override readonly params;

  constructor(max: number) {
    super(`The key has more than ${max} characters`);
    this.params = { max };
  }
}
