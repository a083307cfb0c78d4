/** Documents that a lesson may hand out, by the ending of their names: what phones and offices open without a program of ours. */
export const DOCUMENT_TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
} as const;
export type DocumentType = keyof typeof DOCUMENT_TYPES;

/** Bytes of a document; on a phone's 400 kbit/s three and a half minutes. */
export const DOCUMENT_BYTES = 10 * 1024 * 1024;

/** Bytes from its end in which a whole PDF says that it ends. */
const PDF_END = 2048;
/** The part that makes a package of Office what it is. */
const OFFICE_PARTS: readonly (readonly [string, DocumentType])[] = [
  ['word/document.xml', 'docx'],
  ['xl/workbook.xml', 'xlsx'],
  ['ppt/presentation.xml', 'pptx'],
];
/** Signatures and sizes of the records of a ZIP (APPNOTE 4.3): entry of the list, end of the list. */
const ENTRY = { signature: 0x02014b50, bytes: 46 };
const END = { signature: 0x06054b50, bytes: 22 };
/** The comment after the end of the list has at most so many bytes. */
const LONGEST_COMMENT = 0xffff;
/** Entries that are looked at; a workbook of hundreds of sheets has fewer. */
const MOST_ENTRIES = 5000;

/**
 * Tells a document by what is in it; names and types that came with it say nothing.
 *
 * @returns undefined for anything else, for a file that breaks off, and for one with macros
 */
export function documentType(content: Buffer): DocumentType | undefined {
  if (content.subarray(0, 5).toString('latin1') === '%PDF-')
    return content.subarray(-PDF_END).includes('%%EOF') ? 'pdf' : undefined;
  const names = zipNames(content);
  if (!names || names.some((name) => /vbaProject\.bin$|^Basic\//i.test(name))) return undefined;
  if (names.includes('[Content_Types].xml')) return OFFICE_PARTS.find(([part]) => names.includes(part))?.[1];
  const mime = names[0] === 'mimetype' ? storedMime(content) : undefined;
  return (['odt', 'ods', 'odp'] as const).find((type) => DOCUMENT_TYPES[type] === mime);
}

/** Names of what is in a ZIP, as its list gives them; undefined for what is none, or one whose list is broken. */
function zipNames(content: Buffer): string[] | undefined {
  if (content.subarray(0, 4).toString('latin1') !== 'PK\x03\x04') return undefined;
  const end = endOfList(content);
  if (end === undefined) return undefined;
  const count = content.readUInt16LE(end + 10);
  let at = content.readUInt32LE(end + 16);
  if (count > MOST_ENTRIES) return undefined;
  const names: string[] = [];
  for (let n = 0; n < count; n += 1) {
    if (at + ENTRY.bytes > end || content.readUInt32LE(at) !== ENTRY.signature) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((place) => content.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    names.push(content.subarray(at + ENTRY.bytes, at + ENTRY.bytes + name).toString('utf8'));
    at += ENTRY.bytes + name + extra + comment;
  }
  return names;
}

function endOfList(content: Buffer): number | undefined {
  const last = content.length - END.bytes;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1)
    if (content.readUInt32LE(at) === END.signature) return at;
  return undefined;
}

/** What an OpenDocument says it is: its first entry, which is never compressed (ODF 1.3, part 2, 3.3). */
function storedMime(content: Buffer): string {
  const [name, extra] = [content.readUInt16LE(26), content.readUInt16LE(28)];
  const start = 30 + name + extra;
  return content.subarray(start, start + content.readUInt32LE(18)).toString('latin1');
}
