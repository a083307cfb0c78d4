/** Millimetres of a sheet, and where the row of stars runs on it. */
const SHEET = { width: 297, height: 210 };
/** Between two stars; 87 mm, the difference of the sides, is ten of them, so all four margins are equal. */
const CELL = 8.7;
const ACROSS = 31;
const DOWN = 21;
const MARGIN = (SHEET.width - ACROSS * CELL) / 2;
/** Inner corner of an eight-pointed star of radius 1 made of two squares. */
const NOTCH = Math.cos(Math.PI / 4) / Math.cos(Math.PI / 8);
const CORNER_RADIUS = CELL * 0.95;

const TEAL = '#0a5261';
const PALE = '#e4eff0';
const SAFFRON = '#d9960f';

const mm = (value: number): string => value.toFixed(2).replace(/\.?0+$/, '');

/** Path of an eight-pointed star, the khatam: two squares, one turned by an eighth. */
function star(x: number, y: number, radius: number): string {
  const points = Array.from({ length: 16 }, (_, i) => {
    const r = i % 2 === 0 ? radius : radius * NOTCH;
    const angle = (i * Math.PI) / 8;
    return `${mm(x + r * Math.cos(angle))} ${mm(y + r * Math.sin(angle))}`;
  });
  return `M${points.join('L')}Z`;
}

/** Centres of the stars along the four sides, corners left out. */
function sides(): Array<[number, number]> {
  const left = MARGIN;
  const top = MARGIN;
  const right = SHEET.width - MARGIN;
  const bottom = SHEET.height - MARGIN;
  const rows = Array.from({ length: ACROSS - 1 }, (_, i) => left + (i + 1) * CELL);
  const columns = Array.from({ length: DOWN - 1 }, (_, i) => top + (i + 1) * CELL);
  return [
    ...rows.flatMap((x): Array<[number, number]> => [
      [x, top],
      [x, bottom],
    ]),
    ...columns.flatMap((y): Array<[number, number]> => [
      [left, y],
      [right, y],
    ]),
  ];
}

function frame(inset: number, stroke: string): string {
  const box = `x="${mm(inset)}" y="${mm(inset)}" width="${mm(SHEET.width - 2 * inset)}" height="${mm(SHEET.height - 2 * inset)}"`;
  return `<rect ${box} fill="none" stroke="${TEAL}" stroke-width="${stroke}"/>`;
}

/** The border of a certificate: one row of zellige stars between two fine lines, larger ones in the corners. */
export function starBorder(): string {
  const corners: Array<[number, number]> = [
    [MARGIN, MARGIN],
    [SHEET.width - MARGIN, MARGIN],
    [MARGIN, SHEET.height - MARGIN],
    [SHEET.width - MARGIN, SHEET.height - MARGIN],
  ];
  const row = sides()
    .map(([x, y]) => star(x, y, CELL / 2))
    .join('');
  const isByCorner = ([x, y]: [number, number]): boolean =>
    corners.some(([cx, cy]) => Math.hypot(x - cx, y - cy) < 1.5 * CELL);
  const hearts = sides()
    // The large corners reach over their neighbours, whose hearts would show as crumbs.
    .filter((at) => !isByCorner(at) && Math.round((at[0] + at[1] - 2 * MARGIN) / CELL) % 2 === 0)
    .map(([x, y]) => star(x, y, CELL / 8))
    .join('');
  const corner = corners.map(([x, y]) => star(x, y, CORNER_RADIUS)).join('');
  const cornerHearts = corners.map(([x, y]) => star(x, y, CORNER_RADIUS * 0.45)).join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SHEET.width} ${SHEET.height}">`,
    frame(MARGIN - CELL / 2 - 1.2, '0.5'),
    frame(MARGIN + CELL / 2 + 1.2, '0.25'),
    `<path d="${row}" fill="${PALE}" stroke="${TEAL}" stroke-width="0.25" stroke-linejoin="miter"/>`,
    `<path d="${hearts}" fill="${SAFFRON}"/>`,
    `<path d="${corner}" fill="#fff" stroke="#fff" stroke-width="2"/>`,
    `<path d="${corner}" fill="${TEAL}"/><path d="${cornerHearts}" fill="#fff"/>`,
    '</svg>',
  ].join('');
}
