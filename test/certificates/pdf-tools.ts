import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

/** Marks of direction that a reader of PDFs puts around Arabic. */
const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Hands a PDF to programs of the system as a file. */
function withFile<T>(pdf: Buffer, use: (file: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'qafila-pdf-'));
  try {
    const file = join(folder, 'certificate.pdf');
    writeFileSync(file, pdf);
    return use(file, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lines of the text, as copied out of a reader. */
export function textOf(pdf: Buffer): string[] {
  const text = withFile(pdf, (file) => execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }));
  return text.replace(MARKS, '').split('\n');
}

/** What the file says of itself: `Title`, `Tagged`, `Pages` … */
export function infoOf(pdf: Buffer): Map<string, string> {
  const lines = withFile(pdf, (file) =>
    execFileSync('pdfinfo', [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  return new Map(lines.split('\n').map((line) => [line.split(':')[0] ?? '', line.replace(/^[^:]*:\s*/, '')]));
}

/** The tags of the document, one a line. */
export function structureOf(pdf: Buffer): string {
  return withFile(pdf, (file) =>
    execFileSync('pdfinfo', ['-struct-text', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
}

/** Names of the fonts, each with whether it is embedded. */
export function fontsOf(pdf: Buffer): Array<{ name: string; embedded: boolean }> {
  const lines = withFile(pdf, (file) => execFileSync('pdffonts', [file], { encoding: 'utf8' }))
    .split('\n')
    .slice(2);
  return lines.filter(Boolean).map((line) => ({
    name: line.split(/\s+/)[0] ?? '',
    embedded: / yes +yes +yes /.test(line),
  }));
}

/** @throws when qpdf finds a fault in the structure of the file */
export function checkSyntax(pdf: Buffer): string {
  return withFile(pdf, (file) => execFileSync('qpdf', ['--check', file], { encoding: 'utf8' }));
}

/** The metadata of PDF/A. */
export function xmpOf(pdf: Buffer): string {
  return withFile(pdf, (file) => execFileSync('pdfinfo', ['-meta', file], { encoding: 'utf8' }));
}

/** Alternative texts of the pictures, as a screen reader says them. */
export function imagesOf(pdf: Buffer): string[] {
  const objects = withFile(pdf, (file, folder) => {
    const json = join(folder, 'objects.json');
    execFileSync('qpdf', ['--json', '--json-key=qpdf', file, json]);
    return readFileSync(json, 'utf8');
  });
  return [...objects.matchAll(/"\/Alt": ("(?:[^"\\]|\\.)*")/g)].map(([, text = '""']) =>
    (JSON.parse(text) as string).replace(/^u:/, ''),
  );
}

/** The sheet as a picture, in greys, or as red, green and blue. @param dpi dots per inch */
export async function pixelsOf(
  pdf: Buffer,
  dpi = 72,
  as: 'grey' | 'colour' = 'grey',
): Promise<{ data: Buffer; width: number; height: number }> {
  const png = withFile(pdf, (file, folder) => {
    execFileSync('pdftoppm', ['-r', String(dpi), '-png', '-singlefile', file, join(folder, 'page')]);
    return readFileSync(join(folder, 'page.png'));
  });
  const picture = as === 'grey' ? sharp(png).greyscale() : sharp(png).removeAlpha();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
