/**
 * Keeps what is typed into the form of a call on this phone until it is sent: a call that rings, a page that closes and
 * a network that goes lose nothing. Photos are not kept. Without this script the form works the same.
 */

type Kept = Array<[name: string, value: string]>;
const PREFIX = 'call:';

const keyOf = (call: string, owner: string): string => `${PREFIX}${call}:${owner}`;

/** A browser that blocks storage throws: then nothing is kept, and nothing is lost but that. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Nothing to do: the form itself needs no storage.
  }
}

function controls(form: HTMLFormElement): Array<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement> {
  return [...form.elements].filter(
    (one): one is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
      (one instanceof HTMLInputElement &&
        !['hidden', 'file', 'submit'].includes(one.type) &&
        one.id !== 'website') ||
      one instanceof HTMLTextAreaElement ||
      one instanceof HTMLSelectElement,
  );
}

const isBox = (one: Element): one is HTMLInputElement =>
  one instanceof HTMLInputElement && (one.type === 'checkbox' || one.type === 'radio');

function read(form: HTMLFormElement): Kept {
  return controls(form)
    .filter((one) => (isBox(one) ? one.checked : one.value !== ''))
    .map((one) => [one.name, one.value]);
}

function fill(form: HTMLFormElement, kept: Kept): void {
  for (const one of controls(form)) {
    // A consent is given each time, never found ticked.
    if (one.name === 'training') continue;
    const mine = kept.filter(([name]) => name === one.name);
    if (isBox(one)) one.checked = mine.some(([, value]) => value === one.value);
    else if (mine[0]) one.value = mine[0][1];
  }
}

function keepDraft(form: HTMLFormElement): void {
  const key = keyOf(form.dataset.call ?? '', form.dataset.owner ?? '');
  const note = form.querySelector<HTMLElement>('[data-call-kept]');
  quietly(() => {
    const kept = localStorage.getItem(key);
    if (kept === null || form.dataset.fresh === undefined) return;
    fill(form, JSON.parse(kept) as Kept);
    if (note) note.hidden = false;
  });
  form.addEventListener('input', () => quietly(() => localStorage.setItem(key, JSON.stringify(read(form)))));
}

/** What was sent is forgotten: under the person who sent it, and under nobody, as it was typed before the code. */
function forgetSent(list: HTMLElement): void {
  for (const dossier of list.querySelectorAll<HTMLElement>('[data-call]')) {
    const call = dossier.dataset.call ?? '';
    quietly(() => {
      localStorage.removeItem(keyOf(call, list.dataset.callSent ?? ''));
      localStorage.removeItem(keyOf(call, ''));
    });
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-call]')) keepDraft(form);
for (const list of document.querySelectorAll<HTMLElement>('[data-call-sent]')) forgetSent(list);
