import { DomainError } from '../shared/errors/domain-error.js';

/** An account with this address exists. */
export class EmailTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'email-taken';

  constructor() {
    super('An account with this e-mail address exists');
  }
}

/** The address is unknown or the password is wrong: the same answer for both. */
export class WrongCredentials extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'credentials-wrong';

  constructor() {
    super('The e-mail address or the password is wrong');
  }
}

/** The password is right and the authenticator's code is missing or wrong. */
export class TotpRefused extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code: string;

  constructor(isMissing: boolean) {
    super(isMissing ? 'The code of the authenticator is needed' : 'The code of the authenticator is wrong');
    this.code = isMissing ? 'totp-needed' : 'totp-wrong';
  }
}
