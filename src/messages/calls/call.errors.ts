import { DomainError } from '../../shared/errors/domain-error.js';

abstract class Conflict extends DomainError {
  readonly kind = 'conflict';
}

/** Somebody else has the line. */
export class CallTaken extends Conflict {
  readonly code = 'call-taken';
  override readonly params;
  override readonly facts;

  constructor(name: string, until: Date) {
    super('Somebody else is calling');
    this.params = { name };
    this.facts = { until: until.toISOString() };
  }
}

/** The person was reached already. */
export class CallDone extends Conflict {
  readonly code = 'call-done';

  constructor() {
    super('The person was reached');
  }
}

/** There is newer news for this person, or they were told by SMS after all. */
export class CallReplaced extends Conflict {
  readonly code = 'call-replaced';

  constructor() {
    super('The person is told something newer');
  }
}
