/** What a spreadsheet program would run as a formula, behind any apostrophes. */
const RUNS = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** A text as it stands in a file: what would be a formula is made text by an apostrophe. `textOf` takes it back. */
export function cellOf(text: string): string {
  return RUNS.test(text) ? `'${text}` : text;
}

/** The text of a cell: an apostrophe before a formula belongs to the file. That of `'Abdellah` belongs to the name. */
export function textOf(cell: string): string {
  return cell.startsWith("'") && RUNS.test(cell) ? cell.slice(1) : cell;
}
