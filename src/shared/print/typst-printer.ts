import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const FONTS = [
  '@expo-google-fonts/amiri/400Regular/Amiri_400Regular.ttf',
  '@expo-google-fonts/amiri/700Bold/Amiri_700Bold.ttf',
  '@expo-google-fonts/noto-sans-tifinagh/400Regular/NotoSansTifinagh_400Regular.ttf',
];
/** Typst remembers what it has laid out; results that were not used in so many sheets are forgotten. */
const KEEP_SHEETS = 10;

export interface TypstOptions {
  /** Address of the `.typ` file. */
  readonly template: URL;
  /** Standard that the PDF keeps to, such as `a-3a`. */
  readonly standard: string;
}

/** What one sheet is made of. */
export interface TypstInput {
  /** Texts that the template reads as `sys.inputs`. */
  readonly inputs: Record<string, string>;
  /** Pictures by the name under which the template opens them. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

/**
 * A printer of one kind of sheet, for a thread of its own: tagged, all fonts inside, the same bytes for the same sheet.
 * A letter that the fonts lack is an error that names it, see `lettersNotInFonts`.
 */
export function typstPrinter({ template, standard }: TypstOptions): (input: TypstInput) => Uint8Array {
  const path = fileURLToPath(template);
  const source = readFileSync(path, 'utf8');
  const require = createRequire(import.meta.url);
  const compiler = NodeCompiler.create({
    workspace: dirname(path),
    fontArgs: [{ fontBlobs: FONTS.map((font) => readFileSync(require.resolve(font))) }],
  });
  return ({ inputs, files = {} }) => {
    compiler.resetShadow();
    for (const [name, content] of Object.entries(files))
      compiler.mapShadow(join(dirname(path), name), Buffer.from(content));
    const compiled = compiler.compile({ mainFileContent: source, inputs });
    if (!compiled.result) throw new Error(messagesOf(compiled.takeError()));
    const pdf = compiler.pdf(compiled.result, { pdfStandard: standard });
    compiler.evictCache(KEEP_SHEETS);
    return new Uint8Array(pdf);
  };
}

function messagesOf(failure: unknown): string {
  const found = (failure as { shortDiagnostics?: unknown[] } | null)?.shortDiagnostics;
  return found ? found.map((line) => JSON.stringify(line)).join('\n') : String(failure);
}
