import { allFacts, dropFacts, keepPack, packAt } from '../../../../shared/web/browser/offline/database.js';
import { filesHere, headersOfPage, listPack } from '../../../../shared/web/browser/offline/download.js';
import { cacheOf, dropFiles, storedWith } from '../../../../shared/web/browser/offline/packs.js';

/**
 * A stored practice shop learns what was done in it at the server, whenever one of its pages is there: a few dozen
 * kilobytes. What this phone had done and the server has taken is in it then.
 *
 * @param page address of the shop's counter
 * @param list address of the list of its files
 */
export async function keepShopInStep(owner: string, page: string, list: string): Promise<void> {
  const pack = await storedWith(owner, page);
  if (!pack) return;
  const taken = (await allFacts()).filter(
    ({ kind, state, href, owner: whose }) =>
      kind === 'deed' && state === 'taken' && href === page && whose === owner,
  );
  const listed = await listPack(list, owner);
  // A shop that was begun anew is another one: whoever stored the old one is asked.
  if (listed.versionId !== pack.versionId) return;
  const here = new Set((await filesHere(owner, listed.files)).map(({ url }) => url));
  const missing = listed.files.filter(({ url, part }) => part !== 'page' && !here.has(url));
  const cache = await caches.open(cacheOf(owner));
  for (const { url } of missing) await cache.add(url);
  // The page names styles and scripts: where those are new, it is stored in the new dress.
  if (missing.some(({ part }) => part === 'app')) {
    const answer = await fetch(page, { headers: { accept: 'text/html', 'x-person': owner } });
    if (!answer.ok) return;
    await cache.put(page, new Response(await answer.text(), { headers: headersOfPage(answer) }));
  }
  // Taken off the phone meanwhile: it does not come back.
  if (!(await packAt(pack.key))) return dropFiles(owner, listed.files);
  await keepPack({ ...pack, files: listed.files });
  await dropFiles(owner, pack.files);
  await dropFacts(taken.map(({ id }) => id));
}
