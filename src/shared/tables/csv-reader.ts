import { CsvError, parse } from 'csv-parse/sync';
import { type ReadTable, RowCollector, TableRefused } from './table-limits.js';
import { decodeText } from './text-encoding.js';

const DELIMITERS = [';', ',', '\t'] as const;
/** A row longer than this is a quote that nobody closed. */
const MAX_ROW_CHARACTERS = 100_000;

/** Reads a CSV file in whichever encoding, parted by `;`, `,` or tabs. @throws TableRefused */
export function readCsv(bytes: Uint8Array): ReadTable {
  const text = decodeText(bytes);
  if (text.includes('\0')) throw new TableRefused({ kind: 'unreadable', why: 'not-a-table' });
  const rows = new RowCollector();
  let n = 0;
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: MAX_ROW_CHARACTERS,
      on_record: (record: string[]) => {
        n += 1;
        rows.add(n, record);
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError)
      throw new TableRefused({ kind: 'unreadable', why: 'quote', row: Math.max(1, n + 1) });
    throw error;
  }
  return rows.table();
}

/** The sign that parts the first row most often, outside of quotes. */
function delimiterOf(text: string): string {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const sign of text.trimStart()) {
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === '\n' || sign === '\r')) break;
    else if (!quoted) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  const most = (sign: string): number => counts.get(sign) ?? 0;
  return DELIMITERS.reduce((best, sign) => (most(sign) > most(best) ? sign : best));
}
