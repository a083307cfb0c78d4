/** Names that pages below `/courses/{course}/` have: a module of that name could not be opened. */
const RESERVED: ReadonlySet<string> = new Set([
  'edit',
  'guide',
  'listening',
  'new',
  'tasks',
  'test',
  'version',
]);

/** Would a module of this slug stand where a page of the site stands? */
export function isReservedSlug(slug: string): boolean {
  return RESERVED.has(slug);
}
