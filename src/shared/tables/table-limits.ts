const MEGABYTE = 1024 * 1024;

/** Rows below the line of headers. */
export const MAX_ROWS = 5000;
export const MAX_COLUMNS = 50;
/** Bytes of a file as it is sent. */
export const MAX_TABLE_BYTES = 10 * MEGABYTE;
/** Bytes that a workbook may really become when it is unpacked, whatever it says of itself. */
export const MAX_INFLATED_BYTES = 100 * MEGABYTE;

/** A row of a file: its number as a spreadsheet shows it, from 1, and the texts of its cells. */
export interface TableRow {
  n: number;
  cells: string[];
}

/** What a file holds: the first row that is not empty, and those below it; empty rows are left out. */
export interface ReadTable {
  header: TableRow;
  rows: TableRow[];
}

/** Why a file is not read: it is too large, or it is no table that we know. */
export type TableProblem =
  | { kind: 'limit'; limit: 'rows' | 'columns' | 'inflated' }
  | {
      kind: 'unreadable';
      why: 'empty' | 'not-a-table' | 'old-or-locked' | 'broken-workbook' | 'no-sheet' | 'quote' | 'too-heavy';
      /** Row at which reading stopped, where that is known. */
      row?: number;
    };

/** Stops reading; becomes a {@link TableProblem} at the edge of the thread. */
export class TableRefused extends Error {
  constructor(readonly problem: TableProblem) {
    super(problem.kind === 'limit' ? problem.limit : problem.why);
  }
}

/** Halves of letters and NUL, which a workbook can spell out and PostgreSQL cannot hold. */
const storable = (cell: string): string => cell.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '');

/** Takes rows as they come, leaves empty ones out, and stops at the first that is too much. */
export class RowCollector {
  private readonly kept: TableRow[] = [];

  /** @param cells may end with empty ones, which are no columns @throws TableRefused */
  add(n: number, cells: readonly string[]): void {
    const length = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
    if (length === 0) return;
    if (length > MAX_COLUMNS) throw new TableRefused({ kind: 'limit', limit: 'columns' });
    if (this.kept.length > MAX_ROWS) throw new TableRefused({ kind: 'limit', limit: 'rows' });
    this.kept.push({ n, cells: Array.from({ length }, (_, at) => storable(cells[at] ?? '')) });
  }

  /** @throws TableRefused when nothing was there */
  table(): ReadTable {
    const [header, ...rows] = this.kept;
    if (!header) throw new TableRefused({ kind: 'unreadable', why: 'empty' });
    return { header, rows };
  }
}
