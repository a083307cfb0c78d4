import { allPacks, dropPacks, packAt, setSetting, setting, type StoredPack } from './database.js';

/** Before the id of a person in the name of their cache: nobody else's pages are looked for in it. */
export const OF_PERSON = 'qafila-person-';
const OWNER = 'owner';

/** Name of the cache of a person. */
export function cacheOf(owner: string): string {
  return OF_PERSON + owner;
}

/** Under which a stored lesson is known; a newer version is fetched beside it. */
export function keyOf(owner: string, page: string, isNext = false): string {
  return `${owner} ${page}${isNext ? ' next' : ''}`;
}

/** A download that did not come to its end: the first one of a page, or that of a newer version beside the stored one. */
export async function unfinishedAt(owner: string, page: string): Promise<StoredPack | undefined> {
  const fresh = await packAt(keyOf(owner, page));
  return fresh?.state === 'loading' ? fresh : packAt(keyOf(owner, page, true));
}

/** Whose lessons this phone shows now. */
export async function currentOwner(): Promise<string | undefined> {
  const owner = await setting(OWNER);
  return typeof owner === 'string' ? owner : undefined;
}

/** The whole lesson or course that an address belongs to: its own page, or another of its pages, such as the test. */
export async function storedWith(owner: string, pathname: string): Promise<StoredPack | undefined> {
  const own = await packAt(keyOf(owner, pathname));
  if (own?.state === 'stored') return own;
  return (await allPacks()).find(
    (pack) =>
      pack.owner === owner &&
      pack.state === 'stored' &&
      pack.files.some(({ url, part }) => part === 'page' && url === pathname),
  );
}

/**
 * Says whose lessons this phone shows, and clears what it has of others; what they did and is not sent yet stays, and
 * goes when they sign in.
 *
 * @param owner undefined: nobody's, until a page says who is signed in
 */
export async function becomeOwner(owner: string | undefined): Promise<void> {
  await setSetting(OWNER, owner);
  if (owner !== undefined) await clearAllBut(owner);
}

/** Clears the private caches, but for one person's. */
export async function clearAllBut(owner: string | undefined): Promise<void> {
  const others = (await allPacks()).filter((pack) => pack.owner !== owner);
  await dropPacks(others.map(({ key }) => key));
  const mine = owner === undefined ? undefined : cacheOf(owner);
  const names = (await caches.keys()).filter((name) => name.startsWith(OF_PERSON) && name !== mine);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** Takes a lesson off the phone, with the files that no other stored lesson needs. */
export async function removePack(pack: StoredPack): Promise<void> {
  await dropPacks([pack.key]);
  await dropFiles(pack.owner, pack.files);
}

/** Takes lessons off the phone, whole ones or begun ones, with the files that no other needs. */
export async function removeWhere(isMeant: (pack: StoredPack) => boolean): Promise<void> {
  for (const pack of (await allPacks()).filter(isMeant)) await removePack(pack);
}

/** Takes a course off the phone with all of its lessons. */
export async function removeCourse(owner: string, page: string): Promise<void> {
  const own = (await allPacks()).filter((pack) => pack.owner === owner && pack.page === page);
  const pages = new Set([page, ...own.flatMap(({ lessons = [] }) => lessons)]);
  await removeWhere((pack) => pack.owner === owner && pages.has(pack.page));
}

/** Takes files away that no stored lesson of a person needs. */
export async function dropFiles(owner: string, files: readonly { readonly url: string }[]): Promise<void> {
  const packs = (await allPacks()).filter((each) => each.owner === owner);
  const needed = new Set(packs.flatMap((each) => each.files.map(({ url }) => url)));
  const cache = await caches.open(cacheOf(owner));
  for (const { url } of files) if (!needed.has(url)) await cache.delete(url);
}

/** Bytes of files. */
export function weightOf(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
