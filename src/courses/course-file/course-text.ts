import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node as YamlNode,
  parseDocument,
  Scalar,
  stringify,
  type YAMLSeq,
} from 'yaml';

/** A place in a course file: keys of maps, positions of lists, or `#id` for the list entry with that `id`. */
export type CoursePath = readonly string[];

/** One form for all: no line is folded, flow maps breathe. What is written by hand is brought into it at its first edit. */
const CANONICAL = {
  lineWidth: 0,
  flowCollectionPadding: true,
  aliasDuplicateObjects: false,
  // A quoted text stays on one line: folded ones do not come back whole when they begin with a space.
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;

/** A key of a map or a position in a list. */
type Step = string | number | Scalar<boolean>;

/** The text does not parse; `line` from 1. */
export class CourseTextInvalid extends Error {
  constructor(
    readonly line: number,
    readonly reason: string,
  ) {
    super(`line ${line}: ${reason}`);
  }
}

/**
 * A course file that can be edited: the one serializer. It works on the document as it was written, so that comments, the
 * order of keys, quotes and every key it does not know stay as they are.
 */
export class CourseText {
  private constructor(
    private document: Document,
    private lineStarts: readonly number[],
  ) {}

  /** @throws CourseTextInvalid */
  static parse(text: string): CourseText {
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
    const [error] = document.errors;
    if (error) {
      const line = text.slice(0, error.pos[0]).split('\n').length;
      throw new CourseTextInvalid(line, error.message.replace(/\s+/g, ' '));
    }
    return new CourseText(document, [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]);
  }

  /** The canonical form: parsing it and writing it again gives the same bytes. */
  toString(): string {
    return this.document.toString(CANONICAL);
  }

  /** The value at a place as plain data; undefined where there is none. */
  get(path: CoursePath = []): unknown {
    const node = this.nodeAt(path);
    if (node === undefined) return undefined;
    return node === null ? null : node.toJS(this.document);
  }

  /** One part of the file as a text of its own; empty where there is none. */
  part(path: CoursePath): string {
    const node = this.nodeAt(path);
    return node === undefined || node === null ? '' : stringify(node.toJS(this.document), CANONICAL);
  }

  /** Puts another text in the place of the whole. @throws CourseTextInvalid */
  replace(text: string): void {
    const other = CourseText.parse(text);
    this.document = other.document;
    this.lineStarts = other.lineStarts;
  }

  /** Sets a value; maps on the way are made. A text that is written already keeps its style, so that an edit changes a line. */
  set(path: CoursePath, value: unknown): void {
    const node = this.nodeAt(path);
    if (isScalar(node) && typeof value === typeof node.value && typeof value !== 'object') {
      if (node.value === value) return;
      node.value = value;
      if (typeof value === 'string') node.type = styleOf(value, node.type);
      return;
    }
    const steps = this.exact(path);
    if (steps.includes(-1)) return;
    const created = this.nodeOf(value);
    if (isScalar(created) && typeof value === 'string') created.type = styleOf(value, undefined);
    if (isSeq(node) && isSeq(created) && node.flow === true) created.flow = true;
    this.document.setIn(steps, created);
  }

  delete(path: CoursePath): void {
    if (this.nodeAt(path) !== undefined) this.document.deleteIn(this.exact(path));
  }

  /** Puts an entry into a list, which is made when it is not there. */
  insert(path: CoursePath, index: number, value: unknown): void {
    const list = this.nodeAt(path);
    if (isSeq(list)) {
      if (typeof value === 'object' || list.items.length === 0) list.flow = false;
      list.items.splice(index, 0, this.nodeOf(value));
    } else this.document.setIn(this.exact(path), this.nodeOf([value]));
  }

  /** Moves an entry of a list by so many places; at the ends it stays. */
  move(path: CoursePath, from: number, by: number): void {
    const list = this.nodeAt(path);
    if (!isSeq(list)) return;
    const to = Math.max(0, Math.min(list.items.length - 1, from + by));
    if (from < 0) return;
    const [entry] = list.items.splice(from, 1);
    if (entry !== undefined) list.items.splice(to, 0, entry);
  }

  /** Position of the list entry with an id; -1 when there is none. */
  indexOf(path: CoursePath, id: string): number {
    const list = this.nodeAt(path);
    if (!isSeq(list)) return -1;
    return list.items.findIndex((item) => isMap(item) && String(item.get('id')) === id);
  }

  /** The place that a line and column (from 1) of this very text belong to; list entries with an id by their id. */
  pathAt(line: number, column: number): CoursePath {
    const offset = this.lineStarts[line - 1] ?? 0;
    return pathTo(this.document.contents as YamlNode | null, offset + column - 1);
  }

  /** A value written out in full: the format has no aliases. */
  private nodeOf(value: unknown): YamlNode {
    return this.document.createNode(value, { aliasDuplicateObjects: false }) as YamlNode;
  }

  private exact(path: CoursePath): Step[] {
    const steps: Step[] = [];
    for (const step of path) {
      const parent = this.document.getIn(steps, true);
      if (!isSeq(parent)) steps.push(keyOf(parent, step));
      else if (step.startsWith('#')) steps.push(this.indexOf(steps.map(String), step.slice(1)));
      else steps.push(placeIn(parent, step));
    }
    return steps;
  }

  private nodeAt(path: CoursePath): YamlNode | null | undefined {
    const steps = this.exact(path);
    if (steps.includes(-1)) return undefined;
    if (steps.length === 0) return this.document.contents as YamlNode | null;
    return this.document.getIn(steps, true) as YamlNode | null | undefined;
  }
}

/** A key as the file has it: `true:` and `false:` are no texts there, whatever they are in a path. */
function keyOf(map: unknown, step: string): string | Scalar<boolean> {
  const quoted = isMap(map) && map.has(step);
  return quoted || (step !== 'true' && step !== 'false') ? step : new Scalar(step === 'true');
}

/** A place in a list or right after its end; -1 for any other, so that no list is made with holes. */
function placeIn(list: YAMLSeq, step: string): number {
  return /^\d{1,6}$/.test(step) && Number(step) <= list.items.length ? Number(step) : -1;
}

function pathTo(node: YamlNode | null | undefined, offset: number): string[] {
  if (isMap(node)) {
    const pair = node.items.find(({ key, value }) => {
      const [from] = (key as YamlNode).range ?? [Infinity];
      const [, , to] = (value as YamlNode | null)?.range ?? (key as YamlNode).range ?? [0, 0, -1];
      return from <= offset && offset < Math.max(to, from + 1);
    });
    return pair
      ? [String(isScalar(pair.key) ? pair.key.value : ''), ...pathTo(pair.value as YamlNode | null, offset)]
      : [];
  }
  if (!isSeq(node)) return [];
  const index = node.items.findIndex((item) => {
    const [from, , to] = (item as YamlNode).range ?? [Infinity, 0, -1];
    return from <= offset && offset < to;
  });
  const item = node.items[index] as YamlNode | undefined;
  if (!item) return [];
  const id: unknown = isMap(item) ? item.get('id') : undefined;
  return [typeof id === 'string' ? `#${id}` : String(index), ...pathTo(item, offset)];
}

/**
 * Several lines stand as they are, unless they are blanks only: a literal block takes those for its indentation and loses
 * them. One line keeps the quotes it had. The writer quotes where it must.
 */
function styleOf(
  value: string,
  before: string | null | undefined,
): 'BLOCK_LITERAL' | 'PLAIN' | 'QUOTE_DOUBLE' | 'QUOTE_SINGLE' {
  if (value.includes('\n') && value.trim() === '') return 'QUOTE_DOUBLE';
  if (value.includes('\n')) return 'BLOCK_LITERAL';
  return before === 'QUOTE_DOUBLE' || before === 'QUOTE_SINGLE' ? before : 'PLAIN';
}
