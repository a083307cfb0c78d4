import { stringify } from 'yaml';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { CourseText } from '../course-file/course-text.js';

/** Blocks that can be begun in the browser. A video is one that will be filmed; one rendered from a script is written as source. */
export const NEW_BLOCKS = ['card', 'image', 'video', 'audio', 'file', 'quiz', 'exercise'] as const;
export type NewBlock = (typeof NEW_BLOCKS)[number];
/** Questions of a quiz; those that a letter answers are questions of a test too. */
export const NEW_ITEMS = ['single', 'multiple', 'boolean', 'number', 'order', 'match', 'picture'] as const;
export const NEW_TEST_ITEMS = [
  'single',
  'picture',
  'boolean',
] as const satisfies readonly (typeof NEW_ITEMS)[number][];
export type NewItem = (typeof NEW_ITEMS)[number];

/** A title in both languages. */
export interface Titles {
  readonly fr: string;
  readonly ar: string;
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_SLUG = 60;
const EMPTY = { fr: '', ar: '' };
/** A picture that is still to be chosen; a test names the folder of a module too. */
const noImage = (folder = ''): object => ({ file: `${folder}images/none.webp`, alt: EMPTY });

/** The first of `a-1`, `a-2`, … that is not taken. */
export function freeName(stem: string, taken: readonly string[]): string {
  let n = 1;
  while (taken.includes(`${stem}-${n}`)) n += 1;
  return `${stem}-${n}`;
}

/** A course as it is begun: its texts, and one module. */
export function newCourse(slug: string, order: number, title: Titles, folder: string): object {
  const texts = { title, summary: EMPTY, audience: EMPTY, objectives: [EMPTY] };
  return { format: 1, slug, order, ...texts, glossary: [], modules: [folder] };
}

/** A module as it is begun: an outline. */
export function newModule(slug: string, title: Titles): object {
  return {
    slug,
    title,
    minutes: 20,
    status: 'outline',
    objectives: [EMPTY],
    bring: [],
    completion: { watched: 80 },
    blocks: [],
  };
}

/** A block as it is begun. */
export function newBlock(kind: NewBlock, id: string): object {
  switch (kind) {
    case 'card':
      return { id, kind, title: EMPTY, text: EMPTY, image: noImage() };
    case 'image':
      return { id, kind, title: EMPTY, image: noImage() };
    case 'video':
      return { id, kind, title: EMPTY };
    case 'audio':
      return { id, kind, title: EMPTY, audio: {}, transcript: EMPTY };
    case 'file':
      return { id, kind, title: EMPTY, files: {} };
    case 'quiz':
      return { id, kind, title: EMPTY, pass: 60, items: [newItem('single', 'question-1')] };
    case 'exercise':
      return { id, kind, title: EMPTY, text: EMPTY, proof: 'tick' };
  }
}

/** A question as it is begun: the first answer is the right one, things are in their order, until somebody says otherwise. */
export function newItem(kind: NewItem, id: string, isTest = false): object {
  const ids = ['a', 'b', 'c'];
  const choices = ids.map((choice) => newChoice(kind, choice, isTest));
  const own = {
    single: { choices, key: 'a' },
    multiple: { choices, key: ['a'] },
    boolean: { key: true },
    number: { key: 0, tolerance: 0 },
    order: { choices, key: ids },
    match: { choices, options: choices, key: Object.fromEntries(ids.map((choice) => [choice, choice])) },
    picture: { choices, key: 'a' },
  }[kind];
  return { id, kind, ...(isTest ? { module: '' } : {}), prompt: EMPTY, ...own, reason: EMPTY };
}

/** Things to order or to match are explained by the question's reason; pictures have something to see. */
export function newChoice(kind: string, id: string, isTest = false): object {
  if (kind === 'order' || kind === 'match') return { id, text: EMPTY };
  return {
    id,
    text: EMPTY,
    ...(kind === 'picture' ? { image: noImage(isTest ? '00-module/' : '') } : {}),
    feedback: EMPTY,
  };
}

/** A test as it is begun: what the readers ask of it is still to be written. */
export function newTest(title: Titles): object {
  return { format: 1, title, intro: EMPTY, items: [newItem('single', 'question-1', true)] };
}

/** The slug and titles of something new. @throws InvalidFields */
export function checkNew(slug: string, title: Titles): void {
  const errors = [
    ...(SLUG.test(slug) && slug.length <= MAX_SLUG ? [] : [{ pointer: '/slug', code: 'course-slug' }]),
    ...(['fr', 'ar'] as const).flatMap((lang) =>
      title[lang].trim() === '' ? [{ pointer: `/title/${lang}`, code: 'required' }] : [],
    ),
  ];
  if (errors.length > 0) throw new InvalidFields(errors);
}

/** Something new as a file of its own. */
export function textOf(content: object): Buffer {
  return Buffer.from(CourseText.parse(stringify(content, { aliasDuplicateObjects: false })).toString());
}
