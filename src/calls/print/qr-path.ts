import { create } from 'qrcode';

/** Modules of white that scanners ask for around the square. */
const MARGIN = 4;

/** The QR of an address as one path of unit squares, with the side of its view box; error correction M. */
export function qrPath(text: string): { side: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) path += `M${column + MARGIN} ${row + MARGIN}h1v1h-1z`;
  return { side: modules.size + 2 * MARGIN, path };
}
