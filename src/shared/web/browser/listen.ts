/**
 * The language somebody listens in: chosen once, remembered on this device. Of a card's or question's recordings the
 * one of that language stays, else the browser's own voice where the page is written in it, else nothing.
 */
import { onChosen, remember, remembered } from './listen/remembered.js';

const page = document.documentElement.lang;

/** Has the browser a voice for the language that the page is written in? */
function hasVoice(): boolean {
  return window.speechSynthesis?.getVoices().some(({ lang }) => lang.toLowerCase().startsWith(page)) ?? false;
}

/** Shows what is heard in a language. @returns false when that is nothing at all */
function show(chosen: string): boolean {
  const speaks = chosen === page && hasVoice();
  let isHeard = false;
  for (const set of document.querySelectorAll<HTMLElement>('[data-listen-set]')) {
    const tracks = [...set.querySelectorAll<HTMLElement>('[data-track]')];
    const mine = tracks.find((track) => track.dataset.track === chosen);
    for (const track of tracks) track.hidden = track !== mine;
    const voice = set.querySelector<HTMLElement>('[data-voice]');
    if (voice) voice.hidden = mine !== undefined || !speaks;
    set.hidden = mine === undefined && !speaks;
    isHeard ||= !set.hidden;
  }
  return isHeard;
}

/** Until somebody chooses: the page's language; on an Arabic page Darija, where that is what there is to hear. */
function firstGuess(known: (lang: string) => boolean): string {
  return [page, 'ary'].find((lang) => (lang === page || page === 'ar') && known(lang) && show(lang)) ?? page;
}

function start(choice: HTMLElement, select: HTMLSelectElement): void {
  const none = choice.querySelector<HTMLElement>('[data-listen-none]');
  const known = (lang: string): boolean => [...select.options].some(({ value }) => value === lang);
  let chosen = remembered();
  const apply = (): void => {
    const lang = chosen ?? firstGuess(known);
    // A language that nothing here is recorded in stays chosen for other lessons: this one says so.
    if (known(lang)) select.value = lang;
    else select.selectedIndex = -1;
    const isHeard = show(lang);
    if (none) none.textContent = isHeard ? '' : (none.dataset.text ?? '');
  };
  select.addEventListener('change', () => remember(select.value));
  // A film on the page may have its own choice: it is the same.
  onChosen((lang) => {
    chosen = lang;
    apply();
  });
  window.speechSynthesis?.addEventListener?.('voiceschanged', apply);
  choice.hidden = select.options.length === 0;
  apply();
}

const choice = document.querySelector<HTMLElement>('[data-listen-choice]');
const select = choice?.querySelector('select');
if (choice && select) start(choice, select);
