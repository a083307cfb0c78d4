import { DomainError } from '../errors/domain-error.js';
import {
  MAX_COLUMNS,
  MAX_INFLATED_BYTES,
  MAX_ROWS,
  MAX_TABLE_BYTES,
  type TableProblem,
} from './table-limits.js';

const MEGABYTE = 1024 * 1024;
const LIMITS = {
  rows: MAX_ROWS,
  columns: MAX_COLUMNS,
  inflated: MAX_INFLATED_BYTES / MEGABYTE,
  bytes: MAX_TABLE_BYTES / MEGABYTE,
};

/** A file with more rows, columns or bytes than are read; the problem names which and how many. */
export class TableTooLarge extends DomainError {
  readonly kind = 'too-large';
  readonly code: string;
  override readonly params;
  override readonly facts;

  constructor(limit: keyof typeof LIMITS) {
    super(`A table beyond the limit of ${limit}`);
    this.code = `table-too-large-${limit}`;
    this.params = { max: LIMITS[limit] };
    this.facts = { limit, max: LIMITS[limit] };
  }
}

/** A file that is no table, or a broken one; the code says what to do. */
export class TableUnreadable extends DomainError {
  readonly kind = 'invalid';
  readonly code: string;
  override readonly params;
  override readonly facts;

  constructor(why: Extract<TableProblem, { kind: 'unreadable' }>['why'], row?: number) {
    super(`Not readable: ${why}`);
    this.code = `table-${why}`;
    this.params = { row: row ?? 1 };
    this.facts = row === undefined ? {} : { row };
  }
}
