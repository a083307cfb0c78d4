/**
 * The floor of `bench/certificates.mjs`: for each sheet a bare Typst page, one Ed25519 signature, one file write, one
 * after the other in one process. No database, no transaction, no flush. Prints one line of JSON.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const { template, sheets, border, out } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const require = createRequire(import.meta.url);
const fonts = [
  '@expo-google-fonts/amiri/400Regular/Amiri_400Regular.ttf',
  '@expo-google-fonts/amiri/700Bold/Amiri_700Bold.ttf',
  '@expo-google-fonts/noto-sans-tifinagh/400Regular/NotoSansTifinagh_400Regular.ttf',
].map((font) => readFileSync(require.resolve(font)));
const compiler = NodeCompiler.create({ workspace: out, fontArgs: [{ fontBlobs: fonts }] });
const { privateKey } = generateKeyPairSync('ed25519');
const mainFileContent = readFileSync(template, 'utf8');

function page(sheet) {
  const { result } = compiler.compile({
    mainFileContent,
    inputs: { data: JSON.stringify(sheet), qr: sheet.qr, border },
  });
  const pdf = compiler.pdf(result, { pdfStandard: 'a-3a' });
  compiler.evictCache(10);
  return pdf;
}

// The first pages load fonts and warm the compiler: both sides leave them out.
for (const sheet of sheets.slice(0, 5)) page(sheet);
const started = performance.now();
for (const [i, sheet] of sheets.entries()) {
  const pdf = page(sheet);
  const signature = sign(null, pdf, privateKey);
  await writeFile(join(out, `${i}.pdf`), Buffer.concat([pdf, signature]));
}
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }));
