import { DomainError } from '../errors/domain-error.js';

export class SignInRequired extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'sign-in-required';

  constructor() {
    super('Sign in to continue');
  }
}

export class RoleNotAllowed extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'role-not-allowed';

  constructor() {
    super('Not available to this role');
  }
}

/** The phone serves several people and nobody has said who is speaking. */
export class PersonNotPicked extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'person-not-picked';

  constructor() {
    super('Pick a person first');
  }
}

/** A write by cookie without the token of its own pages, or from another site. */
export class ForgedRequest extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'forged-request';

  constructor() {
    super('The CSRF token is missing or wrong');
  }
}

/** A fact that waited on a shared phone for somebody else than who is signed in now. */
export class OtherPerson extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'other-person';

  constructor() {
    super('Made by another person of this phone');
  }
}
