import type { Fact } from './database.js';

const QUIZ = /^(\/(?:ar|fr|en)\/courses\/[^/]+\/([^/]+))\/quiz$/;
/** Fields of the form that are no answers. */
const OWN = new Set(['id', 'versionId', 'paper', 'title', '_csrf', '_person']);

/**
 * The form of a quiz as a fact: blind, as nobody here knows the keys. It is the answer of whom the page was made for,
 * whoever has come to this phone since.
 *
 * @returns undefined for another form, and for a page made for nobody
 */
export function factOf(address: string, form: FormData): Fact | undefined {
  const [, href, module] = QUIZ.exec(new URL(address).pathname) ?? [];
  const text = (name: string): string => String(form.get(name) ?? '');
  const [id, owner] = [text('id'), text('_person')];
  if (!href || !module || id === '' || owner === '') return undefined;
  const names = [...new Set(form.keys())].filter((name) => !OWN.has(name));
  const fields = Object.fromEntries(
    names.map((name) => {
      const values = form.getAll(name).map(String);
      return [name, values.length > 1 ? values : values[0]];
    }),
  );
  const paper = text('paper');
  const body = {
    ...{ id, versionId: text('versionId'), at: new Date().toISOString(), fields },
    ...(paper === '' ? {} : { paper: Number(paper) }),
  };
  const url = `/api/v1/modules/${module}/quiz-attempts`;
  return { id, owner, kind: 'quiz', url, body, href, title: text('title'), state: 'waiting' };
}
