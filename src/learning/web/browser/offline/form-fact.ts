import type { Fact } from '../../../../shared/web/browser/offline/database.js';

const QUIZ = /^(\/(?:ar|fr|en)\/courses\/[^/]+\/([^/]+))\/quiz$/;
const TEST = /^(\/(?:ar|fr|en)\/courses\/([^/]+)\/test)$/;
const TASK = /^(\/(?:ar|fr|en)\/courses\/[^/]+\/([^/]+))\/tasks\/([^/]+)$/;
/** Fields of a form that are no answers. */
const OWN = new Set(['id', 'versionId', 'paper', 'phase', 'title', '_csrf', '_person']);

/** Is this the address of a form that a phone keeps? */
export function isKeptForm(pathname: string): boolean {
  return QUIZ.test(pathname) || TEST.test(pathname) || TASK.test(pathname);
}

/**
 * A form as a fact: answers are blind, as nobody here knows the keys. It is of whom the page was made for, whoever has
 * come to this phone since.
 *
 * @returns undefined for another form, and for a page made for nobody
 */
export function factOf(address: string, form: FormData): Fact | undefined {
  const { pathname } = new URL(address);
  const [id, owner] = [textOf(form, 'id'), textOf(form, '_person')];
  if (id === '' || owner === '') return undefined;
  const shared = { id, owner, title: textOf(form, 'title'), state: 'waiting' } as const;
  const at = new Date().toISOString();
  const [, lesson, module] = QUIZ.exec(pathname) ?? [];
  if (lesson && module) {
    const body = { id, versionId: textOf(form, 'versionId'), at, fields: fieldsOf(form), ...paperOf(form) };
    return { ...shared, kind: 'quiz', url: `/api/v1/modules/${module}/quiz-attempts`, body, href: lesson };
  }
  const [, test, course] = TEST.exec(pathname) ?? [];
  if (test && course) {
    const [versionId, phase] = [textOf(form, 'versionId'), textOf(form, 'phase')];
    const body = { id, versionId, phase, at, fields: fieldsOf(form) };
    return { ...shared, kind: 'test', url: `/api/v1/courses/${course}/test-attempts`, body, href: test };
  }
  const [, href, of, block] = TASK.exec(pathname) ?? [];
  if (!href || !of || !block) return undefined;
  const url = `/api/v1/modules/${of}/tasks/${block}`;
  return { ...shared, kind: 'task', url, at, href, form: pathname, ...handInOf(id, form) };
}

/** Whoever shows something and ticks the box as well has shown it. */
function handInOf(id: string, form: FormData): Pick<Fact, 'body' | 'photo'> {
  const chosen = form.get('photo');
  const photo = chosen instanceof Blob && chosen.size > 0 ? chosen : undefined;
  const [link, note, tick] = ['link', 'note', 'tick'].map((name) => textOf(form, name));
  const body = {
    id,
    ...(link ? { link } : {}),
    ...(note ? { note } : {}),
    ...(tick && !link && !photo ? { tick } : {}),
  };
  return photo ? { body, photo } : { body };
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function paperOf(form: FormData): { paper?: number } {
  const paper = textOf(form, 'paper');
  return paper === '' ? {} : { paper: Number(paper) };
}

function fieldsOf(form: FormData): Record<string, unknown> {
  const names = [...new Set(form.keys())].filter((name) => !OWN.has(name));
  return Object.fromEntries(
    names.map((name) => {
      const values = form.getAll(name).map(String);
      return [name, values.length > 1 ? values : values[0]];
    }),
  );
}
