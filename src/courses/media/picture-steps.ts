import { type CameraMove } from '../course-file/course-document.js';

/** Milliseconds a change takes. */
export const CHANGE = { fade: 400, glide: 700, camera: 1200 } as const;

/** Size of a scene's drawing in its own units. */
const CANVAS = { width: 1280, height: 720 } as const;

const STEPPED = /<g((?:\s+data-(?:show|hide|move)\s*=\s*(?:"[^"]*"|'[^']*'))+)\s*>/g;
const ATTRIBUTE = /data-(show|hide|move)\s*=\s*["']([^"']*)["']/g;

/** A drawing cut at its stepped groups, ready to be put together for any moment. */
export interface SteppedPicture {
  /** Text between the groups' start tags; one more than there are groups. */
  readonly pieces: readonly string[];
  readonly groups: readonly SteppedGroup[];
}

interface SteppedGroup {
  readonly show?: number;
  readonly hide?: number;
  readonly moves: readonly { readonly step: number; readonly dx: number; readonly dy: number }[];
}

/** Finds the groups of a drawing that appear, vanish or move. */
export function steppedPicture(svg: string): SteppedPicture {
  const pieces: string[] = [];
  const groups: SteppedGroup[] = [];
  let last = 0;
  for (const match of svg.matchAll(STEPPED)) {
    pieces.push(svg.slice(last, match.index));
    groups.push(groupOf(match[1] ?? ''));
    last = match.index + match[0].length;
  }
  return { pieces: [...pieces, svg.slice(last)], groups };
}

/** The drawing as it stands `ms` after the scene began; equal moments give equal text. */
export function pictureAt(
  picture: SteppedPicture,
  stepStartsMs: readonly number[],
  camera: readonly CameraMove[],
  ms: number,
): string {
  const begins = (step: number): number => stepStartsMs[step - 1] ?? Number.POSITIVE_INFINITY;
  const svg = picture.pieces
    .map((piece, index) => {
      const group = picture.groups[index];
      return group ? piece + startTag(group, begins, ms) : piece;
    })
    .join('');
  return svg.replace(/viewBox="[^"]*"/, `viewBox="${viewBoxAt(camera, begins, ms)}"`);
}

function groupOf(attributes: string): SteppedGroup {
  const values = new Map(
    [...attributes.matchAll(ATTRIBUTE)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
  const step = (name: string): number | undefined =>
    values.has(name) ? Number(values.get(name)) : undefined;
  const moves = (values.get('move') ?? '')
    .split(';')
    .map((part) => part.trim().split(/\s+/).map(Number))
    .filter((numbers) => numbers.length === 3)
    .map(([at = 1, dx = 0, dy = 0]) => ({ step: at, dx, dy }));
  const show = step('show');
  const hide = step('hide');
  return { ...(show === undefined ? {} : { show }), ...(hide === undefined ? {} : { hide }), moves };
}

function startTag(group: SteppedGroup, begins: (step: number) => number, ms: number): string {
  const shown =
    group.show === undefined || group.show === 1 ? 1 : progress(ms, begins(group.show), CHANGE.fade);
  const gone = group.hide === undefined ? 0 : progress(ms, begins(group.hide), CHANGE.fade);
  const opacity = round(shown * (1 - gone), 3);
  let [x, y] = [0, 0];
  for (const move of group.moves) {
    // What stands somewhere in step 1 has always stood there.
    const part = move.step === 1 ? 1 : ease(progress(ms, begins(move.step), CHANGE.glide));
    [x, y] = [x + (move.dx - x) * part, y + (move.dy - y) * part];
  }
  const transform = x === 0 && y === 0 ? '' : ` transform="translate(${round(x, 1)} ${round(y, 1)})"`;
  // An invisible group is not drawn at all: opacity 0 would still cost its rendering.
  return opacity === 0
    ? '<g display="none">'
    : `<g${opacity === 1 ? '' : ` opacity="${opacity}"`}${transform}>`;
}

function viewBoxAt(camera: readonly CameraMove[], begins: (step: number) => number, ms: number): string {
  let view = { x: CANVAS.width / 2, y: CANVAS.height / 2, zoom: 1 };
  for (const move of camera) {
    const part = move.step === 1 ? 1 : ease(progress(ms, begins(move.step), CHANGE.camera));
    view = {
      x: view.x + (move.x - view.x) * part,
      y: view.y + (move.y - view.y) * part,
      zoom: view.zoom * (move.zoom / view.zoom) ** part,
    };
  }
  const width = CANVAS.width / view.zoom;
  const height = CANVAS.height / view.zoom;
  const left = clamp(view.x - width / 2, 0, CANVAS.width - width);
  const top = clamp(view.y - height / 2, 0, CANVAS.height - height);
  return [left, top, width, height].map((value) => round(value, 2)).join(' ');
}

function progress(ms: number, start: number, length: number): number {
  return clamp((ms - start) / length, 0, 1);
}

/** Slow, quick, slow. */
function ease(part: number): number {
  return part * part * (3 - 2 * part);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
