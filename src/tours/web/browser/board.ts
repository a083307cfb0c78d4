/**
 * Stops of the timeline follow a finger or a mouse by their handle. Where one is let go on another day, the form that
 * moves a stop is sent: it asks first, as it does without a script.
 */

const CARRIED = 'board-carried';
const HELD_OVER = 'board-over';

const timeline = document.querySelector<HTMLElement>('[data-timeline]');
const form = document.querySelector<HTMLFormElement>('form[data-drop]');

function dayAt(x: number, y: number): HTMLElement | undefined {
  const cell = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-day]');
  return cell && timeline?.contains(cell) ? cell : undefined;
}

function askToMove(move: string, day: string): void {
  const field = form?.elements.namedItem('localDate');
  if (!form || !(field instanceof HTMLInputElement)) return;
  field.value = day;
  form.action = move;
  form.requestSubmit();
}

function carryStop(entry: HTMLElement, begun: PointerEvent): void {
  const from = entry.closest<HTMLElement>('[data-day]');
  const move = entry.dataset['move'];
  if (!from || move === undefined) return;
  let over: HTMLElement | undefined;
  const hold = (cell: HTMLElement | undefined): void => {
    over?.classList.remove(HELD_OVER);
    over = cell === from ? undefined : cell;
    over?.classList.add(HELD_OVER);
  };
  const carry = ({ clientX, clientY }: PointerEvent): void => {
    entry.style.transform = `translate(${clientX - begun.clientX}px, ${clientY - begun.clientY}px)`;
    hold(dayAt(clientX, clientY));
  };
  const end = (isLetGo: boolean): void => {
    const day = isLetGo ? over?.dataset['day'] : undefined;
    hold(undefined);
    entry.classList.remove(CARRIED);
    entry.style.transform = '';
    stopping.abort();
    if (day !== undefined) askToMove(move, day);
  };
  const stopping = new AbortController();
  const { signal } = stopping;
  entry.classList.add(CARRIED);
  document.addEventListener('pointermove', carry, { signal });
  document.addEventListener('pointerup', () => end(true), { signal });
  document.addEventListener('pointercancel', () => end(false), { signal });
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && end(false), { signal });
}

document.querySelector('[data-drop-hint]')?.removeAttribute('hidden');
for (const entry of timeline?.querySelectorAll<HTMLElement>('[data-move]') ?? []) {
  const handle = entry.querySelector<HTMLElement>('[data-handle]');
  if (!handle || !form) continue;
  handle.hidden = false;
  handle.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    carryStop(entry, event);
  });
}
