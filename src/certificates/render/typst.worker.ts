import { typstPrinter } from '../../shared/print/typst-printer.js';
import { serveWork } from '../../shared/workers/serve-work.js';
import type { CertificateSheet } from './certificate-sheet.js';
import { qrPicture } from './qr-picture.js';
import { starBorder } from './star-border.js';

const print = typstPrinter({ template: new URL('certificate.typ', import.meta.url), standard: 'a-3a' });
const border = starBorder();

/** What a thread is asked to print: the sheet, and its logos under the names by which it calls them. */
export interface CertificateWork {
  readonly sheet: CertificateSheet;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

serveWork(({ sheet, files }: CertificateWork) => {
  const inputs = { data: JSON.stringify(sheet), qr: qrPicture(sheet.qrText), border };
  const output = print({ inputs, files });
  return { output, transfer: [output.buffer as ArrayBuffer] };
});
