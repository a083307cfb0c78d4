import { DomainError } from '../shared/errors/domain-error.js';

/** Each of the two tests is taken once. */
export class TestTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'test-taken';

  constructor() {
    super('This test was taken already');
  }
}

/** The second test opens when something was learned, or some hours after the first. */
export class TestTooEarly extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'test-too-early';

  constructor() {
    super('The second test is not open yet');
  }
}

/** The first test was read aloud; so is the second, by the trainer. */
export class TestReadAloud extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'test-read-aloud';

  constructor() {
    super('The first test was read aloud');
  }
}
