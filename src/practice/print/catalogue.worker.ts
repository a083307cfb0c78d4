import { typstPrinter } from '../../shared/print/typst-printer.js';
import { serveWork } from '../../shared/workers/serve-work.js';
import type { CatalogueSheet } from './catalogue-sheet.js';

/** A catalogue and its pictures, by file name. */
export interface CatalogueWork {
  readonly sheet: CatalogueSheet;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

const print = typstPrinter({ template: new URL('catalogue.typ', import.meta.url), standard: 'a-2a' });

serveWork(({ sheet, files }: CatalogueWork) => {
  const output = print({ inputs: { data: JSON.stringify(sheet) }, files });
  return { output, transfer: [output.buffer as ArrayBuffer] };
});
