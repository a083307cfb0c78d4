/** What happens while something is held: places on the screen, and how far from where it was taken, in pixels. */
export interface Hold {
  move(x: number, y: number, dx: number, dy: number): void;
  end(x: number, y: number): void;
}

/** Follows a finger, pen or mouse from where it takes `element` until it lets go. */
export function followPointer(element: HTMLElement, hold: Hold): void {
  let from: { x: number; y: number } | undefined;
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY };
    element.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  element.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (from) hold.move(clientX, clientY, clientX - from.x, clientY - from.y);
  });
  const end = ({ clientX, clientY }: PointerEvent): void => {
    if (from) hold.end(clientX, clientY);
    from = undefined;
  };
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
}
