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
  readonly kind: 'pair' | 'number' | 'select' | 'list' | 'bool';
  readonly legend: string;
  readonly hint?: string;
  readonly entries?: readonly FormEntry[];
  readonly id?: string;
  readonly name?: string;
  readonly value?: string;
  readonly error?: string;
  readonly options?: readonly { readonly value: string; readonly label: string; readonly checked: boolean }[];
}

/** A question of a quiz; kinds that this page does not know are edited as source. */
export interface FormItem {
  readonly id: string;
  readonly heading: string;
  readonly fields: readonly FormField[];
  readonly choices?: readonly { readonly id: string; readonly fields: readonly FormField[] }[];
  readonly isKnown: boolean;
}

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
  pair(pointer: string, legend: string, options: { rows?: number; markdown?: boolean; hint?: string } = {}): FormField {
    const languages = this.at(`${pointer}/en`) === undefined ? ['fr', 'ar'] : ['fr', 'ar', 'en'];
    const entries = languages.map((lang): FormEntry => {
      const name = `t:${pointer}/${lang}`;
      const value = this.textOf(name);
      const error = this.errors.get(`${pointer}/${lang}`) ?? (lang === 'fr' ? this.errors.get(pointer) : undefined);
      const html = options.markdown ? { html: new Handlebars.SafeString(renderMarkdown(value)) } : {};
      const place = { id: idOf(name), name, lang, dir: directionOf(lang as Locale), label: t(this.locale, `courses:language.${lang}`) };
      return { ...place, value, rows: options.rows ?? 2, ...(error ? { error } : {}), ...html };
    });
    return { kind: 'pair', legend: this.words(legend), ...(options.hint ? { hint: this.words(options.hint) } : {}), entries };
  }

  number(pointer: string, legend: string): FormField {
    return this.single('number', `n:${pointer}`, pointer, legend);
  }

  bool(pointer: string, legend: string): FormField {
    const options = ['true', 'false'].map((value) => ({ value, label: t(this.locale, `courses:field.${value}`) }));
    return this.chosen('select', `b:${pointer}`, pointer, legend, options);
  }

  select(pointer: string, legend: string, options: readonly { value: string; label: string }[]): FormField {
    return this.chosen('select', `t:${pointer}`, pointer, legend, options);
  }

  /** Several of some; nothing chosen is an empty list. */
  list(pointer: string, legend: string, options: readonly { value: string; label: string }[]): FormField {
    return this.chosen('list', `l:${pointer}`, pointer, legend, options);
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
      if (Array.isArray(value) && step.startsWith('#')) value = value.find((each: Value) => each['id'] === step.slice(1)) as unknown;
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
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim() : '';
  }

  private single(kind: 'number', name: string, pointer: string, legend: string): FormField {
    const error = this.errors.get(pointer);
    return { kind, id: idOf(name), name, legend: this.words(legend), value: this.textOf(name), ...(error ? { error } : {}) };
  }

  private chosen(
    kind: 'select' | 'list',
    name: string,
    pointer: string,
    legend: string,
    options: readonly { value: string; label: string }[],
  ): FormField {
    const stored = this.at(pointer);
    const now = this.typed[name] ?? (Array.isArray(stored) ? stored.map(String) : this.textOf(name));
    const chosen = [now].flat();
    const wrong = [...this.errors].find(([at]) => at === pointer || (kind === 'list' && at.startsWith(`${pointer}/`)));
    return {
      ...{ kind, id: idOf(name), name, legend: this.words(legend) },
      options: options.map((option) => ({ ...option, checked: chosen.includes(option.value) })),
      ...(wrong ? { error: wrong[1] } : {}),
    };
  }
}
