import { keepPack, packAt } from './database.js';
import { headersOfPage, listPack } from './download.js';
import { cacheOf, keyOf } from './packs.js';

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
    return page.getElementById('lesson-title') ? { text, headers: headersOfPage(answer), page } : undefined;
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

/** The same version in today's dress: stored in place of yesterday's, with the scripts and styles it names. */
export async function storeAgain(owner: string, { text, headers, page }: Live, list: string): Promise<void> {
  const key = keyOf(owner, location.pathname);
  const pack = await packAt(key);
  // A sentence that is shown once shall not be stored.
  if (pack?.state !== 'stored' || page.querySelector('main > .flash')) return;
  const cache = await caches.open(cacheOf(owner));
  const named = [...page.querySelectorAll('script[src], link[rel="stylesheet"]')].map(
    (element) => element.getAttribute('src') ?? element.getAttribute('href') ?? '',
  );
  const found = await Promise.all(named.map((url) => cache.match(url)));
  if (found.some((each) => !each)) {
    const fresh = (await listPack(list, owner)).files.filter(
      ({ part }) =>
        part === 'app' || (part === 'player' && pack.files.some((file) => file.part === 'player')),
    );
    for (const { url } of fresh) if (!(await cache.match(url))) await cache.add(url);
    const kept = pack.files.filter(({ part }) => part !== 'app' && part !== 'player');
    await keepPack({ ...pack, files: [...kept, ...fresh] });
  }
  await cache.put(location.pathname, new Response(text, { headers }));
}
