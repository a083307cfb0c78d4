import { crc32, deflateRawSync } from 'node:zlib';

const SHEET_TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** One part of an archive; `saysSize` is what its headers claim that it unpacks to. */
export interface ZipPart {
  name: string;
  content: Buffer;
  saysSize?: number;
}

/** An archive as the format wants it, but for sizes that may lie. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, saysSize = content.length } of parts) {
    const packed = deflateRawSync(content, { level: 6 });
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(saysSize, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fields, Buffer.from(name), packed]);
    const entry = Buffer.alloc(46);
    entry.write('PK\u0001\u0002', 'latin1');
    entry.writeUInt16LE(20, 4);
    fields.copy(entry, 6, 0, 26);
    entry.writeUInt32LE(offset, 42);
    locals.push(local);
    central.push(Buffer.concat([entry, Buffer.from(name)]));
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** What a workbook is made of, besides the cells of its sheet. */
export interface WorkbookPlan {
  /** Inside of `<sheetData>`. */
  rows: string;
  /** Bytes that the sheet claims to unpack to. */
  saysSize?: number;
  /** Inside of `<workbook>`, before the sheets. */
  settings?: string;
  sharedStrings?: string;
  styles?: string;
}

/** A workbook of one sheet, written part by part. */
export function workbookOf({ rows, saysSize, settings = '', sharedStrings, styles }: WorkbookPlan): Buffer {
  const relations = [
    ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
    ...(sharedStrings === undefined ? [] : [['rId2', 'sharedStrings', 'sharedStrings.xml']]),
    ...(styles === undefined ? [] : [['rId3', 'styles', 'styles.xml']]),
  ].map(
    ([id, kind, target]) => `<Relationship Id="${id}" Type="${SHEET_TYPES}/${kind}" Target="${target}"/>`,
  );
  const part = (name: string, xml: string): ZipPart => ({ name, content: Buffer.from(XML + xml) });
  return zipOf([
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${SHEET_TYPES}">${settings}<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    part('xl/_rels/workbook.xml.rels', `<Relationships>${relations.join('')}</Relationships>`),
    {
      ...part(
        'xl/worksheets/sheet1.xml',
        `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
      ),
      ...(saysSize === undefined ? {} : { saysSize }),
    },
    ...(sharedStrings === undefined
      ? []
      : [part('xl/sharedStrings.xml', `<sst xmlns="${MAIN}">${sharedStrings}</sst>`)]),
    ...(styles === undefined
      ? []
      : [part('xl/styles.xml', `<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`)]),
  ]);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A cell with its text in itself. */
export const cellOf = (reference: string, text: string): string =>
  `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

/** Rows of texts, from the first cell on. */
export const rowsOf = (lines: ReadonlyArray<readonly string[]>): string =>
  lines
    .map(
      (line, n) =>
        `<row r="${n + 1}">${line.map((text, at) => cellOf(`${String.fromCharCode(65 + at)}${n + 1}`, text)).join('')}</row>`,
    )
    .join('');
