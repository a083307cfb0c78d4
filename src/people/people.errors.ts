import { DomainError } from '../shared/errors/domain-error.js';

/** Six people cannot share a phone: another number, or the desk. */
export class PhoneFull extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'phone-full';

  constructor() {
    super('Five people already use this phone');
  }
}

/** Enrolling needs the consent to be trained, and it was withdrawn. */
export class TrainingConsentMissing extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'training-consent-missing';

  constructor() {
    super('The person has withdrawn the consent to be trained');
  }
}
