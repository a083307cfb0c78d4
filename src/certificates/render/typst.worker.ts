import { typstPrinter } from '../../shared/print/typst-printer.js';
import { serveWork } from '../../shared/workers/serve-work.js';
import type { CertificateSheet } from './certificate-sheet.js';
import { qrPicture } from './qr-picture.js';
import { starBorder } from './star-border.js';

const print = typstPrinter({ template: new URL('certificate.typ', import.meta.url), standard: 'a-3a' });
const border = starBorder();

serveWork((sheet: CertificateSheet) => {
  const output = print({ inputs: { data: JSON.stringify(sheet), qr: qrPicture(sheet.qrText), border } });
  return { output, transfer: [output.buffer as ArrayBuffer] };
});
