import { DomainError } from '../../shared/errors/domain-error.js';

/** Somebody answered already, or the trainer can come after all. */
export class ImpedimentAnswered extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'impediment-answered';
  override readonly facts;

  constructor(
    answer: string,
    readonly sessionId: string,
  ) {
    super('Answered already');
    this.facts = { answer };
  }
}
