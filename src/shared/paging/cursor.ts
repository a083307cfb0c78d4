import { InvalidFields } from '../errors/domain-error.js';
import { isUuid } from '../new-id.js';

/** Rows of a page unless the caller says otherwise, and the most it may ask for. */
export const PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 200;

/** Characters of `2027-01-01T00:00:00.000Z`. */
const WRITTEN_INSTANT = 24;

/** Where the next page begins: after the row with this moment and id. */
export interface Position {
  at: Date;
  id: string;
}

/** One page of a list, and the cursor of the next one when there is more. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Writes a position as an opaque word for addresses. */
export function writeCursor({ at, id }: Position): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');
}

/**
 * Reads a cursor that `writeCursor` made.
 *
 * @throws InvalidFields for anything else
 */
export function readCursor(cursor: string | undefined): Position | undefined {
  if (!cursor) return undefined;
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const moment = new Date(at);
  // Exactly what `writeCursor` writes: other spellings of an instant mean something else to the database, or nothing.
  const isOurs =
    at.length === WRITTEN_INSTANT && !Number.isNaN(moment.getTime()) && moment.toISOString() === at;
  if (!isOurs || !isUuid(id)) {
    throw new InvalidFields([{ pointer: '/cursor', code: 'wrong-shape' }]);
  }
  return { at: moment, id };
}

/** Cuts rows read with one more than `limit` into a page. */
export function pageOf<T>(rows: readonly T[], limit: number, positionOf: (row: T) => Position): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? writeCursor(positionOf(last)) : null };
}
