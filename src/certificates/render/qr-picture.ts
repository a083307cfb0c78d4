import QRCode from 'qrcode';

/** Modules of white around the code; readers need four. */
const QUIET_MODULES = 4;

/** A QR code as an SVG picture with one path, error correction M: a fold or a stamp over it still reads. */
export function qrPicture(text: string): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const side = modules.size + 2 * QUIET_MODULES;
  let path = '';
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size;) {
      if (!modules.get(row, column)) {
        column += 1;
        continue;
      }
      // One rectangle for each run of dark modules: no hairlines between neighbours.
      const from = column;
      while (column < modules.size && modules.get(row, column)) column += 1;
      path += `M${from + QUIET_MODULES} ${row + QUIET_MODULES}h${column - from}v1h-${column - from}z`;
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path d="${path}"/></svg>`;
}
