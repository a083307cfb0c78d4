import fc from 'fast-check';
import { cellOf as textCell, rowsOf, workbookOf, zipOf } from '../../../test/support/workbook.js';
import { cellOf, textOf } from './cell-text.js';
import { readCsv } from './csv-reader.js';
import { MAX_ROWS, type ReadTable, TableRefused, type TableProblem } from './table-limits.js';
import { csvOfTexts, xlsxOfTexts } from './table-writer.js';
import { encodingOf } from './text-encoding.js';
import { readXlsx } from './xlsx-reader.js';

const linesOf = ({ header, rows }: ReadTable): string[][] => [
  header.cells,
  ...rows.map(({ cells }) => cells),
];
const csv = (text: string): string[][] => linesOf(readCsv(Buffer.from(text)));

/** windows-1252 and windows-1256, byte by byte, from the decoder itself. */
function encoded(text: string, label: string): Buffer {
  const signs = new TextDecoder(label).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Buffer.from([...text].map((sign) => signs.indexOf(sign)));
}

async function problemOf(work: () => unknown): Promise<TableProblem | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof TableRefused) return error.problem;
    throw error;
  }
}

describe('the encoding of a file', () => {
  const FRENCH = 'Prénom;Nom;Téléphone\r\nÉléonore;BENSAÏD;0612345678\r\n';
  const ARABIC = 'الاسم الشخصي;الاسم العائلي;الهاتف\r\nفاطمة;العلوي;0612345678\r\n';
  const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

  it.each([
    ['utf-8', Buffer.from(FRENCH + ARABIC)],
    ['utf-8', Buffer.from(`\ufeff${ARABIC}`)],
    ['utf-16le', utf16(`\ufeff${ARABIC}`)],
    ['utf-16be', utf16(`\ufeff${FRENCH}`).swap16()],
    ['utf-16le', utf16(FRENCH)],
    ['utf-16le', utf16(ARABIC)],
    ['utf-16be', utf16(ARABIC).swap16()],
    ['windows-1252', encoded(FRENCH, 'windows-1252')],
    ['windows-1252', encoded('PRÉNOM;NOM\r\nÉLÉONORE;BENSAÏD\r\n', 'windows-1252')],
    ['windows-1256', encoded(ARABIC, 'windows-1256')],
    ['windows-1256', encoded(`Prénom;Nom\r\n${ARABIC}`, 'windows-1256')],
  ])('is seen: %s', (label, bytes) => {
    expect(encodingOf(bytes)).toBe(label);
    const text = linesOf(readCsv(bytes)).join();
    expect(text).toMatch(/^(Prénom|PRÉNOM|الاسم)/);
    expect(text).not.toContain('\ufeff');
  });
});

describe('a CSV file', () => {
  it.each([';', ',', '\t'])('is parted by %j', (sign) => {
    expect(csv(`a${sign}b c${sign}d\n1${sign}"2${sign}3"${sign}4\n`)).toEqual([
      ['a', 'b c', 'd'],
      ['1', `2${sign}3`, '4'],
    ]);
  });

  it('keeps lines that stand inside of quotes, and numbers rows as a spreadsheet does', () => {
    const table = readCsv(Buffer.from('a,b\n"x\r\ny","say ""hi"""\n,\n\n1,2\n'));
    expect(table.rows).toEqual([
      { n: 2, cells: ['x\r\ny', 'say "hi"'] },
      { n: 5, cells: ['1', '2'] },
    ]);
  });

  it('takes quotes inside of a word as they stand', () => {
    expect(csv('a,b\nCoop "Amal",1\n')[1]).toEqual(['Coop "Amal"', '1']);
  });

  it('takes 5,000 rows and 50 columns, and not one more', async () => {
    const rows = (count: number): Buffer => Buffer.from(`a\n${'x\n'.repeat(count)}`);
    expect(readCsv(rows(MAX_ROWS)).rows).toHaveLength(5000);
    expect(await problemOf(() => readCsv(rows(5001)))).toEqual({ kind: 'limit', limit: 'rows' });
    expect(csv('a,'.repeat(50))[0]).toHaveLength(50);
    expect(await problemOf(() => readCsv(Buffer.from('a,'.repeat(51))))).toEqual({
      kind: 'limit',
      limit: 'columns',
    });
  });

  it('says what is wrong with a quote that nobody closes, with bytes of nothing, and with an empty file', async () => {
    const problem = (bytes: Buffer): Promise<TableProblem | undefined> => problemOf(() => readCsv(bytes));
    expect(await problem(Buffer.from('a,b\n1,2\n"3,4\n5,6\n'))).toEqual({
      kind: 'unreadable',
      why: 'quote',
      row: 3,
    });
    expect(await problem(Buffer.from([0x61, 0, 0, 0x62, 0xff, 0, 0, 0, 1]))).toMatchObject({
      kind: 'unreadable',
    });
    for (const text of ['', '\ufeff', '\n\n;;;\n'])
      expect(await problem(Buffer.from(text))).toEqual({ kind: 'unreadable', why: 'empty' });
  });
});

