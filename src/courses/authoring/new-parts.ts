import type { CourseText } from '../course-file/course-text.js';
import { pathOfPart } from './draft-part.js';

/** Blocks that can be begun in the browser. A video is rendered from its script, which is written as source. */
export const NEW_BLOCKS = ['card', 'quiz', 'exercise'] as const;
export type NewBlock = (typeof NEW_BLOCKS)[number];
/** Questions that can be begun in the browser; every other kind is written as source and kept. */
export const NEW_ITEMS = ['single', 'multiple', 'boolean', 'number'] as const;
export type NewItem = (typeof NEW_ITEMS)[number];

/** A title in both languages. */
export interface Titles {
  readonly fr: string;
  readonly ar: string;
}

const EMPTY = { fr: '', ar: '' };

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
  return { slug, title, minutes: 20, status: 'outline', objectives: [EMPTY], bring: [], completion: { watched: 80 }, blocks: [] };
}

/** A block as it is begun. */
export function newBlock(kind: NewBlock, id: string): object {
  switch (kind) {
    case 'card':
      return { id, kind, title: EMPTY, text: EMPTY, image: { file: 'images/none.webp', alt: EMPTY } };
    case 'quiz':
      return { id, kind, title: EMPTY, pass: 60, items: [newItem('single', 'question-1')] };
    case 'exercise':
      return { id, kind, title: EMPTY, text: EMPTY, proof: 'tick' };
  }
}

/** A question as it is begun: the first answer is the right one until somebody says otherwise. */
export function newItem(kind: NewItem, id: string): object {
  const choices = ['a', 'b', 'c'].map((choice) => newChoice(choice));
  const own = {
    single: { choices, key: 'a' },
    multiple: { choices, key: ['a'] },
    boolean: { key: true },
    number: { key: 0, tolerance: 0 },
  }[kind];
  return { id, kind, prompt: EMPTY, ...own, reason: EMPTY };
}

function newChoice(id: string): object {
  return { id, text: EMPTY, feedback: EMPTY };
}

/** What a button of a quiz asks for: `item-add single`, `item-remove prix`, `item-up prix`, `choice-add prix`, `choice-remove prix b`. */
export function applyQuizDeed(text: CourseText, block: string, deed: string): void {
  const [verb, first = '', second = ''] = deed.split(' ');
  const items = [...pathOfPart(block), 'items'];
  const choices = [...items, `#${first}`, 'choices'];
  const kind = NEW_ITEMS.find((known) => known === first);
  if (verb === 'item-add' && kind) text.insert(items, 99, newItem(kind, freeName('question', idsAt(text, items))));
  else if (verb === 'item-remove') text.delete([...items, `#${first}`]);
  else if (verb === 'item-up') text.move(items, text.indexOf(items, first), -1);
  else if (verb === 'item-down') text.move(items, text.indexOf(items, first), 1);
  else if (verb === 'choice-add') text.insert(choices, 99, newChoice(freeName('choix', idsAt(text, choices))));
  else if (verb === 'choice-remove') text.delete([...choices, `#${second}`]);
}

function idsAt(text: CourseText, path: readonly string[]): string[] {
  const list = text.get(path);
  return Array.isArray(list) ? list.map((entry: { id?: unknown }) => String(entry.id)) : [];
}
