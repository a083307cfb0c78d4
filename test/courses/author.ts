import type { LightMyRequestResponse } from 'fastify';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { courseFiles, givenCourses, withCaptions } from '../support/courses.js';
import { submitted } from '../support/forms.js';
import { fileForm } from './sounds.js';

/** Address of the pages on which the course of the tests is written. */
export const HOME = '/fr/staff/courses/tissage';
/** Its module that is edited. */
export const FOLDER = '01-le-prix';

/** A draft of the course of the tests as it stands now. */
export interface Draft {
  revision: number;
  files: { path: string }[];
}

/** An administrator who writes the course of the tests in a browser without a script. */
export interface Author {
  t: TestApp;
  token: string;
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  post(url: string, fields: readonly (readonly [string, string])[]): Promise<LightMyRequestResponse>;
  /** Sends a form with one file; with the newest revision unless the fields name one. */
  upload(
    url: string,
    fields: Record<string, string>,
    file: { field: string; name: string; content: Buffer },
  ): Promise<LightMyRequestResponse>;
  draft(): Promise<Draft>;
  /** Begins a block in the module. */
  begin(kind: string): Promise<LightMyRequestResponse>;
  /** Saves the form of a block with some of its texts changed. */
  save(block: string, texts: Readonly<Record<string, string>>): Promise<LightMyRequestResponse>;
  publish(): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

/** Boots the application with the course of the tests, its draft open. */
export async function givenAuthor(): Promise<Author> {
  const courses = await givenCourses(withCaptions(courseFiles()));
  const t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
  const { token } = await givenStaff(t, 'admin', { kind: 'installation', id: null });
  const authorization = { authorization: `Bearer ${token}` };
  const draft = async () => (await t.api('/courses/tissage/draft', { token, body: {} })).json<Draft>();
  const get: Author['get'] = (url, headers) => t.inject({ url, headers: { ...authorization, ...headers } });
  const post: Author['post'] = (url, fields) =>
    t.inject({
      ...{ method: 'POST', url },
      payload: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
      headers: { ...authorization, 'content-type': 'application/x-www-form-urlencoded' },
    });
  await draft();
  return {
    ...{ t, token, draft, get, post },
    upload: async (url, fields, file) => {
      const form = await fileForm({ revision: String((await draft()).revision), ...fields }, [file]);
      return t.inject({ ...form, method: 'POST', url, headers: { ...authorization, ...form.headers } });
    },
    begin: async (kind) =>
      post(HOME, [
        ['op', 'add-block'],
        ['kind', kind],
        ['module', FOLDER],
        ['revision', String((await draft()).revision)],
      ]),
    save: async (block, texts) => {
      const fields = submitted((await get(block)).body, 'data-author');
      return post(
        block,
        fields.map(([name, old]) => [name, texts[name] ?? old]),
      );
    },
    publish: () => t.api('/courses/tissage/draft/publish', { token, body: {} }),
    close: async () => {
      await t.close();
      await courses.remove();
    },
  };
}

/** What a page says, without its marks. */
export function wordsOf(html: string): string {
  return html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}