describe('a workbook', () => {
  const sheet = async (rows: string, more: object = {}): Promise<string[][]> =>
    linesOf(await readXlsx(workbookOf({ rows, ...more })));

  it('is read with its strings, numbers, dates and truths', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/><numFmt numFmtId="171" formatCode="[Red]0.0&quot;d&quot;"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>';
    const sharedStrings =
      '<si><t xml:space="preserve"> فاطمة </t></si><si><r><t>El </t></r><r><t>Amrani</t></r><rPh><t>aside</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si>';
    const row =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" s="1"><v>31412</v></c>' +
      '<c r="E1" s="2"><v>31412.5</v></c><c r="F1" s="3"><v>3.5</v></c><c r="G1"><v>2.12613E+11</v></c><c r="H1" t="b"><v>1</v></c><c r="J1"><v>612345678</v></c></row>';
    expect(await sheet(row, { sharedStrings, styles })).toEqual([
      [
        ' فاطمة ',
        'El Amrani',
        'a\rb_x0041_',
        '1985-12-31',
        '1985-12-31',
        '3.5',
        '212613000000',
        'TRUE',
        '',
        '612345678',
      ],
    ]);
    const [[day] = []] = await sheet('<row><c s="1"><v>29950</v></c></row>', {
      styles,
      settings: '<workbookPr date1904="1"/>',
    });
    expect(day).toBe('1985-12-31');
  });

  it('gives of a formula the result that was saved, and its own text where none was: nothing is reckoned', async () => {
    const row = '<row><c t="str"><f>UPPER("a")</f><v>A</v></c><c><f>1+1</f></c></row>';
    expect(await sheet(row)).toEqual([['A', '=1+1']]);
  });

  it('has rows and cells without references, prefixes of names, and gaps', async () => {
    expect(await sheet('<row/><row><c/><c t="inlineStr"><is><t>x</t></is></c></row>')).toEqual([['', 'x']]);
    const gap = await readXlsx(
      workbookOf({
        rows: `<row r="3">${textCell('B3', 'h')}</row><row r="1048576">${textCell('A1048576', 'x')}</row>`,
      }),
    );
    expect(gap).toEqual({ header: { n: 3, cells: ['', 'h'] }, rows: [{ n: 1048576, cells: ['x'] }] });
  });

  it('is not filled up to a cell that stands far away', async () => {
    const far = (cell: string): string => `${rowsOf([['a']])}<row r="1048576">${cell}</row>`;
    expect(await sheet(far('<c r="XFD1048576" s="1"/>'))).toEqual([['a']]);
    expect(await problemOf(() => sheet(far('<c r="XFD1048576"><v>1</v></c>')))).toEqual({
      kind: 'limit',
      limit: 'columns',
    });
  });

  it('that lies about its size is measured: above 100 MB refused, below it read', async () => {
    const filler = `<!--${' '.repeat(1024)}-->`;
    const huge = workbookOf({ rows: filler.repeat(105 * 1024), saysSize: 1000 });
    expect(huge.length).toBeLessThan(1024 * 1024);
    expect(await problemOf(() => readXlsx(huge))).toEqual({ kind: 'limit', limit: 'inflated' });
    const small = workbookOf({ rows: rowsOf([['a'], ['b']]), saysSize: 7 });
    expect(linesOf(await readXlsx(small))).toEqual([['a'], ['b']]);
  }, 30_000);

  it('that is broken is said to be, wherever it breaks', async () => {
    const whole = workbookOf({ rows: rowsOf([['a'], ['b']]) });
    const broken = { kind: 'unreadable', why: 'broken-workbook' };
    for (const length of [4, 100, Math.floor(whole.length / 2), whole.length - 10])
      expect(await problemOf(() => readXlsx(whole.subarray(0, length)))).toEqual(broken);
    for (const rows of ['<row><c></row>', '<row', '<row><c r="A1"><v>1</c>', '</sheetData></worksheet><x>'])
      expect(await problemOf(() => sheet(rows))).toEqual(broken);
    const strange = zipOf([{ name: 'word/document.xml', content: Buffer.from('<a/>') }]);
    expect(await problemOf(() => readXlsx(strange))).toEqual({ kind: 'unreadable', why: 'not-a-table' });
    const noise = Buffer.from(whole);
    for (let at = 40; at < noise.length - 60; at += 37) noise[at] = (noise[at]! * 31 + 7) % 256;
    expect(await problemOf(() => readXlsx(noise))).toMatchObject({ kind: 'unreadable' });
  });
});

describe('a text in a file', () => {
  it('is never a formula, and comes back as it was', () => {
    expect(['=1+1', '+2', '-3', '@a', '\tx', "'=1", 'a=b', "'Abdellah", '＝1'].map(cellOf)).toEqual([
      "'=1+1",
      "'+2",
      "'-3",
      "'@a",
      "'\tx",
      "''=1",
      'a=b',
      "'Abdellah",
      "'＝1",
    ]);
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => textOf(cellOf(text)) === text));
  });

  it('comes back from CSV and XLSX, whatever signs it has', async () => {
    const sign = fc.oneof(
      fc.constantFrom(
        "'",
        '=',
        '"',
        ';',
        ',',
        '\t',
        '\n',
        '\r',
        ' ',
        '_x0041_',
        '\u0001',
        '\u200f',
        'ع',
        '😀',
        '<',
        '&',
      ),
      fc.string({ unit: 'binary', maxLength: 2 }).filter((text) => !/[\0\p{Surrogate}]/u.test(text)),
    );
    const text = fc.array(sign, { maxLength: 6 }).map((signs) => `x${signs.join('')}`);
    const lines = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(lines, async (texts) => {
        const back = (table: ReadTable): string[][] => linesOf(table).map((line) => line.map(textOf));
        const table = [['=a', '"b'], ...texts];
        expect(back(readCsv(Buffer.from(csvOfTexts(table))))).toEqual(table);
        expect(back(await readXlsx(await xlsxOfTexts(table, 'A', true)))).toEqual(table);
      }),
      { numRuns: 40 },
    );
  }, 30_000);
});
