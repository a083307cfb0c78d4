/**
 * The small script of every page. Nothing here is needed to read, answer or book: it adds a voice, guards against a
 * second tap and keeps a table's chosen columns.
 */

const html = document.documentElement;

/** The browser's own voice for the page's language, or undefined while there is none. */
function voice(): SpeechSynthesisVoice | undefined {
  return window.speechSynthesis?.getVoices().find((v) => v.lang.toLowerCase().startsWith(html.lang));
}

let stopCurrent: (() => void) | undefined;

function press(button: HTMLElement, pressed: boolean): void {
  button.setAttribute('aria-pressed', String(pressed));
}

/** Plays a recording; a link is also useful without script, so only a plain click is taken over. */
function playRecording(link: HTMLAnchorElement): () => void {
  const audio = new Audio(link.href);
  const ended = (): void => stopCurrent?.();
  audio.addEventListener('ended', ended);
  audio.addEventListener('error', ended);
  audio.play().catch(ended);
  return () => audio.pause();
}

/** Reads the named elements aloud, in the order given. */
function speak(ids: string): () => void {
  const text = ids.split(' ').map((id) => document.getElementById(id)?.innerText ?? '');
  const utterance = new SpeechSynthesisUtterance(text.join('. '));
  utterance.lang = html.lang;
  utterance.voice = voice() ?? null;
  utterance.onend = utterance.onerror = () => stopCurrent?.();
  window.speechSynthesis.speak(utterance);
  return () => window.speechSynthesis.cancel();
}

function toggleListening(button: HTMLElement): void {
  const wasPlaying = button.getAttribute('aria-pressed') === 'true';
  stopCurrent?.();
  if (wasPlaying) return;
  press(button, true);
  const stop =
    button instanceof HTMLAnchorElement ? playRecording(button) : speak(button.dataset.listen ?? '');
  stopCurrent = () => {
    stopCurrent = undefined;
    press(button, false);
    stop();
  };
}

/** A button that reads is shown only once a voice of the page's language is there. */
function showListenButtons(): void {
  if (!voice()) return;
  for (const button of document.querySelectorAll<HTMLElement>('button[data-listen]')) button.hidden = false;
}

/** A dangerous form asks once; any form is sent once. Coming back with the browser's arrow makes it usable again. */
function guardForms(event: SubmitEvent): void {
  if (event.defaultPrevented) return;
  const form = event.target as HTMLFormElement;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (form.dataset.sent || (question && !window.confirm(question))) {
    event.preventDefault();
    return;
  }
  if (form.method === 'get') return;
  form.dataset.sent = '1';
  event.submitter?.setAttribute('aria-busy', 'true');
}

function releaseForms(): void {
  for (const form of document.querySelectorAll<HTMLElement>('form[data-sent]')) delete form.dataset.sent;
  for (const button of document.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
}

/** `<input type="checkbox" data-column="3" data-table="people">` hides the third column, remembered on this device. */
function keepColumns(): void {
  for (const box of document.querySelectorAll<HTMLInputElement>('input[data-column]')) {
    const key = `columns:${box.dataset.table}:${box.dataset.column}`;
    const apply = (): void => {
      const cells = document.querySelectorAll<HTMLElement>(
        `#${box.dataset.table} tr > :nth-child(${box.dataset.column})`,
      );
      for (const cell of cells) cell.hidden = !box.checked;
    };
    box.checked = localStorage.getItem(key) !== '0';
    apply();
    box.addEventListener('change', () => {
      localStorage.setItem(key, box.checked ? '1' : '0');
      apply();
    });
  }
}

function onClick(event: MouseEvent): void {
  const target = event.target as Element;
  const listen = target.closest<HTMLElement>('[data-listen]');
  if (listen && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    toggleListening(listen);
  }
  const language = target.closest<HTMLElement>('[data-language]')?.dataset.language;
  // One year; the server reads the same cookie at `/`, where the language is asked once.
  if (language) document.cookie = `lang=${language};path=/;max-age=31536000;samesite=lax`;
}

function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  document.querySelector<HTMLElement>('.dialog:target [data-close]')?.click();
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('.menu[open]')) {
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }
}

document.addEventListener('click', onClick);
document.addEventListener('keydown', onKey);
document.addEventListener('submit', guardForms);
window.addEventListener('pageshow', releaseForms);
window.addEventListener('pagehide', () => stopCurrent?.());
window.speechSynthesis?.addEventListener?.('voiceschanged', showListenButtons);
document.querySelector<HTMLElement>('[data-focus]')?.focus();
showListenButtons();
// Last, because a browser that blocks storage throws here.
keepColumns();
