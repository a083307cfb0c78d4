import { DomainError, type Facts } from '../shared/errors/domain-error.js';
import type { SelectionState } from './selection.js';

/** What is asked needs another state of the selection: `selection-draft`, `selection-announced`, … says where it stands. */
export class SelectionNotInState extends DomainError {
  readonly kind = 'conflict';
  readonly code;

  constructor(state: SelectionState | 'none') {
    super(`The selection is ${state}`);
    this.code = `selection-${state}` as const;
  }
}

/** Somebody else saved the design in between. */
export class SelectionChanged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'selection-changed';
  override readonly facts;

  constructor(revision: number) {
    super('The design was saved by somebody else');
    this.facts = { revision };
  }
}

/** The promise comes too late: dossiers are not taken any more. */
export class SelectionTooLate extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'selection-too-late';
}

/** Dossiers are scored once no answer changes any more. */
export class ScreeningNotOpen extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'screening-not-open';
  override readonly facts: Facts;

  constructor(closesAt: Date) {
    super('The call is still open');
    this.facts = { closesAt: closesAt.toISOString() };
  }
}

/** Not every eligible dossier has its scores. */
export class ScreeningNotDone extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'screening-not-done';
  override readonly params;
  override readonly facts: Facts;

  constructor(open: number, gaps: number) {
    super(`${open} to score, ${gaps} to settle`);
    this.params = { open, gaps };
    this.facts = { open, gaps };
  }
}

/** Somebody else has the dossier, or its scores are all there. */
export class DossierNotYours extends DomainError {
  readonly kind = 'conflict';
  readonly code: 'screening-taken' | 'screening-scored';

  constructor(why: 'taken' | 'scored') {
    super(`The dossier is ${why}`);
    this.code = `screening-${why}`;
  }
}

/** A gap is settled by somebody who has not scored the dossier, once. */
export class ThirdLookRefused extends DomainError {
  readonly kind = 'conflict';
  readonly code: 'third-look-not-needed' | 'third-look-by-another';

  constructor(why: 'not-needed' | 'by-another') {
    super(`Third look: ${why}`);
    this.code = `third-look-${why}`;
  }
}

/** The result is another than the one that was looked at. */
export class PreviewOutdated extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'selection-preview-outdated';
}

/** Nothing changes: the dossier has this outcome already. */
export class OutcomeSame extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'selection-outcome-same';
}

/** Every place is taken. */
export class PlacesTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'selection-places-taken';
}

/** A freed place goes to the first of the reserve. */
export class NotFirstOfReserve extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'selection-not-first';
  override readonly params;
  override readonly facts: Facts;

  constructor(first: string) {
    super(`First of the reserve: ${first}`);
    this.params = { number: first };
    this.facts = { first };
  }
}
