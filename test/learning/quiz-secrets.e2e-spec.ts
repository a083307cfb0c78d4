import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { projectCourses } from '../../src/courses/course-folder.js';
import { givenPerson } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';

interface Text {
  fr: string;
  ar: string;
}
interface Item {
  choices?: { feedback?: Text }[];
  feedback?: Partial<Record<'true' | 'false', Text>>;
  reason: Text;
}

/** What is no page and no answer to a program: files that everybody gets, and what ends the visit. */
const ELSEWHERE =
  /^\/\/|^\/(assets|dev|api\/docs|practice\/pictures)\/|sign-out|\.(m4s|mp4|m4a|vtt|svg|jpg|webp|pdf|ics)(\?|$)/;
/** Characters; shorter ones ("Oui, c'est faux.") stand elsewhere too. */
const SHORTEST = 18;
const MEMBERS = /"(key|reason|feedback|tolerance|correct)":|name="q\.[^>]* (checked|selected)/;

/** Every reason and every feedback of the project's quizzes and tests. */
async function secretsOf(): Promise<string[]> {
  const paths = await readdir(projectCourses(), { recursive: true });
  const files = paths.filter((path) => /(module|test)\.yaml$/.test(path));
  const items = await Promise.all(
    files.map(async (path): Promise<Item[]> => {
      const file = load(await readFile(join(projectCourses(), path), 'utf8')) as {
        items?: Item[];
        blocks?: { items?: Item[] }[];
      };
      return [...(file.items ?? []), ...(file.blocks ?? []).flatMap((block) => block.items ?? [])];
    }),
  );
  const texts = items
    .flat()
    .flatMap(({ reason, feedback, choices = [] }) => [
      ...[reason, feedback?.true, feedback?.false],
      ...choices.map((choice) => choice.feedback),
    ]);
  return texts.flatMap((text) => (text ? [text.fr, text.ar] : [])).filter((text) => text.length >= SHORTEST);
}

/** A page's words as they are written in the files. */
const unescaped = (body: string): string =>
  body
    .replace(/&#x27;|&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replaceAll('&amp;', '&');

describe("the project's own courses, before anything was answered", () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await createTestApp({ isFirstStart: true });
  }, 120_000);
  afterAll(() => t.close());

  /** Every answer of the server that a trainee comes to by links from these addresses. */
  async function walk(starts: readonly string[], token: string): Promise<Map<string, string>> {
    const seen = new Map<string, string>();
    const left = [...starts];
    for (let url = left.shift(); url !== undefined; url = left.shift()) {
      if (seen.has(url)) continue;
      const { body, headers } = await t.inject({
        url,
        headers: { accept: url.startsWith('/api/') ? 'application/json' : 'text/html' },
        cookies: { qafila: token },
      });
      seen.set(url, unescaped(body));
      if (!/html|json/.test(String(headers['content-type']))) continue;
      for (const [, link = ''] of body.matchAll(/(?:href|src|action|"url"|"src")"?[=:]"(\/[^"#]*)/g)) {
        const inside = link.replaceAll('&amp;', '&');
        if (!ELSEWHERE.test(inside) && !inside.startsWith('/en')) left.push(inside);
      }
    }
    return seen;
  }

  it('give a trainee no key, reason or feedback on any page, in French and in Arabic', async () => {
    const secrets = await secretsOf();
    expect(secrets.length).toBeGreaterThan(400);
    const { token } = await givenPerson(t);
    const courses = ['e-marketing', 'paiement-electronique', 'vente-en-ligne'];
    const starts = ['fr', 'ar'].flatMap((lang) => [
      ...[`/${lang}`, `/${lang}/courses`, `/${lang}/practice`, `/${lang}/my/tasks`],
      ...[`/${lang}/my/sessions`, `/${lang}/my/certificates`],
      ...courses.flatMap((course) => [
        `/${lang}/courses/${course}/test`,
        `/api/v1/courses/${course}?lang=${lang}`,
        `/api/v1/courses/${course}/test?lang=${lang}`,
      ]),
    ]);
    const seen = await walk(starts, token);
    for (const lang of ['fr', 'ar'])
      for (const course of courses) {
        const lessons = [...seen.keys()].filter((url) => url.startsWith(`/${lang}/courses/${course}/`));
        expect(lessons.length).toBeGreaterThan(6);
        expect(seen.get(`/${lang}/courses/${course}/test`)).toContain('id="test-form"');
      }
    const said = [...seen].flatMap(([url, body]) => [
      ...secrets.filter((secret) => body.includes(secret)).map((secret) => `${url}: ${secret}`),
      ...(MEMBERS.exec(body) ?? []).slice(0, 1).map((member) => `${url}: ${member}`),
    ]);
    expect(said).toEqual([]);
  }, 120_000);
});
