import fc from 'fast-check';
import writeXlsx from 'write-excel-file/node';
import { documentType } from './document-type.js';
import { pdf, zip } from './fixtures/documents.js';

const office = (part: string, ...more: string[]): Buffer =>
  zip(Object.fromEntries(['[Content_Types].xml', part, ...more].map((name) => [name, '<x/>'])));
const open = (mime: string, ...more: string[]): Buffer =>
  zip({ mimetype: mime, ...Object.fromEntries(['content.xml', ...more].map((name) => [name, '<x/>'])) });
const ODT = 'application/vnd.oasis.opendocument.text';

describe('the type of a document', () => {
  it.each([
    ['pdf', Buffer.from(pdf())],
    ['docx', office('word/document.xml')],
    ['xlsx', office('xl/workbook.xml')],
    ['pptx', office('ppt/presentation.xml')],
    ['odt', open(ODT)],
    ['ods', open('application/vnd.oasis.opendocument.spreadsheet')],
    ['odp', open('application/vnd.oasis.opendocument.presentation')],
  ])('%s is told by what is in it', (type, content) => {
    expect(documentType(content)).toBe(type);
  });

  it('is told of a workbook as another program writes it', async () => {
    const workbook = await writeXlsx([[{ value: 'Prix' }, { value: 120 }]]).toBuffer();
    expect(documentType(workbook)).toBe('xlsx');
  });

  it.each([
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a page with a PDF in it', Buffer.from(`<html>${pdf()}`)],
    ['a PDF that breaks off', Buffer.from(pdf().slice(0, 120))],
    ['nothing', Buffer.alloc(0)],
    ['a program', Buffer.from('MZ\x90\0')],
    ['a ZIP of other things', zip({ 'readme.txt': 'x' })],
    ['a text with macros', office('word/document.xml', 'word/vbaProject.bin')],
    ['an OpenDocument with macros', open(ODT, 'Basic/Standard/Module1.xml')],
    ['an OpenDocument of another kind', open('application/epub+zip')],
    ['a package that breaks off', office('word/document.xml').subarray(0, -30)],
  ])('%s is none', (_what, content) => {
    expect(documentType(content)).toBeUndefined();
  });

  it('is asked of any bytes, also of packages that lie about themselves, without a fault', () => {
    const lie = fc
      .tuple(
        fc.nat(200),
        fc.integer({ min: 0, max: 255 }),
        fc.constantFrom(office('xl/workbook.xml'), open(ODT)),
      )
      .map(([at, byte, whole]) => {
        const copy = Buffer.from(whole);
        copy[copy.length - 1 - (at % copy.length)] = byte;
        return copy;
      });
    const any = fc.oneof(
      lie,
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.concat([Buffer.from('PK\x03\x04'), bytes])),
    );
    fc.assert(fc.property(any, (bytes) => void documentType(bytes)));
  });
});
