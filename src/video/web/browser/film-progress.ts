/** Moves the bar of a film while it is made; without this the page is loaded again by itself. */

export {};

interface FilmAnswer {
  state: 'working' | 'placed' | 'failed';
  done: number;
  total: number;
}

const place = document.querySelector<HTMLElement>('[data-film][data-events]');
const bar = place?.querySelector('progress');
const label = place?.querySelector<HTMLElement>('strong');

/** `1:10`, as the page writes it. */
function clockTime(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

function show({ done, total }: FilmAnswer, words: HTMLElement, progress: HTMLProgressElement): void {
  if (total === 0) return;
  progress.value = Math.floor((100 * done) / total);
  const times = [clockTime(done), clockTime(total)];
  let n = 0;
  // The words around the two times stay those of the page's language; before there were times the page is asked.
  if (/\d+:\d\d/.test(words.textContent ?? ''))
    words.textContent = (words.textContent ?? '').replace(/\d+(?::\d\d)+/g, (old) => times[n++] ?? old);
  else location.reload();
}

function follow(address: string, words: HTMLElement, progress: HTMLProgressElement): void {
  const source = new EventSource(address);
  source.addEventListener('film', (event) => {
    const film = JSON.parse((event as MessageEvent<string>).data) as FilmAnswer;
    if (film.state === 'working') return show(film, words, progress);
    source.close();
    location.reload();
  });
  // A server that refuses is not asked again by the browser: the page says what there is to say.
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
  });
}

const address = place?.dataset['events'];
if (bar && label && address) follow(address, label, bar);
