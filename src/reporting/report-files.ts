import { stringify } from 'csv-stringify/sync';
import type { SheetData } from 'write-excel-file/node';
import type { ReportTable } from './report-table.js';

/** A spreadsheet program would run these as a formula; a leading apostrophe makes them text. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

function asText(value: string | number): string | number {
  return typeof value === 'string' && FORMULA.test(value) ? `'${value}` : value;
}

/** CSV with a byte order mark, so that Excel reads the accents and Arabic as UTF-8. */
export function csvOf({ heads, rows, total }: ReportTable): string {
  return stringify(
    [heads, ...rows, total].map((line) => line.map(asText)),
    { bom: true },
  );
}

/** The same lines as an XLSX workbook with one sheet; figures are numbers, everything else is text. */
export async function xlsxOf(
  { heads, rows, total }: ReportTable,
  sheet: string,
  rightToLeft: boolean,
): Promise<Buffer> {
  const cell = (value: string | number, bold: boolean) => ({
    value,
    type: typeof value === 'number' ? Number : String,
    ...(bold ? { fontWeight: 'bold' as const } : {}),
  });
  const lines = [
    heads.map((value) => cell(value, true)),
    ...rows.map((line) => line.map((value) => cell(value, false))),
    total.map((value) => cell(value, true)),
  ];
  const columns = heads.map((head, n) => ({
    width: Math.min(40, Math.max(12, head.length + 2, String(rows[0]?.[n] ?? '').length + 2)),
  }));
  // Loaded with the first workbook: few processes ever write one.
  const { default: writeExcelFile } = await import('write-excel-file/node');
  return writeExcelFile(lines as SheetData, { sheet, columns, stickyRowsCount: 1, rightToLeft }).toBuffer();
}
