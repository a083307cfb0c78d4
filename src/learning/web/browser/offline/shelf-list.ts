import { allPacks, type StoredPack } from '../../../../shared/web/browser/offline/database.js';
import { removeCourse, removePack, weightOf } from '../../../../shared/web/browser/offline/packs.js';
import { sizeText } from '../../../../shared/web/browser/offline/sizes.js';

/** The courses and lessons that this phone has of a person, each to open or to take away. */
export async function showShelf(owner: string | undefined): Promise<void> {
  const root = document.getElementById('shelf');
  if (!root) return;
  const mine = (await allPacks().catch(() => [])).filter(
    (pack) => pack.owner === owner && pack.state === 'stored',
  );
  const packs = inOrder(mine);
  const template = root.querySelector('template');
  const row = (pack: StoredPack): Node => {
    const item = template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
    const link = item.querySelector('a');
    link?.setAttribute('href', pack.page);
    link?.setAttribute('lang', pack.page.slice(1, 3));
    const title = item.querySelector('[data-lesson]');
    if (title) title.textContent = pack.title;
    const size = item.querySelector('[data-size]');
    // A course weighs what its lessons weigh, and they say it themselves.
    if (size) size.textContent = pack.lessons ? '' : sizeText(weightOf(pack.files));
    const course = item.querySelector<HTMLElement>('[data-course]');
    if (course) course.hidden = !pack.lessons;
    item.querySelector('button')?.addEventListener('click', () => {
      if (!confirm(pack.lessons ? root.dataset['questionCourse'] : root.dataset['question'])) return;
      const taken = pack.lessons ? removeCourse(pack.owner, pack.page) : removePack(pack);
      void taken.then(() => showShelf(owner));
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

/** Each course before its lessons, those in the order of the course; then lessons that were stored alone. */
function inOrder(packs: readonly StoredPack[]): StoredPack[] {
  const courses = packs.filter(({ lessons }) => lessons);
  const placed = courses.flatMap((course) => [
    course,
    ...(course.lessons ?? []).flatMap((page) => packs.filter((pack) => pack.page === page)),
  ]);
  return [...new Set([...placed, ...packs])];
}
