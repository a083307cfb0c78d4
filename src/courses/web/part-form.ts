import Handlebars from 'handlebars';
import { directionOf, type Locale, t } from '../../shared/i18n/i18n.js';
import { renderMarkdown } from '../course-file/markdown.js';

/** What one text box of a form shows. */
export interface FormEntry {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly lang: string;
  readonly dir: string;
  readonly value: string;
  readonly rows: number;
  readonly error?: string;
  /** Markdown as a learner reads it. */
  readonly html?: Handlebars.SafeString;
}

/** One field, or the same text in each language side by side. */
export interface FormField {
  readonly kind: 'pair' | 'number' | 'select' | 'list' | 'order';
  readonly legend: string;
  readonly hint?: string;
  readonly entries?: readonly FormEntry[];
  readonly id?: string;
  readonly name?: string;
  readonly value?: string;
  readonly error?: string;
  readonly options?: readonly FormOption[];
  /** Of an order: a box for each place. */
  readonly places?: readonly {
    readonly id: string;
    readonly label: string;
    readonly options: readonly FormOption[];
  }[];
  /** Address of the picture that is chosen. */
  readonly src?: string;
}

interface Option {
  readonly value: string;
  readonly label: string;
}
type FormOption = Option & { readonly checked: boolean };

type Value = Readonly<Record<string, unknown>>;

/** Id of a control by the name of its field: what errors link to. */
export function idOf(name: string): string {
  return `field-${name.replace(/[^a-z0-9]+/gi, '-')}`;
}

/** Builds the fields of one part, with what was typed and what is wrong. */
export class PartForm {
  constructor(
    private readonly locale: Locale,
    private readonly value: unknown,
    private readonly typed: Readonly<Record<string, string | readonly string[]>>,
    private readonly errors: ReadonlyMap<string, string>,
  ) {}

  /** A text in French and Arabic, and in English where there is one. */
  pair(
    pointer: string,
    legend: string,
    options: { rows?: number; markdown?: boolean; hint?: string } = {},
  ): FormField {
    const languages = this.at(`${pointer}/en`) === undefined ? ['fr', 'ar'] : ['fr', 'ar', 'en'];
    const entries = languages.map((lang): FormEntry => {
      const name = `t:${pointer}/${lang}`;
      const value = this.textOf(name);
      const error =
        this.errors.get(`${pointer}/${lang}`) ?? (lang === 'fr' ? this.errors.get(pointer) : undefined);
      const html = options.markdown ? { html: new Handlebars.SafeString(renderMarkdown(value)) } : {};
      const place = {
        id: idOf(name),
        name,
        lang,
        dir: directionOf(lang as Locale),
        label: t(this.locale, `courses:language.${lang}`),
      };
      return { ...place, value, rows: options.rows ?? 2, ...(error ? { error } : {}), ...html };
    });
    return {
      kind: 'pair',
      legend: this.words(legend),
      ...(options.hint ? { hint: this.words(options.hint) } : {}),
      entries,
    };
  }

  number(pointer: string, legend: string, hint?: string): FormField {
    const [name, error] = [`n:${pointer}`, this.errors.get(pointer)];
    const field: FormField = {
      kind: 'number',
      id: idOf(name),
      name,
      legend: this.words(legend),
      value: this.textOf(name),
    };
    return { ...field, ...(hint ? { hint: this.words(hint) } : {}), ...(error ? { error } : {}) };
  }

  /** True or false. @param unset what it is called when neither stands there, which may be chosen too */
  bool(pointer: string, legend: string, words = ['true', 'false'], unset?: string): FormField {
    const values = ['true', 'false'].map((value, index) => ({
      value,
      label: this.words(words[index] ?? value),
    }));
    const options = unset === undefined ? values : [{ value: '', label: this.words(unset) }, ...values];
    return this.chosen('select', `b:${pointer}`, pointer, legend, options);
  }

  select(pointer: string, legend: string, options: readonly Option[]): FormField {
    return this.chosen('select', `t:${pointer}`, pointer, legend, options);
  }

