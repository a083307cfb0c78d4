import { serveWork } from '../workers/serve-work.js';
import { readCsv } from './csv-reader.js';
import { type ReadTable, TableRefused, type TableProblem } from './table-limits.js';
import { readXlsx } from './xlsx-reader.js';

/** What the thread answers: what the file holds, or why it is not read. */
export type TableAnswer = { table: ReadTable } | { problem: TableProblem };

const ZIP = [0x50, 0x4b];
/** Workbooks of before 2007, and newer ones behind a password. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
/** Signs of files that are neither: PDF, PNG, JPEG, gzip, RTF. */
const STRANGERS = [
  [0x25, 0x50, 0x44, 0x46],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x1f, 0x8b],
  [0x7b, 0x5c, 0x72],
];

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/** By its content, never by its name. */
async function read(bytes: Uint8Array): Promise<ReadTable> {
  if (startsWith(bytes, COMPOUND)) throw new TableRefused({ kind: 'unreadable', why: 'old-or-locked' });
  if (startsWith(bytes, ZIP)) return readXlsx(bytes);
  if (STRANGERS.some((start) => startsWith(bytes, start)))
    throw new TableRefused({ kind: 'unreadable', why: 'not-a-table' });
  return readCsv(bytes);
}

serveWork(async (bytes: Uint8Array): Promise<{ output: TableAnswer }> => {
  try {
    return { output: { table: await read(bytes) } };
  } catch (error) {
    if (error instanceof TableRefused) return { output: { problem: error.problem } };
    throw error;
  }
});
