import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { serveWork } from '../../shared/workers/serve-work.js';
import type { CertificateSheet } from './certificate-sheet.js';
import { qrPicture } from './qr-picture.js';
import { starBorder } from './star-border.js';

const FONTS = [
  '@expo-google-fonts/amiri/400Regular/Amiri_400Regular.ttf',
  '@expo-google-fonts/amiri/700Bold/Amiri_700Bold.ttf',
  '@expo-google-fonts/noto-sans-tifinagh/400Regular/NotoSansTifinagh_400Regular.ttf',
];
/** Typst remembers what it has laid out; results that were not used in so many sheets are forgotten. */
const KEEP_SHEETS = 10;

const template = fileURLToPath(new URL('certificate.typ', import.meta.url));
const source = readFileSync(template, 'utf8');
const border = starBorder();
const require = createRequire(import.meta.url);
const compiler = NodeCompiler.create({
  workspace: dirname(template),
  fontArgs: [{ fontBlobs: FONTS.map((font) => readFileSync(require.resolve(font))) }],
});

function messagesOf(failure: unknown): string {
  const found = (failure as { shortDiagnostics?: unknown[] } | null)?.shortDiagnostics;
  return found ? found.map((line) => JSON.stringify(line)).join('\n') : String(failure);
}

/** One sheet as PDF/A-3a: tagged, all fonts inside, the same bytes for the same sheet. */
function print(sheet: CertificateSheet): Buffer {
  const inputs = { data: JSON.stringify(sheet), qr: qrPicture(sheet.qrText), border };
  const compiled = compiler.compile({ mainFileContent: source, inputs });
  if (!compiled.result) throw new Error(messagesOf(compiled.takeError()));
  const pdf = compiler.pdf(compiled.result, { pdfStandard: 'a-3a' });
  compiler.evictCache(KEEP_SHEETS);
  return pdf;
}

serveWork((sheet: CertificateSheet) => {
  const pdf = print(sheet);
  const bytes = new Uint8Array(pdf);
  return { output: bytes, transfer: [bytes.buffer] };
});
