import { type DomainError, InvalidFields, TooMany } from '../shared/errors/domain-error.js';

/** Five tries are used up: even the right code is refused now. */
export class TriesSpent extends TooMany {
  /** @param retryAfterSeconds until a new code may be asked for */
  constructor(retryAfterSeconds: number) {
    super(retryAfterSeconds, 'code-tries-spent');
  }
}

/** The phone, or its country, was sent as many codes as the limits allow. */
export class CodesSpent extends TooMany {
  constructor(retryAfterSeconds: number) {
    super(retryAfterSeconds, 'codes-spent');
  }
}

export const wrongCode = (): DomainError => new InvalidFields([{ pointer: '/code', code: 'code-wrong' }]);

/** Too late, or already used. */
export const lateCode = (): DomainError => new InvalidFields([{ pointer: '/code', code: 'code-late' }]);

export const shapelessCode = (): DomainError => new InvalidFields([{ pointer: '/code', code: 'code-shape' }]);
