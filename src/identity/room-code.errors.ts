import { DomainError, TooMany } from '../shared/errors/domain-error.js';

/** Somebody of the staff enters by their own means only: a code shown by a colleague would lend out their rights. */
export class RoomCodeForStaff extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'room-code-for-staff';

  constructor() {
    super('The person holds a grant of the staff');
  }
}

/** The person was shown as many codes as the limits allow. */
export class RoomCodesSpent extends TooMany {
  /** @param retryAfterSeconds until another one may be shown */
  constructor(retryAfterSeconds: number) {
    super(retryAfterSeconds, 'room-codes-spent');
  }
}
