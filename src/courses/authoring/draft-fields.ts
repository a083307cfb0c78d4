import type { CourseText } from '../course-file/course-text.js';
import { HEAD, pathOfPart } from './draft-part.js';

/**
 * Fields of a form, or of a call: the name is a letter for the kind of value and a path inside the part, such as
 * `t:/title/fr`, `n:/pass`, `b:/items/#prix/key`, `l:/items/#choix/key`. Anything else is not for the document.
 */
export type DraftFields = Readonly<Record<string, string | readonly string[]>>;

const FIELD = /^([tnbl]):(\/[^\s]*)$/;

/** Lists of texts in the heads of files. */
const LISTS = ['objectives', 'bring'] as const;

/** Is this the name of a field of the document? */
export function isDraftField(name: string): boolean {
  return FIELD.test(name);
}

/** Writes fields into a part. An emptied text goes; one that says the same stays as it is written. */
export function applyFields(text: CourseText, part: string, fields: DraftFields): void {
  for (const list of LISTS)
    if (Object.keys(fields).some((name) => name.startsWith(`t:/${list}/`)) && text.get([list]) === undefined) text.set([list], []);
  for (const [name, given] of Object.entries(fields)) {
    const [, kind, pointer = ''] = FIELD.exec(name) ?? [];
    const path = [...pathOfPart(part), ...pointer.slice(1).split('/')];
    if (path[0] === 'modules' || (part === HEAD && path[0] === 'blocks')) continue;
    const values = [given].flat().filter((value) => kind !== 'l' || value !== '');
    const last = (values.at(-1) ?? '').replaceAll('\r\n', '\n');
    if (kind === 'l') setList(text, path, values);
    else if (kind === 'n') setOrDelete(text, path, last, numberOf(last));
    else if (kind === 'b') setOrDelete(text, path, last, last === 'true');
    else if (kind === 't') setText(text, path, last);
  }
  if (part === HEAD) for (const list of LISTS) dropEmpty(text, list);
}

/** An entry of a list whose texts were all emptied goes. */
function dropEmpty(text: CourseText, list: string): void {
  const entries = text.get([list]);
  if (!Array.isArray(entries)) return;
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry: unknown = entries[index];
    const isEmpty = typeof entry === 'object' && entry !== null && Object.values(entry).every((value) => value === '' || value === null);
    if (isEmpty) text.delete([list, String(index)]);
  }
}

function setList(text: CourseText, path: readonly string[], values: readonly string[]): void {
  if (JSON.stringify(text.get(path)) !== JSON.stringify(values)) text.set(path, values);
}

function setOrDelete(text: CourseText, path: readonly string[], given: string, value: unknown): void {
  if (given.trim() === '') text.delete(path);
  else if (text.get(path) !== value) text.set(path, value);
}

function setText(text: CourseText, path: readonly string[], given: string): void {
  const before = text.get(path);
  const after = given.trim();
  if (after === '') text.delete(path);
  else if (typeof before !== 'string' || before.trim() !== after) text.set(path, after.includes('\n') ? `${after}\n` : after);
}

/** What is no number stays the text it is, so that the reader can say so. */
function numberOf(given: string): number | string {
  const value = Number(given.trim().replace(',', '.'));
  return Number.isFinite(value) ? value : given.trim();
}
