import { allFacts, dropFacts, keepPack } from '../../../../shared/web/browser/offline/database.js';
import { filesHere, listPack } from '../../../../shared/web/browser/offline/download.js';
import { cacheOf, dropFiles, storedWith } from '../../../../shared/web/browser/offline/packs.js';

/**
 * A stored practice shop learns what was done in it at the server, whenever its page is there: a few dozen kilobytes. What
 * this phone had done and the server has taken is in it then.
 */
export async function keepShopInStep(owner: string, list: string): Promise<void> {
  const pack = await storedWith(owner, location.pathname);
  if (!pack) return;
  const listed = await listPack(list, owner);
  const here = new Set((await filesHere(owner, listed.files)).map(({ url }) => url));
  const cache = await caches.open(cacheOf(owner));
  const taken = (await allFacts()).filter(
    ({ kind, state, href }) => kind === 'deed' && state === 'taken' && href === location.pathname,
  );
  for (const { url, part } of listed.files) if (part !== 'page' && !here.has(url)) await cache.add(url);
  // A shop that was begun anew is another one: whoever stored the old one is asked.
  if (listed.versionId !== pack.versionId) return;
  await keepPack({ ...pack, files: listed.files });
  await dropFiles(owner, pack.files);
  await dropFacts(taken.map(({ id }) => id));
}
