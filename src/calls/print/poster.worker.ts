import { typstPrinter } from '../../shared/print/typst-printer.js';
import { serveWork } from '../../shared/workers/serve-work.js';
import type { PosterSheet } from './poster-sheet.js';
import { qrPath } from './qr-path.js';

const print = typstPrinter({ template: new URL('poster.typ', import.meta.url), standard: 'a-2a' });

serveWork(({ link, ...sheet }: PosterSheet) => {
  const { side, path } = qrPath(link);
  const qr = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path d="${path}"/></svg>`;
  const output = print({ inputs: { data: JSON.stringify(sheet), qr } });
  return { output, transfer: [output.buffer as ArrayBuffer] };
});
