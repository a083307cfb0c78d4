import { InvalidFields } from '../errors/domain-error.js';
import { pageOfShort } from './short-list.js';

const rows = ['a', 'b', 'c', 'd', 'e'];
const page = (limit: number, cursor?: string) =>
  pageOfShort(rows, { limit, ...(cursor ? { cursor } : {}) }, (row) => row);

describe('a page of a short list', () => {
  it('is all of it when it fits', () => {
    expect(page(50)).toEqual({ items: rows, next: null });
    expect(page(5)).toEqual({ items: rows, next: null });
    expect(pageOfShort([], { limit: 5 }, String)).toEqual({ items: [], next: null });
  });

  it('leads through every row once', () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = page(2, cursor);
      seen.push(...items);
      cursor = next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(rows);
  });

  it('refuses a cursor of another list', () => {
    expect(() => page(2, 'z')).toThrow(InvalidFields);
  });
});
