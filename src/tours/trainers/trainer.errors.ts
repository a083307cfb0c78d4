import { DomainError } from '../../shared/errors/domain-error.js';

/** Some of these days are marked already. */
export class DaysOffOverlap extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'days-off-overlap';

  constructor() {
    super('Some of these days are marked already');
  }
}

/** What a trainer may teach is said by whoever plans with them. */
export class CoursesNotOwn extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'courses-not-own';

  constructor() {
    super('What one may teach is said by somebody else');
  }
}
