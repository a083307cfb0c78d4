const LONGEST = 60;

/** A title as part of an address: its letters without accents, parted by hyphens; `appel` where nothing is left. */
export function slugFrom(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  // An address that looks like an id would be read as one.
  return /^[a-z]/.test(slug) ? slug : `appel${slug ? `-${slug}` : ''}`;
}
