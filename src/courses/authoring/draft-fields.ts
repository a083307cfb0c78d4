import type { CourseText } from '../course-file/course-text.js';
import { HEAD, pathOfPart } from './draft-part.js';

/**
 * Fields of a form, or of a call: the name is a letter for the kind of value and a path inside the part, such as
 * `t:/title/fr` (a text), `n:/pass` (a number), `b:/items/#prix/key` (true or false), `l:/items/#etapes/key` (a list in its
 * order), `s:/items/#choix/key` (some of several, in whatever order). Anything else is not for the document.
 */
export type DraftFields = Readonly<Record<string, string | readonly string[]>>;

const FIELD = /^([tnbls]):(\/[^\s]*)$/;

/** Lists of texts in the heads of files: an entry whose texts were all emptied goes. */
const LISTS = ['objectives', 'bring', 'glossary'] as const;

/** Texts that may be absent: emptied in every language they go. */
const OPTIONAL: ReadonlySet<string> = new Set(['description', 'say', 'unit']);

/** Is this the name of a field of the document? */
export function isDraftField(name: string): boolean {
  return FIELD.test(name);
}

/** Writes fields into a part. An emptied text goes; what says the same stays as it is written. */
export function applyFields(text: CourseText, part: string, fields: DraftFields): void {
  const base = pathOfPart(part);
  for (const [name, given] of Object.entries(fields)) {
    const [, kind, pointer = ''] = FIELD.exec(name) ?? [];
    const path = [...base, ...pointer.slice(1).split('/')];
    if (path[0] === 'modules' || (part === HEAD && path[0] === 'blocks')) continue;
    const isList = kind === 'l' || kind === 's';
    const values = [given].flat().filter((value) => !isList || value !== '');
    const last = (values.at(-1) ?? '').replaceAll('\r\n', '\n');
    if (kind === 'l') setList(text, path, values);
    else if (kind === 's') setList(text, path, inOrderOf(text.get(path), values));
    else if (kind === 'n') setOrDelete(text, path, last, numberOf(last));
    else if (kind === 'b') setOrDelete(text, path, last, last === 'true');
    else if (kind === 't') setText(text, path, last);
  }
  for (const [name, given] of Object.entries(fields)) {
    const parent = [...base, ...name.slice(3).split('/').slice(0, -1)];
    const isNoPicture = name.endsWith('/image/file') && given === '';
    const isOptional = OPTIONAL.has(parent.at(-1) ?? '') || isOfYesOrNo(parent);
    if (!isNoPicture && !(isOptional && isEmptyMap(text.get(parent)))) continue;
    text.delete(parent);
    const above = parent.slice(0, -1);
    if (isOfYesOrNo(parent) && isEmptyMap(text.get(above))) text.delete(above);
  }
  if (part === HEAD) for (const list of LISTS) dropEmpty(text, list);
}

/** What is said of one answer to a true or false question may be absent, of each of them. */
function isOfYesOrNo(path: readonly string[]): boolean {
  const [feedback, answer] = path.slice(-2);
  return feedback === 'feedback' && (answer === 'true' || answer === 'false');
}

function dropEmpty(text: CourseText, list: string): void {
  const entries = text.get([list]);
  if (!Array.isArray(entries)) return;
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry: unknown = entries[index];
    const isEmpty =
      typeof entry === 'object' &&
      entry !== null &&
      Object.values(entry).every((value) => value === '' || value === null);
    if (isEmpty) text.delete([list, String(index)]);
  }
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** What was chosen, what stood there already in the order it had. */
function inOrderOf(stored: unknown, chosen: readonly string[]): string[] {
  const before = Array.isArray(stored) ? stored.map(String).filter((value) => chosen.includes(value)) : [];
  return [...before, ...chosen.filter((value) => !before.includes(value))];
}

function setList(text: CourseText, path: readonly string[], values: readonly string[]): void {
  const before = text.get(path);
  if (before === undefined && values.length === 0) return;
  if (JSON.stringify(before) !== JSON.stringify(values)) text.set(path, values);
}

function setOrDelete(text: CourseText, path: readonly string[], given: string, value: unknown): void {
  if (given.trim() === '') text.delete(path);
  else if (text.get(path) !== value) text.set(path, value);
}

function setText(text: CourseText, path: readonly string[], given: string): void {
  const before = text.get(path);
  const after = given.trim();
  if (after === '') text.delete(path);
  else if (typeof before !== 'string' || before.trim() !== after) {
    makeList(text, path);
    text.set(path, after.includes('\n') ? `${after}\n` : after);
  }
}

/** The first entry of a list that is not there: without it the writer would make a map of it. */
function makeList(text: CourseText, [list = '', entry = '']: readonly string[]): void {
  if (LISTS.some((known) => known === list) && entry !== '' && text.get([list]) === undefined)
    text.set([list], []);
}

/** What is no number stays the text it is, so that the reader can say so. */
function numberOf(given: string): number | string {
  const value = Number(given.trim().replace(',', '.'));
  return Number.isFinite(value) ? value : given.trim();
}
