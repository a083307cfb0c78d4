import { DomainError } from '../../shared/errors/domain-error.js';

abstract class Conflict extends DomainError {
  readonly kind = 'conflict';
}

/** Nobody is moved from a session to itself. */
export class SameSession extends Conflict {
  readonly code = 'same-session';

  constructor() {
    super('They are in this session already');
  }
}

/** What would happen now is not what was looked at: seats changed hands in between. */
export class MoveChanged extends Conflict {
  readonly code = 'move-changed';

  constructor() {
    super('The seats changed since this was looked at');
  }
}
