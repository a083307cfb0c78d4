import { packAt } from '../../../../shared/web/browser/offline/database.js';
import { keyOf } from '../../../../shared/web/browser/offline/packs.js';

/**
 * The video of a stored lesson: where it is not on this phone, and no network brings it, that is said in place of a player
 * that cannot load.
 *
 * @param hasNetwork undefined: not known yet
 */
export async function showVideo(owner: string, hasNetwork?: boolean): Promise<void> {
  const notice = document.querySelector<HTMLElement>('[data-no-video]');
  const player = document.querySelector<HTMLElement>('[data-player]');
  if (!notice || !player) return;
  const pack = await packAt(keyOf(owner, location.pathname));
  const isMissing = pack?.state === 'stored' && !pack.withVideo;
  notice.hidden = !isMissing;
  player.hidden = isMissing && hasNetwork !== true;
  for (const part of notice.querySelectorAll<HTMLElement>('[data-with-network]'))
    part.hidden = hasNetwork !== true;
  // Only here: what has no offer to store the lesson has no place to lead to.
  for (const link of notice.querySelectorAll<HTMLAnchorElement>('a[data-href]'))
    link.href = link.dataset.href ?? '';
}
