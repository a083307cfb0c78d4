import type { Words } from '../campaigns/public.js';
import { dayNumber } from '../shared/clock/local-date.js';
import { instantOf } from '../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../shared/clock/zone-data.js';
import { DomainError, type FieldError, InvalidFields } from '../shared/errors/domain-error.js';
import {
  type CallDesign,
  type CallField,
  FIELD_TYPES,
  type FieldOption,
  type FieldType,
  LONGEST,
  type LocalMoment,
  MOST_FIELDS,
  MOST_OPTIONS,
  MOST_PHOTOS,
} from './call.js';
import { asksForCard } from './identity-card.js';

type Given = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Collects what is wrong of a design while it is read, each at its place. */
class DesignReader {
  readonly problems: FieldError[] = [];

  refuse(pointer: string, code: string, params?: FieldError['params']): void {
    this.problems.push({ pointer, code, ...(params ? { params } : {}) });
  }

  /** Texts in French and Arabic, in English where it was written. */
  words(value: unknown, at: string, max: number, needed: boolean): Words {
    const given = isRecord(value) ? value : {};
    const text = (lang: 'fr' | 'ar' | 'en'): string => {
      const one = given[lang] ?? '';
      const pointer = `${at}/${lang}`;
      if (typeof one !== 'string') this.refuse(pointer, 'not-text');
      else if (/[\0\p{Surrogate}]/u.test(one)) this.refuse(pointer, 'not-unicode');
      else if ([...one].length > max) this.refuse(pointer, 'longer-than', { max });
      else if (one.trim() === '' && needed && lang !== 'en') this.refuse(pointer, 'required');
      else return one.trim().replaceAll('\r\n', '\n');
      return '';
    };
    const [fr, ar, en] = [text('fr'), text('ar'), text('en')];
    // Help that only one language has would leave the readers of the other without.
    if (!needed && (fr === '') !== (ar === '')) this.refuse(`${at}/${fr === '' ? 'fr' : 'ar'}`, 'required');
    return { fr, ar, en: en === '' ? null : en };
  }

  moment(value: unknown, at: string): LocalMoment | undefined {
    const given = isRecord(value) ? value : {};
    const { localDate, localTime } = given;
    const text = (part: unknown): string => (typeof part === 'string' ? part : '');
    const moment = { date: text(localDate), time: text(localTime) };
    try {
      dayNumber(moment.date);
    } catch {
      this.refuse(`${at}/localDate`, 'not-a-date');
      return undefined;
    }
    try {
      instantOf({ ...moment, zone: DEFAULT_ZONE });
      return moment;
    } catch (error) {
      const code = error instanceof DomainError ? error.code : 'not-a-time';
      this.refuse(`${at}/localTime`, code === 'invalid-fields' ? 'not-a-time' : code);
      return undefined;
    }
  }

  fields(value: unknown): CallField[] {
    if (!Array.isArray(value)) {
      if (value !== undefined) this.refuse('/fields', 'not-a-list');
      return [];
    }
    const list = value as unknown[];
    if (list.length > MOST_FIELDS) {
      this.refuse('/fields', 'call-too-many-fields', { max: MOST_FIELDS });
      return [];
    }
    const fields = list.map((one, n) => this.field(one, `/fields/${n}`));
    if (fields.filter(({ type }) => type === 'photo').length > MOST_PHOTOS)
      this.refuse('/fields', 'call-too-many-photos', { max: MOST_PHOTOS });
    return withIds(fields, 'f', (n) => this.refuse(`/fields/${n}/id`, 'given-twice'));
  }

