import type { CoursePath, CourseText } from '../course-file/course-text.js';
import { HEAD, pathOfPart } from './draft-part.js';
import { freeName, NEW_ITEMS, NEW_TEST_ITEMS, newChoice, newItem } from './new-parts.js';

/** What buttons of questions ask for, such as `item-add order`, `item-up prix`, `choice-add prix`, `option-remove paires sel`. */
export function applyQuizDeed(text: CourseText, part: string, deed: string): void {
  const [verb, first = '', second = ''] = deed.split(' ');
  const items = [...pathOfPart(part), 'items'];
  const item = [...items, `#${first}`];
  if (verb === 'item-add') addItem(text, items, part === HEAD, first);
  else if (verb === 'item-remove') text.delete(item);
  else if (verb === 'item-up') text.move(items, text.indexOf(items, first), -1);
  else if (verb === 'item-down') text.move(items, text.indexOf(items, first), 1);
  else if (verb === 'choice-add') addChoice(text, item, part === HEAD);
  else if (verb === 'choice-remove') removeChoice(text, item, second);
  else if (verb === 'option-add') add(text, [...item, 'options'], 'match');
  else if (verb === 'option-remove') text.delete([...item, 'options', `#${second}`]);
}

function addItem(text: CourseText, items: CoursePath, isTest: boolean, wanted: string): void {
  const kind = (isTest ? NEW_TEST_ITEMS : NEW_ITEMS).find((known) => known === wanted);
  if (kind) text.insert(items, 99, newItem(kind, freeName('question', idsAt(text, items)), isTest));
}

/** What is put in order has its place in the key from the start: the last. */
function addChoice(text: CourseText, item: CoursePath, isTest: boolean): void {
  const kind = String(text.get([...item, 'kind']));
  const id = add(text, [...item, 'choices'], kind, isTest);
  if (kind === 'order') text.insert([...item, 'key'], 99, id);
}

/** What goes is right no longer; of several right answers the others stay. */
function removeChoice(text: CourseText, item: CoursePath, id: string): void {
  text.delete([...item, 'choices', `#${id}`]);
  const key = text.get([...item, 'key']);
  if (Array.isArray(key) && key.includes(id)) text.delete([...item, 'key', String(key.indexOf(id))]);
  else if (typeof key === 'object' && key !== null && !Array.isArray(key)) text.delete([...item, 'key', id]);
}

function add(text: CourseText, list: CoursePath, kind: string, isTest = false): string {
  const id = freeName('choix', idsAt(text, list));
  text.insert(list, 99, newChoice(kind, id, isTest));
  return id;
}

function idsAt(text: CourseText, path: readonly string[]): string[] {
  const list = text.get(path);
  return Array.isArray(list) ? list.map((entry: { id?: unknown }) => String(entry.id)) : [];
}
