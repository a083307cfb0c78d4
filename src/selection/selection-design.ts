import type { CallField } from '../calls/public.js';
import { GENDERS, SECTORS } from '../people/public.js';
import { type FieldError, InvalidFields } from '../shared/errors/domain-error.js';
import { cities } from '../shared/geography/geography.js';
import type { Words } from '../campaigns/public.js';
import {
  type Bounds,
  type Criterion,
  type EligibilityRule,
  LONGEST_LABEL,
  MEMBERSHIPS,
  MOST_CRITERIA,
  MOST_PLACES,
  MOST_QUOTAS,
  MOST_WEIGHT,
  type Quota,
  QUOTA_KINDS,
  type QuotaKind,
  RULE_KINDS,
  type SelectionDesign,
} from './selection.js';

type Given = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const record = (value: unknown): Given => (isRecord(value) ? value : {});

/** What the values of a group's kind may be. */
export function groupValues(kind: QuotaKind): readonly string[] {
  switch (kind) {
    case 'city':
      return cities().map(({ slug }) => slug);
    case 'gender':
      return GENDERS.filter((gender) => gender !== 'unspecified');
    case 'sector':
      return SECTORS;
    case 'cooperative':
      return MEMBERSHIPS;
  }
}

/** Collects what is wrong of a design while it is read, each at its place. */
class SelectionReader {
  readonly problems: FieldError[] = [];

  constructor(private readonly fields: readonly CallField[]) {}

  refuse(pointer: string, code: string, params?: FieldError['params']): void {
    this.problems.push({ pointer, code, ...(params ? { params } : {}) });
  }

  whole(value: unknown, at: string, min: number, max: number): number {
    if (value === undefined || value === null || value === '') this.refuse(at, 'required');
    else if (typeof value !== 'number' || !Number.isInteger(value)) this.refuse(at, 'not-a-number');
    else if (value < min || value > max) this.refuse(at, 'whole-between', { min, max });
    else return value;
    return min;
  }

  private number(value: unknown, at: string): number | null {
    if (value === undefined || value === null) return null;
    if (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e12) return value;
    this.refuse(at, 'not-a-number');
    return null;
  }

  private bounds(given: Given, at: string): Bounds {
    const [min, max] = [this.number(given['min'], `${at}/min`), this.number(given['max'], `${at}/max`)];
    if (given['min'] == null && given['max'] == null) this.refuse(`${at}/min`, 'required');
    if (min !== null && max !== null && min > max) this.refuse(`${at}/max`, 'below-the-least');
    return { min, max };
  }

  private values<T extends string>(value: unknown, known: readonly T[], at: string): T[] {
    const list: unknown[] = Array.isArray(value) ? value : [];
    if (list.length === 0) this.refuse(at, 'required');
    if (!list.every((one) => known.some((other) => other === one))) this.refuse(at, 'not-a-choice');
    return known.filter((one) => list.includes(one));
  }

