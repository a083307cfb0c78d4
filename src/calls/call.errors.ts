import { DomainError } from '../shared/errors/domain-error.js';

/** The call takes nothing any more; says since when, to the second. */
export class CallClosed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'call-closed';
  override readonly params;
  override readonly facts;

  /** @param closed the same instant as people read it */
  constructor(closesAt: Date, closed: string) {
    super(`Closed since ${closesAt.toISOString()}`);
    this.params = { closed };
    this.facts = { closesAt: closesAt.toISOString() };
  }
}

/** The call takes nothing yet. */
export class CallNotOpen extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'call-not-open';
  override readonly params;
  override readonly facts;

  constructor(opensAt: Date, opens: string) {
    super(`Opens at ${opensAt.toISOString()}`);
    this.params = { opens };
    this.facts = { opensAt: opensAt.toISOString() };
  }
}

/** Somebody else saved the call in between. */
export class CallChanged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'call-changed';
  override readonly facts;

  constructor(revision: number) {
    super('The call was saved by somebody else');
    this.facts = { revision };
  }
}

/** People have read the questions: only words may change. */
export class CallFieldsFrozen extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'call-fields-frozen';
}

/** What is asked needs a draft, or a call that is published. */
export class CallNotInState extends DomainError {
  readonly kind = 'conflict';
  readonly code: 'call-published' | 'call-not-published';

  constructor(state: 'published' | 'not-published') {
    super(`The call is ${state}`);
    this.code = `call-${state}`;
  }
}

/** The dossiers are decided on: the call does not open again. */
export class CallDecided extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'call-decided';

  constructor() {
    super('The dossiers of the call are decided on');
  }
}
