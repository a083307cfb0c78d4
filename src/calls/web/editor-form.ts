import { type FormBody, formText } from '../../shared/web/form-text.js';
import type { Call } from '../call.js';

export const LANGUAGES = ['fr', 'ar', 'en'] as const;
type Texts = Record<(typeof LANGUAGES)[number], string>;

/** A question as typed; options are lines, one an option. */
export interface TypedField {
  id: string;
  type: string;
  required: boolean;
  several: boolean;
  label: Texts;
  help: Texts;
  options: Texts;
  optionIds: string;
}

/** The form of a call as typed. */
export interface TypedCall {
  revision: string;
  title: Texts;
  body: Texts;
  opensDate: string;
  opensTime: string;
  closesDate: string;
  closesTime: string;
  fields: TypedField[];
}

/** Far more than a call may have, so that one too many is refused with words and not cut. */
const MOST_READ = 60;

function texts(body: FormBody, name: string): Texts {
  return {
    fr: formText(body, `${name}-fr`),
    ar: formText(body, `${name}-ar`),
    en: formText(body, `${name}-en`),
  };
}

export function readEditor(body: FormBody): TypedCall {
  const count = Math.min(Number(formText(body, 'count')) || 0, MOST_READ);
  return {
    revision: formText(body, 'revision'),
    title: texts(body, 'title'),
    body: texts(body, 'body'),
    opensDate: formText(body, 'opens-date'),
    opensTime: formText(body, 'opens-time'),
    closesDate: formText(body, 'closes-date'),
    closesTime: formText(body, 'closes-time'),
    fields: Array.from({ length: count }, (_, n) => ({
      id: formText(body, `f${n}-id`),
      type: formText(body, `f${n}-type`),
      required: formText(body, `f${n}-required`) !== '',
      several: formText(body, `f${n}-several`) !== '',
      label: texts(body, `f${n}-label`),
      help: texts(body, `f${n}-help`),
      options: texts(body, `f${n}-options`),
      optionIds: formText(body, `f${n}-option-ids`),
    })),
  };
}

const lines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The form as a design to be read: the nth lines of all languages are one option. */
export function designOf(typed: TypedCall): object {
  return {
    title: typed.title,
    body: typed.body,
    opens: { localDate: typed.opensDate, localTime: typed.opensTime },
    closes: { localDate: typed.closesDate, localTime: typed.closesTime },
    fields: typed.fields.map(({ id, type, required, several, label, help, options, optionIds }) => {
      const [fr, ar, en] = [lines(options.fr), lines(options.ar), lines(options.en)];
      const ids = optionIds.split(',');
      const list = Array.from({ length: Math.max(fr.length, ar.length) }, (_, n) => ({
        id: ids[n] ?? '',
        label: { fr: fr[n] ?? '', ar: ar[n] ?? '', en: en[n] ?? '' },
      }));
      return { id, type, required, several: type === 'choice' && several, label, help, options: list };
    }),
  };
}

export function newField(): TypedField {
  const none = { fr: '', ar: '', en: '' };
  return {
    ...{ id: '', type: 'text', required: false, several: false, optionIds: '' },
    ...{ label: none, help: none, options: none },
  };
}

export function emptyCall(): TypedCall {
  const none = { fr: '', ar: '', en: '' };
  return {
    ...{ revision: '0', title: none, body: none, opensDate: '', opensTime: '09:00' },
    ...{ closesDate: '', closesTime: '18:00', fields: [] },
  };
}

export function typedCall(call: Call): TypedCall {
  const words = (texts: { fr: string; ar: string; en?: string | null }): Texts => ({
    ...texts,
    en: texts.en ?? '',
  });
  return {
    ...{ revision: String(call.revision), title: words(call.title), body: words(call.body) },
    ...{ opensDate: call.opens.date, opensTime: call.opens.time },
    ...{ closesDate: call.closes.date, closesTime: call.closes.time },
    fields: call.fields.map(({ id, type, required, several, label, help, options }) => ({
      ...{ id, type, required, several, label: words(label), help: words(help) },
      options: {
        fr: options.map((option) => option.label.fr).join('\n'),
        ar: options.map((option) => option.label.ar).join('\n'),
        en: options.every((option) => option.label.en)
          ? options.map((option) => option.label.en).join('\n')
          : '',
      },
      optionIds: options.map((option) => option.id).join(),
    })),
  };
}

/** What a button of the form does with the questions: adds one, removes one, moves one. @returns where the focus goes */
export function rearrange(typed: TypedCall, op: string): number {
  const { fields } = typed;
  const [what = '', place = ''] = op.split(':');
  const at = Number(place);
  if (what === 'add') return fields.push(newField()) - 1;
  if (!Number.isInteger(at) || !fields[at]) return -1;
  if (what === 'remove') fields.splice(at, 1);
  const to = what === 'up' ? at - 1 : what === 'down' ? at + 1 : at;
  if (to === at || to < 0 || to >= fields.length) return Math.min(at, fields.length - 1);
  fields.splice(to, 0, ...fields.splice(at, 1));
  return to;
}

/** Name of the control that a pointer into a design is about. */
export function editorControl(pointer: string): string {
  const [part = '', place = '', name = '', lang = '', , optionLang] = pointer.slice(1).split('/');
  if (part === 'title' || part === 'body') return `${part}-${place}`;
  if (part === 'opens' || part === 'closes') return `${part}-${place === 'localTime' ? 'time' : 'date'}`;
  if (part !== 'fields' || place === '') return 'fields';
  if (name === 'options') return `f${place}-options-${optionLang ?? 'fr'}`;
  return `f${place}-${name}${lang ? `-${lang}` : ''}`;
}
