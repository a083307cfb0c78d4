import { DomainError, type Facts } from '../shared/errors/domain-error.js';
import type { CompletionRule } from '../completion/public.js';

/** The course is not completed: the first rule that fails, with what is there and what is needed. */
export class NotCompleted extends DomainError {
  readonly kind = 'invalid';
  readonly code: string;
  override readonly params;
  override readonly facts: Facts;

  constructor(rule: CompletionRule, have: number, need: number) {
    super(`Not completed: ${rule} ${have} of ${need}`);
    this.code = `not-completed-${rule}`;
    this.params = { have, need };
    this.facts = { rule, have, need };
  }
}

/** Nobody has yet said that the name is right as it will be printed. */
export class NameNotConfirmed extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'name-not-confirmed';

  constructor() {
    super('The name is not confirmed as it will be printed');
  }
}

/** A letter that none of the certificate's fonts has: it would print as an empty box. */
export class NotPrintable extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'not-printable';
  override readonly params;
  override readonly facts: Facts;

  constructor(readonly letters: string) {
    super(`Not in the fonts: ${letters}`);
    this.params = { letters };
    this.facts = { letters };
  }
}

/** The person's certificate was revoked: a batch does not undo that, a person of the staff may. */
export class RevokedBefore extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'certificate-revoked-before';

  constructor() {
    super('The certificate of this completion was revoked');
  }
}

/** The person has a certificate for this course already. */
export class AlreadyCertified extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'already-certified';
  override readonly facts: Facts;

  constructor(certificateCode: string) {
    super('A valid certificate exists');
    this.facts = { certificate: certificateCode };
  }
}

/** Only a valid certificate can be replaced or revoked. */
export class NotValidAnyMore extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'certificate-not-valid';
  override readonly facts: Facts;

  constructor(status: string) {
    super(`The certificate is ${status}`);
    this.facts = { status };
  }
}

/** The new name prints like the old one: nothing to replace. */
export class SameName extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'same-name';

  constructor() {
    super('The certificate already says this name');
  }
}

/** The PDF is for its holder, the staff of its campaign, or whoever has the link of the message. */
export class PdfNotYours extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'certificate-pdf-private';

  constructor() {
    super('Not the holder, not the staff, no signed link');
  }
}

/** A text of the campaign that does not fit in its lines, even at its smallest. */
export class TextTooWide extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'certificate-text-too-wide';

  constructor(
    readonly key: string,
    readonly lang: string,
  ) {
    super(`Too wide for the sheet: ${key} ${lang}`);
  }
}

/** Texts, logos and signatures together need more than one page, even when all is made smaller. */
export class SheetTooFull extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'certificate-sheet-too-full';

  constructor() {
    super('More than one page');
  }
}

/** A picture that is no logo we print; `code` says why. */
export class LogoRefused extends DomainError {
  readonly kind;
  override readonly facts: Facts;

  constructor(
    readonly code:
      | 'logo-too-large'
      | 'logo-wrong-type'
      | 'logo-svg'
      | 'logo-broken'
      | 'logo-too-many-pixels'
      | 'logo-too-small'
      | 'logo-too-narrow',
    override readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
    this.facts = params;
    const isOfType = code === 'logo-wrong-type' || code === 'logo-svg';
    this.kind =
      code === 'logo-too-large'
        ? ('too-large' as const)
        : isOfType
          ? ('unsupported' as const)
          : ('invalid' as const);
  }
}

/** All places for logos are taken. */
export class NoPlaceForLogo extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'no-place-for-logo';
  override readonly params;

  constructor(most: number) {
    super(`${most} logos are there`);
    this.params = { max: most };
  }
}
