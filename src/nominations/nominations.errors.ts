import { DomainError } from '../shared/errors/domain-error.js';

export type ImportState = 'preview' | 'applied' | 'undone' | 'kept' | 'lapsed';

/** The import was confirmed, undone or forgotten before: by another click, or by somebody else. */
export class ImportNotOpen extends DomainError {
  readonly kind = 'conflict';
  readonly code: string;
  override readonly facts;

  constructor(state: ImportState) {
    super(`The import is ${state}`);
    this.code = `import-${state}`;
    this.facts = { state };
  }
}

/** All rows were to be taken, and some cannot be. */
export class ImportHasErrors extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'import-has-errors';
  override readonly params;
  override readonly facts;

  constructor(rows: number, importId: string) {
    super(`${rows} rows cannot be taken`);
    this.params = { count: rows };
    this.facts = { rows, importId };
  }
}
