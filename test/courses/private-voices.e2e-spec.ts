import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CourseLoader } from '../../src/courses/public.js';
import { givenPerson } from '../support/actors.js';
import { type Author, FOLDER, givenAuthor, HOME } from './author.js';
import { recordCard, recordedOf } from './voices.js';

const LESSON = '/fr/courses/tissage/le-prix';
const CARD = `${HOME}/parts/${FOLDER}/carte-1`;

jest.setTimeout(60_000);

describe('voices of a course in several versions', () => {
  let author: Author;

  beforeEach(async () => {
    author = await givenAuthor();
  }, 60_000);
  afterEach(() => author.close());

  const statusOf = async (url: string) => (await author.t.inject({ url })).statusCode;
  /** The address under which everyone has it, whatever address its authors have. */
  const everyones = (url: string) => url.replace(/^\/m\/[^/]+/, '/media');

  /** Gives the card another title in the draft. */
  async function entitle(title: string): Promise<void> {
    await author.draft();
    expect((await author.save(CARD, { 't:/title/fr': title })).statusCode).toBe(303);
  }

  /** Changes the course's files and has them loaded. @returns the courses that were published */
  async function loadWith(before: string, after: string): Promise<readonly string[]> {
    const loader = author.t.app.get(CourseLoader);
    const file = join(loader.folder, 'tissage', FOLDER, 'module.yaml');
    const text = await readFile(file, 'utf8');
    expect(text).toContain(before);
    await writeFile(file, text.replace(before, after));
    return (await loader.load()).published;
  }

  it('are everyone’s where only an older version reads their words, on which learners stay', async () => {
    const { t } = author;
    await recordCard(author, 200);
    const [first = ''] = await recordedOf(author);
    const { token } = await givenPerson(t);
    const attempt = { id: crypto.randomUUID(), answers: { vrai: true } };
    const begun = await t.api('/modules/le-prix/quiz-attempts', { token, body: attempt });
    expect(begun.statusCode).toBe(201);
    await entitle('Un prix juste');
    expect((await author.publish()).statusCode).toBe(200);
    // The draft goes back to the words of the first version, and they are recorded anew.
    await entitle('Carte 1');
    await recordCard(author, 220);
    const urls = await recordedOf(author);
    expect(urls).toEqual([expect.stringMatching(/^\/media\//)]);
    const [again = ''] = urls;
    expect([await statusOf(first), await statusOf(again)]).toEqual([404, 200]);
    const lesson = async (as?: string) =>
      (await t.inject({ url: LESSON, headers: as ? { authorization: `Bearer ${as}` } : {} })).body;
    expect([(await lesson(token)).includes(again), (await lesson()).includes(again)]).toEqual([true, false]);
  });

  it('stay the draft’s whatever else of the course is published, until their words are', async () => {
    await entitle('Un prix juste');
    await recordCard(author, 220);
    const [secret = ''] = await recordedOf(author);
    expect([secret, await statusOf(secret)]).toEqual([expect.stringMatching(/^\/m\//), 200]);
    for (const [before, after, published] of [
      ['Carte 2', 'Carte 2', []],
      ['Carte 2', 'La laine', ['tissage']],
    ] as const) {
      expect(await loadWith(before, after)).toEqual(published);
      expect([after, await statusOf(everyones(secret))]).toEqual([after, 404]);
      expect([after, await recordedOf(author)]).toEqual([after, [expect.stringMatching(/^\/m\//)]]);
    }
    // Now the files have come to say the same words.
    expect(await loadWith('Carte 1', 'Un prix juste')).toEqual(['tissage']);
    expect(await recordedOf(author)).toEqual([everyones(secret)]);
    expect(await statusOf(everyones(secret))).toBe(200);
  });
});
