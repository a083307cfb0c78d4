/** The language somebody listens in: one choice for recordings and films, remembered on this device. */
const COOKIE = 'listen';
const YEAR_SECONDS = 31_536_000;
/** Told to the page's other scripts when somebody chooses; `detail` is the language. */
const CHOSEN = 'listen-chosen';

/** The language that was chosen last, on this page or another. */
export function remembered(): string | undefined {
  return document.cookie
    .split('; ')
    .find((pair) => pair.startsWith(`${COOKIE}=`))
    ?.slice(COOKIE.length + 1);
}

/** Remembers a language, and tells the page. */
export function remember(lang: string): void {
  document.cookie = `${COOKIE}=${lang};path=/;max-age=${YEAR_SECONDS};samesite=lax`;
  document.dispatchEvent(new CustomEvent(CHOSEN, { detail: lang }));
}

/** Calls back whenever a language is chosen anywhere on the page. */
export function onChosen(tell: (lang: string) => void): void {
  document.addEventListener(CHOSEN, (event) => tell(String((event as CustomEvent).detail)));
}
