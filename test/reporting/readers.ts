import { inflateRawSync } from 'node:zlib';

/** A table as read back from a file or a page: a figure is a number, everything else is text. */
export type Table = Array<Array<string | number>>;

const END_OF_DIRECTORY = 0x06054b50;
const NUMBER = /^\d+(\.\d+)?$/;

/** The files of a ZIP, by their paths. */
export function unzip(archive: Buffer): Map<string, string> {
  let end = archive.length - 22;
  while (archive.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  const files = new Map<string, string>();
  let entry = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) =>
      archive.readUInt16LE(entry + at),
    ) as [number, number, number];
    const name = archive.toString('utf8', entry + 46, entry + 46 + nameLength);
    const local = archive.readUInt32LE(entry + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(start, start + archive.readUInt32LE(entry + 20));
    const content = archive.readUInt16LE(entry + 10) === 0 ? packed : inflateRawSync(packed);
    files.set(name, content.toString('utf8'));
    entry += 46 + nameLength + extraLength + commentLength;
  }
  return files;
}

function decoded(text: string): string {
  return text
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
}

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((m) => m[1] ?? '');

/** The only sheet of a workbook, its own markup, and the words of its name. */
export function readXlsx(file: Buffer): { table: Table; xml: string; sheet: string } {
  const files = unzip(file);
  const shared = all(files.get('xl/sharedStrings.xml') ?? '', /<si>([\s\S]*?)<\/si>/g).map((item) =>
    decoded(all(item, /<t[^>]*>([\s\S]*?)<\/t>/g).join('')),
  );
  const xml = files.get('xl/worksheets/sheet1.xml') ?? '';
  const table = all(xml, /<row[^>]*>([\s\S]*?)<\/row>/g).map((row) =>
    [...row.matchAll(/<c ([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)].map(([, attributes = '', content = '']) => {
      const value = decoded(all(content, /<(?:v|t)[^>]*>([\s\S]*?)<\/(?:v|t)>/g).join(''));
      if (attributes.includes('t="s"')) return shared[Number(value)] ?? '';
      return attributes.includes('t="') || value === '' ? value : Number(value);
    }),
  );
  return {
    table,
    xml,
    sheet: decoded(/<sheet [^>]*name="([^"]*)"/.exec(files.get('xl/workbook.xml') ?? '')?.[1] ?? ''),
  };
}

/** CSV as RFC 4180 has it. */
export function readCsv(text: string): Table {
  const lines: string[][] = [[]];
  let quoted = false;
  let cell = '';
  for (let i = 0; i <= text.length; i += 1) {
    const char = text[i];
    if (quoted) {
      if (char !== '"') cell += char ?? '';
      else if (text[i + 1] === '"') cell += text[(i += 1)];
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',' || char === '\n' || char === undefined) {
      lines.at(-1)?.push(cell);
      cell = '';
      if (char === '\n') lines.push([]);
    } else cell += char;
  }
  return lines
    .filter((line) => line.length > 1)
    .map((line) => line.map((value) => (NUMBER.test(value) ? Number(value) : value)));
}

const MARKS: Readonly<Record<string, RegExp>> = { fr: /\u202f/g, ar: /\./g, en: /,/g };

/** A figure as the page writes it in its language, read back. */
export function figureOf(text: string, locale: 'ar' | 'fr' | 'en'): string | number {
  const plain = text.replace(MARKS[locale] ?? '', '');
  const value = locale === 'en' ? plain : plain.replace(',', '.');
  return NUMBER.test(value) ? Number(value) : text;
}

/** The table of a page by its id, as the words one reads. */
export function readHtmlTable(page: string, id: string): string[][] {
  const table = new RegExp(`<table[^>]*id="${id}"[\\s\\S]*?</table>`).exec(page)?.[0] ?? '';
  return all(table, /<tr[^>]*>([\s\S]*?)<\/tr>/g).map((row) =>
    all(row, /<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g).map((cell) =>
      decoded(cell.replace(/<[^>]*>/g, ''))
        .replace(/[\u2066-\u2069]/g, '')
        .trim(),
    ),
  );
}
