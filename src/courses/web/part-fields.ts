import type { Locale } from '../../shared/i18n/i18n.js';
import { t } from '../../shared/i18n/i18n.js';
import type { FormField, PartForm } from './part-form.js';

/** What a form needs to know of the rest of the course. */
export interface Surroundings {
  readonly locale: Locale;
  /** Pictures that may be named, by the paths by which the file names them. */
  readonly pictures: readonly string[];
  /** Address that these paths are below. */
  readonly pictureBase: string;
  /** Other modules: slug and title. */
  readonly modules: readonly { readonly value: string; readonly label: string }[];
}

/** Fields of a course's own texts. */
export function courseFields(form: PartForm): FormField[] {
  return [
    form.pair('/title', 'title'),
    form.pair('/summary', 'summary', { rows: 3 }),
    form.pair('/audience', 'audience', { rows: 3 }),
    ...form.texts('/objectives', 'objective'),
    ...form.texts('/glossary', 'glossary'),
  ];
}

/** Fields of the test that a course asks before and after. */
export function testFields(form: PartForm): FormField[] {
  return [form.pair('/title', 'title'), form.pair('/intro', 'intro', { rows: 3 })];
}

/** Fields of a module's own texts and rules. */
export function moduleFields(form: PartForm, { locale, modules }: Surroundings): FormField[] {
  const statuses = ['outline', 'complete'].map((value) => ({
    value,
    label: t(locale, `courses:status.${value}`),
  }));
  return [
    form.pair('/title', 'title'),
    form.number('/minutes', 'minutes'),
    form.select('/status', 'status', statuses),
    form.list('/requires', 'requires', modules),
    form.number('/completion/watched', 'watched'),
    ...form.texts('/objectives', 'objective'),
    ...form.texts('/bring', 'bring'),
    ...form.texts('/glossary', 'glossary'),
  ];
}

/** Fields of a block of one of the kinds that this page knows; its questions are in `quiz-form.ts`. */
export function blockFields(
  form: PartForm,
  kind: string,
  { locale, pictures, pictureBase }: Surroundings,
): FormField[] {
  const title = form.pair('/title', 'title');
  switch (kind) {
    case 'card':
      return [
        title,
        form.pair('/text', 'text', { rows: 8, markdown: true, hint: 'textHint' }),
        ...form.picture('/image', pictures, pictureBase),
        form.pair('/say', 'say', { rows: 3, hint: 'sayHint' }),
      ];
    case 'image':
      return [
        title,
        ...form.picture('/image', pictures, pictureBase),
        form.pair('/caption', 'caption', { rows: 2, hint: 'captionHint' }),
      ];
    case 'exercise':
      return [
        title,
        form.pair('/text', 'text', { rows: 8, markdown: true, hint: 'exerciseHint' }),
        form.select(
          '/proof',
          'proof',
          ['tick', 'photo'].map((value) => ({ value, label: t(locale, `courses:proof.${value}`) })),
        ),
      ];
    case 'quiz':
      return [
        title,
        form.number('/pass', 'pass'),
        form.number('/draw', 'draw', 'drawHint'),
        form.bool('/shuffle', 'shuffle', ['shuffled', 'inOrder'], 'shuffleUnset'),
      ];
    case 'audio':
      return [
        title,
        form.pair('/transcript', 'transcript', { rows: 10, markdown: true, hint: 'transcriptHint' }),
      ];
    case 'file':
      return [title, form.pair('/description', 'fileDescription', { rows: 3, hint: 'fileDescriptionHint' })];
    case 'video':
      return [title, form.pair('/description', 'description', { rows: 3, hint: 'descriptionHint' })];
    default:
      return [title];
  }
}
