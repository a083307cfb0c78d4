import { InvalidFields } from '../errors/domain-error.js';
import type { Page } from './cursor.js';
import type { ListDto } from './list.dto.js';

/**
 * One page of a list that is short enough to be read whole; the cursor is the id of the last row shown.
 *
 * @throws InvalidFields for a cursor that no row of the list has
 */
export function pageOfShort<T>(
  rows: readonly T[],
  { cursor, limit }: Pick<ListDto, 'cursor' | 'limit'>,
  idOf: (row: T) => string,
): Page<T> {
  const last = cursor ? rows.findIndex((row) => idOf(row) === cursor) : -1;
  if (cursor && last < 0) throw new InvalidFields([{ pointer: '/cursor', code: 'wrong-shape' }]);
  const items = rows.slice(last + 1, last + 1 + limit);
  const next = last + 1 + items.length < rows.length ? items.at(-1) : undefined;
  return { items, next: next === undefined ? null : idOf(next) };
}