  /** Several of some, in no order; nothing chosen is an empty list. */
  list(pointer: string, legend: string, options: readonly Option[]): FormField {
    return { ...this.chosen('list', `s:${pointer}`, pointer, legend, options), id: idOf(`l:${pointer}`) };
  }

  /** All of some, each at its place. */
  order(pointer: string, legend: string, options: readonly Option[]): FormField {
    const { options: _all, ...field } = this.chosen('list', `l:${pointer}`, pointer, legend, options);
    const stored = this.typed[`l:${pointer}`] ?? this.at(pointer);
    const now = Array.isArray(stored) ? stored.map(String) : [];
    const places = options.map((_, index) => ({
      id: `${field.id}-${index + 1}`,
      label: t(this.locale, 'courses:field.place', { number: index + 1 }),
      options: withStored(options, now[index] ?? ''),
    }));
    return { ...field, kind: 'order', places };
  }

  /** A picture of the module with what it shows. @param base address that the paths are below */
  picture(pointer: string, pictures: readonly string[], base: string, isOptional = false): FormField[] {
    const options = pictures.map((value) => ({ value, label: value.replace(/images\//, '') }));
    const none = isOptional ? [{ value: '', label: this.words('noPicture') }] : [];
    const file = this.select(`${pointer}/file`, 'picture', [...none, ...options]);
    const now = file.options?.find(({ checked }) => checked)?.value ?? '';
    const shown = pictures.includes(now) ? { src: `${base}${now}` } : {};
    return [{ ...file, ...shown }, this.pair(`${pointer}/alt`, 'alt', { hint: 'altHint' })];
  }

  /** A list of texts: those there are, and one more to write. */
  texts(pointer: string, legend: string): FormField[] {
    const list = this.at(pointer);
    const count = Array.isArray(list) ? list.length : 0;
    return Array.from({ length: count + 1 }, (_, index) => {
      const field = this.pair(`${pointer}/${index}`, legend);
      return { ...field, legend: `${field.legend} ${index + 1}` };
    });
  }

  at(pointer: string): unknown {
    let value: unknown = this.value;
    for (const step of pointer.split('/').slice(1)) {
      if (Array.isArray(value) && step.startsWith('#'))
        value = value.find((each: Value) => each['id'] === step.slice(1)) as unknown;
      else if (typeof value === 'object' && value !== null) value = (value as Value)[step];
      else return undefined;
    }
    return value;
  }

  words(key: string): string {
    return t(this.locale, `courses:field.${key}`);
  }

  private textOf(name: string): string {
    const typed = this.typed[name];
    if (typed !== undefined) return [typed].flat().at(-1) ?? '';
    const value = this.at(name.slice(2));
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value).trim()
      : '';
  }

  private chosen(
    kind: 'select' | 'list',
    name: string,
    pointer: string,
    legend: string,
    options: readonly Option[],
  ): FormField {
    const stored = this.at(pointer);
    const now = this.typed[name] ?? (Array.isArray(stored) ? stored.map(String) : this.textOf(name));
    const chosen = [now].flat();
    const wrong = [...this.errors].find(
      ([at]) => at === pointer || (kind === 'list' && at.startsWith(`${pointer}/`)),
    );
    return {
      ...{ kind, id: idOf(name), name, legend: this.words(legend) },
      options:
        kind === 'select'
          ? withStored(options, chosen[0] ?? '')
          : options.map((option) => ({ ...option, checked: chosen.includes(option.value) })),
      ...(wrong ? { error: wrong[1] } : {}),
    };
  }
}

/** What a box shows is what is stored, also when that is no choice: else a save would choose the first one. */
function withStored(options: readonly Option[], stored: string): FormOption[] {
  const all = options.some(({ value }) => value === stored)
    ? options
    : [{ value: stored, label: stored || '—' }, ...options];
  return all.map((option) => ({ ...option, checked: option.value === stored }));
}
