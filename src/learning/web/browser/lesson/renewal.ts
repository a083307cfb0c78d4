/**
 * Media of drafts have addresses that end with a day, while a page may be open for longer: it is asked for the new ones,
 * by whoever still may see it.
 */
const ENDING = '/m/';

/** Can this address end? */
export function mayEnd(address: string): boolean {
  return address.startsWith(ENDING);
}

/**
 * Fetches the page that is shown, and puts the addresses that it names now into its player.
 *
 * @returns false when nothing could be asked, or nobody answers with a player any more
 */
export async function renewAddresses(player: HTMLElement): Promise<boolean> {
  const fresh = await fetchedPlayer();
  if (!fresh) return false;
  for (const radio of player.querySelectorAll<HTMLInputElement>('input[data-src]')) {
    const other = fresh.querySelector<HTMLInputElement>(`input[data-src][value="${radio.value}"]`);
    if (other?.dataset.src) radio.dataset.src = other.dataset.src;
  }
  for (const option of player.querySelectorAll<HTMLOptionElement>('option[data-src]')) {
    const other = fresh.querySelector<HTMLOptionElement>(`option[data-src][value="${option.value}"]`);
    if (other?.dataset.src) option.dataset.src = other.dataset.src;
  }
  const poster = fresh.querySelector('video')?.getAttribute('poster');
  if (poster) player.querySelector('video')?.setAttribute('poster', poster);
  for (const track of player.querySelectorAll('track')) {
    const src = fresh.querySelector(`track[srclang="${track.srclang}"]`)?.getAttribute('src');
    if (src && src !== track.getAttribute('src')) track.setAttribute('src', src);
  }
  return true;
}

async function fetchedPlayer(): Promise<HTMLElement | null> {
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return page.querySelector<HTMLElement>('[data-player]');
  } catch {
    return null;
  }
}
