import { keepPack, packAt, type StoredPack } from '../../../../shared/web/browser/offline/database.js';
import {
  filesFor,
  filesHere,
  headersOfPage,
  listPack,
} from '../../../../shared/web/browser/offline/download.js';
import { cacheOf, dropFiles, storedWith, weightOf } from '../../../../shared/web/browser/offline/packs.js';

/** How long a stored page waits for the network. */
const LIMIT_MS = 3_000;

/** What the server says now of a page that came from this phone. */
export interface Live {
  readonly text: string;
  readonly headers: Headers;
  readonly page: Document;
}

/** Asks for the page as it is now. @returns undefined without a network, or when it takes too long */
export async function livePage(): Promise<Live | undefined> {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), LIMIT_MS);
  try {
    const answer = await fetch(location.pathname, {
      signal: aborter.signal,
      headers: { accept: 'text/html' },
    });
    if (!answer.ok || answer.redirected) return undefined;
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, 'text/html');
    // A hotel's network answers every address with a page of its own.
    return page.querySelector('#lesson-title, #course-title, #test-title')
      ? { text, headers: headersOfPage(answer), page }
      : undefined;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Puts what belongs to the moment in place of what was stored: what is done, what was handed in, a sentence shown once.
 *
 * @param isSame the server has the same version of the lesson; another one's parts do not belong on this page
 */
export function showLive({ page }: Live, isSame: boolean): void {
  for (const old of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const fresh = page.querySelector(`[data-live="${old.dataset['live']}"]`);
    // Who is writing in it goes on.
    if (fresh && isSame && !old.contains(document.activeElement))
      old.replaceWith(document.importNode(fresh, true));
  }
  const flash = page.querySelector('main > .flash');
  if (flash) document.querySelector('main')?.prepend(document.importNode(flash, true));
  const token = page.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value;
  if (token === undefined) return;
  for (const field of document.querySelectorAll<HTMLInputElement>('input[name="_csrf"]')) field.value = token;
  const mine = document.getElementById('my-progress');
  if (mine) mine.dataset['csrf'] = token;
}

/** What may be fetched anew without asking, in bytes: a recording or two. */
const UNASKED_BYTES = 1_000_000;

/** What a page names of this site's files. */
function namedBy(page: Document): string[] {
  const named = [...page.querySelectorAll('[src], [href]')].map(
    (element) => element.getAttribute('src') ?? element.getAttribute('href') ?? '',
  );
  return [...new Set(named.filter((url) => /^\/(assets|media)\//.test(url)))];
}

/**
 * The same version in today's dress: stored in place of yesterday's, with the scripts, the styles and the recordings that
 * it names. Where that is much, yesterday's page stays, whole as it is.
 */
export async function storeAgain(owner: string, { text, headers, page }: Live, list: string): Promise<void> {
  const pack = await storedWith(owner, location.pathname);
  // A sentence that is shown once shall not be stored.
  if (!pack || page.querySelector('main > .flash')) return;
  const cache = await caches.open(cacheOf(owner));
  const before = await (await cache.match(location.pathname))?.text();
  const known = new Set(namedBy(new DOMParser().parseFromString(before ?? '', 'text/html')));
  if (namedBy(page).some((url) => !known.has(url)) && !(await fetchNew(owner, pack, cache, list))) return;
  // Taken off the phone meanwhile: it does not come back.
  if (!(await packAt(pack.key))) return;
  await cache.put(location.pathname, new Response(text, { headers }));
}

/** @returns false when it is more than is fetched unasked */
async function fetchNew(owner: string, pack: StoredPack, cache: Cache, list: string): Promise<boolean> {
  const files = filesFor(await listPack(list, owner), pack.withVideo);
  const here = new Set((await filesHere(owner, files)).map(({ url }) => url));
  const missing = files.filter(({ url, part }) => part !== 'page' && !here.has(url));
  if (weightOf(missing) > UNASKED_BYTES) return false;
  for (const { url } of missing) await cache.add(url);
  await keepPack({ ...pack, files });
  await dropFiles(owner, pack.files);
  return true;
}