  list(value: unknown, at: string, max: number): unknown[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) this.refuse(at, 'not-a-list');
    else if (value.length > max) this.refuse(at, 'too-many', { max });
    else return value as unknown[];
    return [];
  }

  rule(value: unknown, at: string): EligibilityRule | undefined {
    const given = record(value);
    const kind = RULE_KINDS.find((known) => known === given['kind']);
    switch (kind) {
      case 'age':
        return { kind, ...this.bounds(given, at) };
      case 'gender':
        return { kind, values: this.values(given['values'], GENDERS, `${at}/values`) };
      case 'city':
        return { kind, values: this.values(given['values'], groupValues('city'), `${at}/values`) };
      case 'sector':
        return { kind, values: this.values(given['values'], SECTORS, `${at}/values`) };
      case 'choice': {
        const field = this.question(given['field'], kind, at);
        const options = field?.options.map(({ id }) => id) ?? [];
        return (
          field && { kind, field: field.id, values: this.values(given['values'], options, `${at}/values`) }
        );
      }
      case 'number': {
        const field = this.question(given['field'], kind, at);
        return field && { kind, field: field.id, ...this.bounds(given, at) };
      }
      case undefined:
        this.refuse(`${at}/kind`, 'not-a-choice');
        return undefined;
    }
  }

  private question(id: unknown, type: 'choice' | 'number', at: string): CallField | undefined {
    const field = this.fields.find((one) => one.id === id && one.type === type);
    if (!field) this.refuse(`${at}/field`, 'unknown-field');
    return field;
  }

  criterion(value: unknown, n: number): Criterion {
    const given = record(value);
    const at = `/criteria/${n}`;
    const weight = this.whole(given['weight'] ?? 1, `${at}/weight`, 1, MOST_WEIGHT);
    return { id: `c${n + 1}`, label: this.words(given['label'], `${at}/label`), weight };
  }

  private words(value: unknown, at: string): Words {
    const given = record(value);
    const text = (lang: 'fr' | 'ar' | 'en'): string => {
      const one = given[lang] ?? '';
      if (typeof one !== 'string') this.refuse(`${at}/${lang}`, 'not-text');
      else if (/[\0\p{Surrogate}]/u.test(one)) this.refuse(`${at}/${lang}`, 'not-unicode');
      else if ([...one].length > LONGEST_LABEL)
        this.refuse(`${at}/${lang}`, 'longer-than', { max: LONGEST_LABEL });
      else if (one.trim() === '' && lang !== 'en') this.refuse(`${at}/${lang}`, 'required');
      else return one.trim();
      return '';
    };
    const [fr, ar, en] = [text('fr'), text('ar'), text('en')];
    return { fr, ar, en: en === '' ? null : en };
  }

  quota(value: unknown, n: number, places: number): Quota {
    const given = record(value);
    const at = `/quotas/${n}`;
    const kind = QUOTA_KINDS.find((known) => known === given['kind']);
    if (!kind) this.refuse(`${at}/kind`, 'not-a-choice');
    const known = kind && groupValues(kind).find((one) => one === given['value']);
    if (kind && known === undefined) this.refuse(`${at}/value`, 'not-a-choice');
    const part = (name: 'least' | 'most'): number | null =>
      given[name] == null ? null : this.whole(given[name], `${at}/${name}`, 0, places);
    const [least, most] = [part('least'), part('most')];
    if (given['least'] == null && given['most'] == null) this.refuse(`${at}/least`, 'required');
    if (least !== null && most !== null && least > most) this.refuse(`${at}/most`, 'below-the-least');
    return { id: `q${n + 1}`, kind: kind ?? 'gender', value: known ?? '', least, most };
  }
}

/**
 * Reads a design, and says everything that is wrong at once.
 *
 * @param fields of the call, which rules may ask about
 * @throws InvalidFields
 */
export function readSelectionDesign(value: unknown, fields: readonly CallField[]): SelectionDesign {
  const given = record(value);
  const reader = new SelectionReader(fields);
  const places = reader.whole(given['places'], '/places', 1, MOST_PLACES);
  const reserve = reader.whole(given['reserve'] ?? 0, '/reserve', 0, MOST_PLACES);
  const scorers = reader.whole(given['scorers'] ?? 1, '/scorers', 1, 2);
  const rules = reader
    .list(given['rules'], '/rules', RULE_KINDS.length + fields.length)
    .map((one, n) => reader.rule(one, `/rules/${n}`));
  const keys = rules.map((rule) => rule && `${rule.kind} ${'field' in rule ? rule.field : ''}`);
  keys.forEach((key, n) => {
    if (key !== undefined && keys.indexOf(key) < n) reader.refuse(`/rules/${n}/kind`, 'rule-twice');
  });
  const criteria = reader
    .list(given['criteria'], '/criteria', MOST_CRITERIA)
    .map((one, n) => reader.criterion(one, n));
  if (criteria.length === 0 && reader.problems.every(({ pointer }) => pointer !== '/criteria'))
    reader.refuse('/criteria', 'required');
  const quotas = reader
    .list(given['quotas'], '/quotas', MOST_QUOTAS)
    .map((one, n) => reader.quota(one, n, places));
  quotas.forEach(({ kind, value: group }, n) => {
    if (quotas.findIndex((one) => one.kind === kind && one.value === group) < n)
      reader.refuse(`/quotas/${n}/value`, 'group-twice');
  });
  if (reader.problems.length > 0) throw new InvalidFields(reader.problems);
  const kept = rules.filter((rule) => rule !== undefined);
  return { places, reserve, scorers: scorers === 2 ? 2 : 1, rules: kept, criteria, quotas };
}
