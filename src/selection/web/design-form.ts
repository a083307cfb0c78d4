import type { CallField } from '../../calls/public.js';
import { GENDERS, SECTORS } from '../../people/public.js';
import { toAsciiDigits } from '../../shared/text/digits.js';
import { type FormBody, formText, formTexts } from '../../shared/web/form-text.js';
import { groupValues } from '../selection-design.js';
import { MOST_CRITERIA, MOST_QUOTAS, type SelectionDesign } from '../selection.js';

/** What is in the controls of the form, by their names. */
export type Controls = Readonly<Record<string, readonly string[]>>;

/** A form as a design that nothing has been looked at, and which control each part came from. */
export interface FormDesign {
  readonly design: Readonly<Record<string, unknown>>;
  readonly controls: Controls;
  /** The control of a refused pointer. */
  readonly controlOf: (pointer: string) => string;
}

/** A number where it is one, else what was typed: refused as such, never guessed. */
function numberOf(text: string): unknown {
  const plain = toAsciiDigits(text).trim().replace(/[,٫]/, '.');
  if (plain === '') return null;
  return /^-?\d{1,12}(\.\d{1,3})?$/.test(plain) ? Number(plain) : text;
}

/** Reads the form of a design as it comes. */
export function designOfForm(body: FormBody, fields: readonly CallField[]): FormDesign {
  const text = (name: string): string => formText(body, name);
  const number = (name: string): unknown => numberOf(text(name));
  const places: Record<string, string> = {};
  const list = <T>(at: string, items: ReadonlyArray<{ control: string; item: T } | undefined>): T[] =>
    items
      .filter((one) => one !== undefined)
      .map(({ control, item }, n) => {
        places[`/${at}/${n}`] = control;
        return item;
      });
  const criteria = rows(MOST_CRITERIA, (n) => {
    const label = { fr: text(`c${n}-fr`), ar: text(`c${n}-ar`), en: text(`c${n}-en`) };
    if (label.fr.trim() === '' && label.ar.trim() === '') return undefined;
    return { control: `c${n}`, item: { label, weight: number(`c${n}-weight`) } };
  });
  const quotas = rows(MOST_QUOTAS, (n) => {
    const [kind, value] = text(`q${n}-group`).split(':');
    if (!kind) return undefined;
    return {
      control: `q${n}`,
      item: { kind, value, least: number(`q${n}-least`), most: number(`q${n}-most`) },
    };
  });
  const design = {
    places: number('places'),
    reserve: number('reserve'),
    scorers: number('scorers'),
    rules: list('rules', rulesOf(body, fields)),
    criteria: list('criteria', criteria),
    quotas: list('quotas', quotas),
  };
  return { design, controls: controlsOf(body), controlOf: (pointer) => controlAt(pointer, places) };
}

function rows<T>(count: number, row: (n: number) => T): T[] {
  return Array.from({ length: count }, (_, n) => row(n + 1));
}

function rulesOf(
  body: FormBody,
  fields: readonly CallField[],
): Array<{ control: string; item: object } | undefined> {
  const values = (kind: string, control: string, more = {}) => {
    const taken = formTexts(body, control).filter((one) => one !== '');
    return taken.length === 0 ? undefined : { control, item: { kind, ...more, values: taken } };
  };
  const bounds = (kind: string, control: string, more = {}) => {
    const [min, max] = ['min', 'max'].map((end) => numberOf(formText(body, `${control}-${end}`)));
    return min === null && max === null ? undefined : { control, item: { kind, ...more, min, max } };
  };
  return [
    bounds('age', 'age'),
    ...(['gender', 'city', 'sector'] as const).map((kind) => values(kind, kind)),
    ...fields.map(({ id, type }) => {
      if (type === 'choice') return values('choice', `f-${id}`, { field: id });
      return type === 'number' ? bounds('number', `f-${id}`, { field: id }) : undefined;
    }),
  ];
}

function controlsOf(body: FormBody): Controls {
  return Object.fromEntries(Object.keys(body ?? {}).map((name) => [name, formTexts(body, name)]));
}

/** `/rules/0/min` is `age-min`, `/criteria/1/label/ar` is `c2-ar`, `/places` is `places`. */
function controlAt(pointer: string, places: Readonly<Record<string, string>>): string {
  const [, first = '', n = '', ...rest] = pointer.split('/');
  const control = places[`/${first}/${n}`];
  if (control === undefined) return first === 'criteria' ? 'c1-fr' : first;
  const last = rest.at(-1) ?? '';
  if (['values', 'kind', 'field'].includes(last))
    return control.startsWith('q') ? `${control}-group` : control;
  return `${control}-${last === 'value' ? 'group' : last}`;
}

/** A saved design as the form shows it. */
export function controlsOfDesign(design: SelectionDesign): Controls {
  const controls: Record<string, readonly string[]> = {
    ...{
      places: [String(design.places)],
      reserve: [String(design.reserve)],
      scorers: [String(design.scorers)],
    },
  };
  const put = (name: string, value: string | number | null | undefined): void => {
    if (value !== null && value !== undefined) controls[name] = [String(value)];
  };
  for (const rule of design.rules) {
    const control = 'field' in rule ? `f-${rule.field}` : rule.kind;
    if ('values' in rule) controls[control] = rule.values;
    else {
      put(`${control}-min`, rule.min);
      put(`${control}-max`, rule.max);
    }
  }
  for (const [n, { label, weight }] of design.criteria.entries()) {
    for (const lang of ['fr', 'ar', 'en'] as const) put(`c${n + 1}-${lang}`, label[lang]);
    put(`c${n + 1}-weight`, weight);
  }
  for (const [n, { kind, value, least, most }] of design.quotas.entries()) {
    put(`q${n + 1}-group`, `${kind}:${value}`);
    put(`q${n + 1}-least`, least);
    put(`q${n + 1}-most`, most);
  }
  return controls;
}

/** What may be ticked for each kind of condition. */
export const TICKED = {
  gender: GENDERS.filter((gender) => gender !== 'unspecified'),
  city: groupValues('city'),
  sector: SECTORS,
} as const;
