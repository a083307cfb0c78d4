import { typstPrinter } from '../../shared/print/typst-printer.js';
import { serveWork } from '../../shared/workers/serve-work.js';
import type { LetterFile } from './letter-sheet.js';

const print = typstPrinter({ template: new URL('letter.typ', import.meta.url), standard: 'a-2a' });

serveWork((file: LetterFile) => {
  const output = print({ inputs: { data: JSON.stringify(file) } });
  return { output, transfer: [output.buffer as ArrayBuffer] };
});
