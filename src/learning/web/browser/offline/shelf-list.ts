import { allPacks, type StoredPack } from './database.js';
import { removePack, weightOf } from './packs.js';
import { sizeText } from './sizes.js';

/** The lessons that this phone has of a person, each to open or to take away. */
export async function showShelf(owner: string | undefined): Promise<void> {
  const root = document.getElementById('shelf');
  if (!root) return;
  const packs = (await allPacks().catch(() => [])).filter(
    (pack) => pack.owner === owner && pack.state === 'stored',
  );
  const template = root.querySelector('template');
  const row = (pack: StoredPack): Node => {
    const item = template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
    const link = item.querySelector('a');
    link?.setAttribute('href', pack.page);
    link?.setAttribute('lang', pack.page.slice(1, 3));
    const title = item.querySelector('[data-lesson]');
    if (title) title.textContent = pack.title;
    const size = item.querySelector('[data-size]');
    if (size) size.textContent = sizeText(weightOf(pack.files));
    item.querySelector('button')?.addEventListener('click', () => {
      if (!confirm(root.dataset['question'])) return;
      void removePack(pack).then(() => showShelf(owner));
    });
    return item;
  };
  root.querySelector('[data-rows]')?.replaceChildren(...packs.map(row));
  root.querySelector<HTMLElement>('[data-empty]')!.hidden = packs.length > 0;
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  const room = root.querySelector<HTMLElement>('[data-room]');
  if (!room || quota === undefined || usage === undefined) return;
  for (const [name, bytes] of [
    ['used', usage],
    ['free', Math.max(0, quota - usage)],
  ] as const) {
    const place = room.querySelector(`[data-${name}]`);
    if (place) place.textContent = sizeText(bytes);
  }
  room.hidden = false;
}
