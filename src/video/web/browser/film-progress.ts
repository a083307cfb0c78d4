/**
 * Moves the bar of a film while it is made, and shows what became of it. The page is never loaded again: a video may be
 * on its way from it.
 */

export {};

interface FilmAnswer {
  state: 'working' | 'placed' | 'failed';
  done: number;
  total: number;
}

/** Milliseconds before a server that refused, or was away, is asked again. */
const AGAIN_MS = 10_000;
/** A film that is made; the others are not followed. */
const WORKING = '[data-film][data-events]';
/** Live region of the page. */
const SAID = '[data-film-said]';

/** `1:10`, as the page writes it. */
function clockTime(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** @returns false where the words have no times yet: the page is asked for them */
function show({ done, total }: FilmAnswer, section: HTMLElement): boolean {
  const [bar, words] = [section.querySelector('progress'), section.querySelector('strong')];
  if (total === 0 || !bar || !words) return true;
  bar.value = Math.floor((100 * done) / total);
  const text = words.textContent ?? '';
  if (!/\d+:\d\d/.test(text)) return false;
  const times = [clockTime(done), clockTime(total)];
  let n = 0;
  // The words around the two times stay those of the page's language.
  words.textContent = text.replace(/\d+(?::\d\d)+/g, (old) => times[n++] ?? old);
  return true;
}

/** Puts the section of the same upload, as the server has it now, in place of the old one. */
async function renew(old: HTMLElement): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok) throw new Error(`The page answers ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (!page.querySelector(SAID)) throw new Error('Another page answers: that of who is signed out');
  const found = page.querySelector<HTMLElement>(`[data-film][data-upload="${old.dataset['upload'] ?? ''}"]`);
  // Of an earlier one that is in its place the page says nothing more.
  if (!found) return old.remove();
  const hadFocus = old.contains(document.activeElement);
  const fresh = document.adoptNode(found);
  old.replaceWith(fresh);
  if (hadFocus) focusIn(fresh);
  if (!fresh.matches(WORKING)) say(fresh);
}

function focusIn(section: HTMLElement): void {
  const target = section.querySelector<HTMLElement>('a, button') ?? section;
  if (target === section) section.tabIndex = -1;
  target.focus({ preventScroll: true });
}

/** Says the outcome: in a place that was there before its words, or a screen reader says nothing. */
function say(section: HTMLElement): void {
  const words = [...section.querySelectorAll('.alert p')].map(({ textContent }) => textContent?.trim());
  document.querySelector(SAID)?.replaceChildren(words.join(' '));
}

/** Follows the first film of the page that works, then the next. */
function followNext(): void {
  const section = document.querySelector<HTMLElement>(WORKING);
  if (!section) return;
  const source = new EventSource(section.dataset['events'] ?? '');
  const turnTo = (waitMs: number): void => {
    source.close();
    window.setTimeout(() => void renew(section).then(followNext, () => turnTo(AGAIN_MS)), waitMs);
  };
  source.addEventListener('film', (event) => {
    const film = JSON.parse((event as MessageEvent<string>).data) as FilmAnswer;
    if (film.state !== 'working' || !show(film, section)) turnTo(0);
  });
  // A server that refuses is not asked again by the browser.
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) turnTo(AGAIN_MS);
  });
}

followNext();
