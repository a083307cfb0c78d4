import type { Refusal } from './engine/action.js';
import { DomainError } from '../shared/errors/domain-error.js';

/** What one wants to do cannot be done in the shop's state; nothing has changed. */
export class DeedRefused extends DomainError {
  readonly kind = 'conflict';
  readonly code: string;

  constructor(readonly refusal: Refusal) {
    super(`Refused: ${refusal}`);
    this.code = `practice-${refusal}`;
  }
}

/** The shop has as many actions as one may have. */
export class ShopFull extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'practice-full';

  constructor(max: number) {
    super(`A shop has at most ${max} actions`);
    this.params = { max };
  }

  override readonly params: Readonly<Record<string, number>>;
}

/** The person has begun this shop anew: what was done in the old one, on a phone without a network, comes too late. */
export class ShopLeft extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'practice-left';

  constructor() {
    super('The person plays another try of this scenario');
  }
}
