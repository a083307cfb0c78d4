import { isMap, isScalar, isSeq, type Node as YamlNode, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { type Place } from './course-file.error.js';
import { type YamlFile } from './yaml-file.js';

/** A slug or an id. */
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A value with the place it was written at. */
export interface Placed<T> {
  readonly value: T;
  readonly place: Place;
}

/**
 * Reads one YAML map key by key. What is wrong becomes a finding and a harmless placeholder comes back, so that one pass reports everything;
 * a document with findings is never handed out.
 */
export class YamlMapReader {
  private readonly known = new Set<string>();
  readonly place: Place;

  constructor(
    readonly file: YamlFile,
    private readonly map: YAMLMap<YamlNode, YamlNode | null> | undefined,
    place: Place,
  ) {
    this.place = place;
  }

  /** A reader of `node`, or of an empty map after a finding when it is none. */
  static of(file: YamlFile, node: YamlNode | null | undefined, what: string): YamlMapReader {
    const place = file.placeOf(node);
    if (isMap(node)) return new YamlMapReader(file, node as YAMLMap<YamlNode, YamlNode | null>, place);
    file.findings.error(place, `${what} must be a map of keys and values`);
    return new YamlMapReader(file, undefined, place);
  }

  error(place: Place, reason: string): void {
    this.file.findings.error(place, reason);
  }

  warn(place: Place, reason: string): void {
    this.file.findings.warn(place, reason);
  }

  /** Is the file's map absent, so that silence about its keys is right? */
  get isBroken(): boolean {
    return this.map === undefined;
  }

  keys(): readonly string[] {
    return (this.map?.items ?? []).map((pair) => keyOf(pair));
  }

  /** The value's node, or undefined; a missing required key is a finding. */
  node(key: string, required = true): YamlNode | undefined {
    this.known.add(key);
    const pair = this.map?.items.find((candidate) => keyOf(candidate) === key);
    const value = pair?.value ?? undefined;
    const empty = value === undefined || (isScalar(value) && value.value === null);
    if (!empty) return value;
    if (required && this.map)
      this.error(pair ? this.file.placeOf(pair.key) : this.place, `${key} is missing`);
    return undefined;
  }

  placeOfKey(key: string): Place {
    const pair = this.map?.items.find((candidate) => keyOf(candidate) === key);
    return pair ? this.file.placeOf(pair.value ?? pair.key) : this.place;
  }

  scalar(key: string, required = true): Scalar | undefined {
    const node = this.node(key, required);
    if (node === undefined || isScalar(node)) return node;
    this.error(this.file.placeOf(node), `${key} must be a single value`);
    return undefined;
  }

  string(key: string, required = true): string {
    const scalar = this.scalar(key, required);
    if (!scalar) return '';
    if (typeof scalar.value === 'string' && scalar.value.trim() !== '') return scalar.value.trim();
    this.error(this.file.placeOf(scalar), `${key} must be a text that is not empty (quote it)`);
    return '';
  }

  slug(key: string): Placed<string> {
    const value = this.string(key);
    const place = this.placeOfKey(key);
    if (value !== '' && !SLUG.test(value))
      this.error(place, `${key} "${value}" must be a-z, 0-9 and single dashes`);
    return { value, place };
  }

  number(key: string, range: { min: number; max: number; integer?: boolean; otherwise?: number }): number {
    const scalar = this.scalar(key, range.otherwise === undefined);
    if (!scalar) return range.otherwise ?? range.min;
    const { value } = scalar;
    const fits =
      typeof value === 'number' && Number.isFinite(value) && value >= range.min && value <= range.max;
    if (fits && (range.integer === false || Number.isInteger(value))) return value;
    const kind = range.integer === false ? 'a number' : 'a whole number';
    this.error(this.file.placeOf(scalar), `${key} must be ${kind} from ${range.min} to ${range.max}`);
    return range.min;
  }

  /** True or false where the key is there. */
  flag(key: string): boolean | undefined {
    const scalar = this.scalar(key, false);
    if (!scalar) return undefined;
    if (typeof scalar.value === 'boolean') return scalar.value;
    this.error(this.file.placeOf(scalar), `${key} must be true or false`);
    return undefined;
  }

  oneOf<T extends string>(key: string, values: readonly T[]): T | undefined {
    const value = this.string(key);
    if (value === '') return undefined;
    const found = values.find((candidate) => candidate === value);
    if (found === undefined)
      this.error(this.placeOfKey(key), `unknown ${key} "${value}"; one of ${values.join(', ')}`);
    return found;
  }

  child(key: string, required = true): YamlMapReader | undefined {
    const node = this.node(key, required);
    return node === undefined ? undefined : YamlMapReader.of(this.file, node, key);
  }

  /** The nodes of a list; a missing optional one is empty. */
  list(key: string, size: { min: number; max: number }): YamlNode[] {
    const node = this.node(key, size.min > 0);
    if (node === undefined) return [];
    const place = this.file.placeOf(node);
    if (!isSeq(node)) {
      this.error(place, `${key} must be a list`);
      return [];
    }
    const { length } = node.items;
    if (length < size.min) this.error(place, `${key} has ${length} entries, at least ${size.min} needed`);
    if (length > size.max) this.error(place, `${key} has ${length} entries, at most ${size.max} allowed`);
    return node.items as YamlNode[];
  }

  /** What was not asked for; call last. */
  extra(): { extra?: Record<string, unknown> } {
    const rest = (this.map?.items ?? []).filter((pair) => !this.known.has(keyOf(pair)));
    if (rest.length === 0) return {};
    return { extra: Object.fromEntries(rest.map((pair) => [keyOf(pair), plain(pair.value)])) };
  }
}

function keyOf(pair: Pair<YamlNode, YamlNode | null>): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

function plain(node: YamlNode | null | undefined): unknown {
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map((item) => plain(item as YamlNode));
  if (isMap(node)) {
    const pairs = node.items as Pair<YamlNode, YamlNode | null>[];
    return Object.fromEntries(pairs.map((pair) => [keyOf(pair), plain(pair.value)]));
  }
  return null;
}
