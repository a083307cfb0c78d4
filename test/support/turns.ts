/** `npm run test:long` proves everything everywhere; a short run deals out, by its seed, what would only repeat. */
export const IS_LONG = process.env['QAFILA_TEST_LONG'] === '1';

/** The seed of the run: another each time, unless QAFILA_TEST_SEED says which. */
export const SEED = Number(process.env['QAFILA_TEST_SEED'] ?? 0);

/** What the n-th of many is given: all in a long run, else every third or `of`-th, which the seed of the run turns round. */
export function turnOf<T>(n: number, list: readonly T[], of = 3): T[] {
  return list.filter((_, i) => isTurn(n, i, of));
}

/**
 * Whether the n-th of many is looked at in this one of several ways: in all of them in a long run, else in one, which
 * the seed turns round. Others of the many are looked at in the other ways, so that a short run holds each of them too.
 */
export function isTurn(n: number, way: number, ways: number): boolean {
  return IS_LONG || (n + way + SEED) % ways === 0;
}

/** Which of the four ways it is to look at a page: two languages, narrow and wide. */
export function viewOf(locale: string, width: number): number {
  return (locale === 'ar' ? 0 : 1) + (width < 1000 ? 0 : 2);
}
