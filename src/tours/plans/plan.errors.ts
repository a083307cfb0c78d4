import { DomainError } from '../../shared/errors/domain-error.js';

/** The plan is still looked for, was saved, or was changed by somebody else. */
export class PlanNotOpen extends DomainError {
  readonly kind = 'conflict';
  readonly code: string;

  constructor(why: 'looking' | 'saved' | 'changed') {
    super(`The plan is ${why}`);
    this.code = `plan-${why}`;
  }
}

/** A plan with stops that cannot be where they were put. */
export class PlanFaulty extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'plan-faulty';
  override readonly facts;

  constructor(faults: ReadonlyArray<{ id: string; code: string }>) {
    super(`${faults.length} stops cannot be where they were put`);
    this.facts = { faults };
  }
}
