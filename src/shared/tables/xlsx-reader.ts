import { MAX_COLUMNS, type ReadTable, RowCollector, TableRefused } from './table-limits.js';
import { columnOf, dayText, isDateFormat, numberText, unescaped } from './xlsx-cells.js';
import { type XmlListener, XmlStream } from './xml-stream.js';
import { ZipGuard } from './zip-guard.js';

/** What the sheet's cells refer to. */
interface Book {
  sheet: string;
  is1904: boolean;
  strings: readonly string[];
  /** Numbers of cell styles that show dates. */
  dateStyles: ReadonlySet<number>;
}

const WORKBOOK = 'xl/workbook.xml';

/**
 * Reads the first visible sheet of a workbook (ADR 0017). Cells hold what their reader saw: strings as they are, dates
 * as `YYYY-MM-DD`, of a formula the result that was saved with it, or its own text where none was.
 *
 * @throws TableRefused
 */
export async function readXlsx(bytes: Uint8Array): Promise<ReadTable> {
  try {
    const zip = await ZipGuard.open(bytes);
    return await readSheet(zip, await bookOf(zip));
  } catch (error) {
    if (error instanceof TableRefused) throw error;
    throw new TableRefused({ kind: 'unreadable', why: 'broken-workbook' });
  }
}

async function part(zip: ZipGuard, name: string, listener: XmlListener): Promise<boolean> {
  const xml = new XmlStream(listener);
  const found = await zip.read(name, (chunk) => xml.write(chunk));
  if (found) xml.end();
  return found;
}

async function bookOf(zip: ZipGuard): Promise<Book> {
  let sheetId: string | undefined;
  let is1904 = false;
  const found = await part(zip, WORKBOOK, {
    open(name, { id, state, date1904 }) {
      if (name === 'sheet' && (state === undefined || state === 'visible')) sheetId ??= id;
      if (name === 'workbookPr') is1904 = date1904 === '1' || date1904 === 'true';
    },
  });
  if (!found) throw new TableRefused({ kind: 'unreadable', why: 'not-a-table' });
  if (sheetId === undefined) throw new TableRefused({ kind: 'unreadable', why: 'no-sheet' });
  const targets = new Map<string, string>();
  await part(zip, 'xl/_rels/workbook.xml.rels', {
    open(name, { Id, Target, Type }) {
      if (name !== 'Relationship' || Target === undefined) return;
      const path = Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`;
      if (Id === sheetId) targets.set('sheet', path);
      for (const kind of ['sharedStrings', 'styles']) if (Type?.endsWith(`/${kind}`)) targets.set(kind, path);
    },
  });
  const sheet = targets.get('sheet');
  if (sheet === undefined) throw new TableRefused({ kind: 'unreadable', why: 'no-sheet' });
  const strings = await stringsOf(zip, targets.get('sharedStrings'));
  return { sheet, is1904, strings, dateStyles: await dateStylesOf(zip, targets.get('styles')) };
}

async function stringsOf(zip: ZipGuard, path: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (path === undefined) return strings;
  const text = new RichText();
  await part(zip, path, {
    open: (name) => text.open(name),
    text: (words) => text.add(words),
    close(name) {
      if (name === 'si') strings.push(text.take());
      else text.close(name);
    },
  });
  return strings;
}

async function dateStylesOf(zip: ZipGuard, path: string | undefined): Promise<ReadonlySet<number>> {
  const codes = new Map<number, string>();
  const dates = new Set<number>();
  if (path === undefined) return dates;
  let inCells = false;
  let style = 0;
  await part(zip, path, {
    open(name, { numFmtId = '0', formatCode = '' }) {
      if (name === 'numFmt') codes.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      if (isDateFormat(Number(numFmtId), codes.get(Number(numFmtId)))) dates.add(style);
      style += 1;
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dates;
}

/** The texts of a string, without the reading aids that stand between them (`rPh`). */
class RichText {
  private words = '';
  private inText = false;
  private aside = 0;

  open(name: string): void {
    if (name === 'rPh') this.aside += 1;
    if (name === 't') this.inText = this.aside === 0;
  }

  add(words: string): void {
    if (this.inText) this.words += words;
  }

  close(name: string): void {
    if (name === 'rPh') this.aside -= 1;
    if (name === 't') this.inText = false;
  }

  take(): string {
    const words = unescaped(this.words);
    this.words = '';
    return words;
  }
}

/** One cell while it is read. */
interface Cell {
  column: number;
  type: string;
  style: number;
  value: string;
  formula: string;
}

async function readSheet(zip: ZipGuard, book: Book): Promise<ReadTable> {
  const rows = new RowCollector();
  const inline = new RichText();
  let n = 0;
  let cells: string[] = [];
  let cell: Cell | undefined;
  let inside = '';
  let next = 0;
  const found = await part(zip, book.sheet, {
    open(name, { r, t, s }) {
      inline.open(name);
      if (name === 'row') {
        n = r === undefined ? n + 1 : Number(r);
        cells = [];
        next = 0;
      } else if (name === 'c') {
        const column = r === undefined ? next : columnOf(r);
        next = column + 1;
        cell = { column, type: t ?? 'n', style: Number(s ?? 0), value: '', formula: '' };
      } else if (name === 'v' || name === 'f') inside = name;
    },
    text(words) {
      inline.add(words);
      if (cell && inside === 'v') cell.value += words;
      if (cell && inside === 'f') cell.formula += words;
    },
    close(name) {
      inline.close(name);
      if (name === 'v' || name === 'f') inside = '';
      else if (name === 'row') rows.add(n, cells);
      else if (name === 'c' && cell) {
        place(cells, cell.column, textOfCell(cell, inline.take(), book));
        cell = undefined;
      }
    },
  });
  if (!found) throw new TableRefused({ kind: 'unreadable', why: 'no-sheet' });
  return rows.table();
}

/** A cell far to the right makes no row of sixteen thousand: it is one column too many. */
function place(cells: string[], column: number, text: string): void {
  if (text.trim() === '') return;
  if (column >= MAX_COLUMNS) throw new TableRefused({ kind: 'limit', limit: 'columns' });
  while (cells.length < column) cells.push('');
  cells[column] = text;
}

function textOfCell({ type, style, value, formula }: Cell, inline: string, book: Book): string {
  if (type === 's') return book.strings[Number(value)] ?? '';
  if (type === 'inlineStr') return inline;
  if (value === '' && formula !== '') return `=${formula}`;
  if (type === 'str' || type === 'e') return unescaped(value);
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.slice(0, 'YYYY-MM-DD'.length);
  return book.dateStyles.has(style) ? dayText(value, book.is1904) : numberText(value);
}
