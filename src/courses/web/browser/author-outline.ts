/** Entries of an outline follow a finger or a mouse by their handle; where they are let go, the buttons' form is sent. */

function entriesOf(list: Element): HTMLElement[] {
  return [...list.children].filter(
    (child): child is HTMLElement => child instanceof HTMLElement && child.matches('[data-entry]'),
  );
}

/** Follows the pointer and puts the entry where it is held. */
function carry(entry: HTMLElement, y: number): void {
  const list = entry.parentElement;
  if (!list) return;
  for (const other of entriesOf(list)) {
    const { top, height } = other.getBoundingClientRect();
    if (other === entry || y < top || y > top + height) continue;
    const isBelow = entry.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (isBelow) other.after(entry);
    else other.before(entry);
    return;
  }
}

/** Sends the form of the buttons with the number of places. */
function send(entry: HTMLElement, by: number): void {
  const form = [...entry.querySelectorAll<HTMLFormElement>('form[data-move]')].find(
    (one) => one.closest('[data-entry]') === entry,
  );
  if (!form || by === 0) return;
  const places = document.createElement('input');
  Object.assign(places, { type: 'hidden', name: 'by', value: String(by) });
  form.append(places);
  form.submit();
}

for (const handle of document.querySelectorAll<HTMLElement>('[data-handle]')) {
  const entry = handle.closest<HTMLElement>('[data-entry]');
  const list = entry?.parentElement;
  if (!entry || !list) continue;
  handle.hidden = false;
  handle.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    const from = entriesOf(list).indexOf(entry);
    entry.classList.add('author-carried');
    // On the document: an entry that is moved in the page loses the pointer that its handle had captured.
    const move = (moved: PointerEvent): void => carry(entry, moved.clientY);
    const end = (): void => {
      document.removeEventListener('pointermove', move);
      document.removeEventListener('pointerup', end);
      document.removeEventListener('pointercancel', end);
      entry.classList.remove('author-carried');
      send(entry, entriesOf(list).indexOf(entry) - from);
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', end);
    document.addEventListener('pointercancel', end);
  });
}