  private field(value: unknown, at: string): CallField {
    const given = isRecord(value) ? value : {};
    const type = FIELD_TYPES.find((known) => known === given['type']);
    if (!type) this.refuse(`${at}/type`, 'not-a-choice');
    const label = this.words(given['label'], `${at}/label`, LONGEST.label, true);
    const help = this.words(given['help'], `${at}/help`, LONGEST.help, false);
    for (const [name, words] of [['label', label] as const, ['help', help] as const])
      for (const lang of ['fr', 'ar', 'en'] as const)
        if (asksForCard(words[lang] ?? '')) this.refuse(`${at}/${name}/${lang}`, 'asks-for-identity-card');
    return {
      id: this.id(given['id'], `${at}/id`),
      type: type ?? 'text',
      required: this.truth(given['required'], `${at}/required`),
      label,
      help,
      several: type === 'choice' && this.truth(given['several'], `${at}/several`),
      options: type === 'choice' ? this.options(given['options'], `${at}/options`) : [],
    };
  }

  private options(value: unknown, at: string): FieldOption[] {
    const list = Array.isArray(value) ? (value as unknown[]) : [];
    if (list.length < 2 || list.length > MOST_OPTIONS) {
      this.refuse(at, 'call-options', { min: 2, max: MOST_OPTIONS });
      return [];
    }
    const options = list.map((one, n) => {
      const given = isRecord(one) ? one : {};
      const id = this.id(given['id'], `${at}/${n}/id`);
      return { id, label: this.words(given['label'], `${at}/${n}/label`, LONGEST.option, true) };
    });
    return withIds(options, 'o', (n) => this.refuse(`${at}/${n}/id`, 'given-twice'));
  }

  private id(value: unknown, at: string): string {
    if (value === undefined || value === null || value === '') return '';
    if (typeof value === 'string' && /^[a-z0-9]{1,12}$/.test(value)) return value;
    this.refuse(at, 'not-an-id');
    return '';
  }

  private truth(value: unknown, at: string): boolean {
    if (value === undefined || value === null || typeof value === 'boolean') return value === true;
    this.refuse(at, 'not-a-yes-or-no');
    return false;
  }
}

/** Gives an id to those that are new: the first free number, so that the id of a removed one may come again before anybody answered. */
function withIds<T extends { id: string }>(
  list: readonly T[],
  letter: string,
  twice: (n: number) => void,
): T[] {
  const taken = new Set(list.map(({ id }) => id));
  list.forEach(({ id }, n) => {
    if (id !== '' && list.findIndex((other) => other.id === id) !== n) twice(n);
  });
  let next = 1;
  return list.map((one) => {
    if (one.id !== '') return one;
    while (taken.has(`${letter}${next}`)) next += 1;
    taken.add(`${letter}${next}`);
    return { ...one, id: `${letter}${next}` };
  });
}

/** What is wrong with a moment of a call, at `at`, or the moment. */
export function readMoment(value: unknown, at: string): { moment: LocalMoment } | { problems: FieldError[] } {
  const reader = new DesignReader();
  const moment = reader.moment(value, at);
  return moment ? { moment } : { problems: reader.problems };
}

/**
 * Reads a design as it is sent: `{title, body, opens, closes, fields}`.
 *
 * @throws InvalidFields with everything that is wrong
 */
export function readDesign(given: unknown): CallDesign {
  const reader = new DesignReader();
  const { title, body, opens, closes, fields } = isRecord(given) ? given : {};
  const design = {
    title: reader.words(title, '/title', LONGEST.title, true),
    body: reader.words(body, '/body', LONGEST.body, true),
    opens: reader.moment(opens, '/opens'),
    closes: reader.moment(closes, '/closes'),
    fields: reader.fields(fields),
  };
  const instant = (at: LocalMoment): Date => instantOf({ ...at, zone: DEFAULT_ZONE });
  if (design.opens && design.closes && instant(design.opens) >= instant(design.closes))
    reader.refuse('/closes/localDate', 'call-closes-before-it-opens');
  if (reader.problems.length > 0 || !design.opens || !design.closes) throw new InvalidFields(reader.problems);
  return { ...design, opens: design.opens, closes: design.closes };
}

/** What may not change once people have read the questions; words are left out. */
export function shapeOf(fields: readonly CallField[]): string {
  const shape = fields.map(({ id, type, required, several, options }): [string, FieldType, ...unknown[]] => [
    ...([id, type] as const),
    ...[required, several, options.map((option) => option.id)],
  ]);
  return JSON.stringify(shape);
}
