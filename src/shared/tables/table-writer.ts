import { stringify } from 'csv-stringify/sync';
import type { SheetData } from 'write-excel-file/node';
import { cellOf } from './cell-text.js';
import { escapedForXml } from './xlsx-cells.js';

export const CSV_TYPE = 'text/csv; charset=utf-8';
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** CSV with a byte order mark for Excel; what would be a formula is text. `TableReader` reads back the same texts. */
export function csvOfTexts(lines: ReadonlyArray<readonly string[]>): string {
  const cells = lines.map((line) => line.map(cellOf));
  return stringify(cells, { bom: true, quoted_match: /[\r\n"]/, record_delimiter: '\r\n' });
}

/** The same lines as a workbook of one sheet; every cell is text. */
export async function xlsxOfTexts(
  lines: ReadonlyArray<readonly string[]>,
  sheet: string,
  rightToLeft: boolean,
): Promise<Buffer> {
  const cells = lines.map((line, n) =>
    line.map((text) => ({
      value: escapedForXml(cellOf(text)),
      type: String,
      ...(n === 0 ? { fontWeight: 'bold' as const } : {}),
    })),
  );
  const columns = (lines[0] ?? []).map((head) => ({ width: Math.min(40, Math.max(14, head.length + 2)) }));
  // Loaded with the first workbook: few processes ever write one.
  const { default: writeExcelFile } = await import('write-excel-file/node');
  return writeExcelFile(cells as SheetData, { sheet, columns, stickyRowsCount: 1, rightToLeft }).toBuffer();
}
