import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readCourse, readCourses } from './course.reader.js';
import { edit, validCourse, withFiles } from './fixtures/course-folder.js';
import { withTest } from './fixtures/course-test.js';
import { itemPictures } from './pictures-of.js';

const TEST = 'tissage/test.yaml';
/** Bytes of a drawing made for a test: its page shows up to fourteen of them on a phone. */
const DRAWING_BYTES = 6 * 1024;

/** [what is wrong, text replaced, its replacement with § where the error must point, the sentence]. */
const MISTAKES: [string, string, string, string][] = [
  ['an item too few', '  - id: vrai', '  - §id: vrai', 'items has 9 entries, at least 10 needed'],
  [
    'an item of an unknown module',
    'module: la-vente',
    'module: §la-laine',
    'module "la-laine" is no module of this course',
  ],
  [
    'an item that no letter answers',
    'kind: boolean',
    'kind: §number',
    'a test item is one of single, picture, boolean: it is answered by a letter',
  ],
  ['a duplicate item', 'id: item-2', 'id: §item-1', 'duplicate test item id "item-1"; first at line 5'],
  [
    'a picture of no module',
    'image: { file: 01-le-prix/images/laine.svg, alt: { fr: Une',
    'image: { file: §images/laine.svg, alt: { fr: Une',
    'picture "images/laine.svg" must be <module folder>/images/<name>.svg',
  ],
  [
    'a picture outside the course',
    'image: { file: 01-le-prix/images/laine.svg, alt: { fr: Une',
    'image: { file: §../x/images/laine.svg, alt: { fr: Une',
    'picture "../x/images/laine.svg" must be <module folder>/images/<name>.svg',
  ],
  [
    'a picture that is not there',
    'image: { file: 01-le-prix/images/laine.svg, alt: { fr: Une',
    'image: { file: §01-le-prix/images/lin.svg, alt: { fr: Une',
    'picture "images/lin.svg" is missing',
  ],
  ['an item without key', '    key: true\n', '', 'key is missing'],
  ['a missing intro', 'intro: { fr: Dix questions., ar: عشرة أسئلة. }\n', '', 'intro is missing'],
  ['YAML that is none', 'format: 1', 'format: 1\nformat§: 1', 'is not valid YAML: Map keys must be unique'],
];

describe('a test', () => {
  it('is read with its course', async () => {
    await withFiles(withTest(validCourse()), async (folder) => {
      const { document, errors } = await readCourse(join(folder, 'tissage'));
      expect(errors.map(String)).toEqual([]);
      expect(document?.test?.items.map(({ key }) => key)).toEqual([
        ...Array<string>(8).fill('deux'),
        true,
        'ici',
      ]);
      expect(document?.test?.items.map(({ module }) => module)[8]).toBe('la-vente');
    });
  });

  it('is left out where there is none', async () => {
    await withFiles(validCourse(), async (folder) => {
      expect((await readCourse(join(folder, 'tissage'))).document?.test).toBeUndefined();
    });
  });

  it.each(MISTAKES)('points at %s', async (what, from, to, message) => {
    const files = withTest(validCourse());
    if (what === 'an item too few') {
      const text = files.get(TEST) ?? '';
      files.set(TEST, text.slice(0, text.indexOf('  - id: image')));
    }
    const place = edit(files, TEST, from, to);
    await withFiles(files, async (folder) => {
      const { errors, document } = await readCourse(join(folder, 'tissage'));
      const found = errors.map((error) => error.message.replace(`${folder}/`, ''));
      const exact = to.includes('§') && !/too few|YAML/.test(what);
      expect(document).toBeUndefined();
      expect(found).toContainEqual(
        exact ? `${TEST}:${place} ${message}` : expect.stringMatching(`^${TEST}:\\d+:\\d+ ${message}`),
      );
    });
  });
});

describe('the tests of our courses', () => {
  it('ask ten things about at least four modules each, the right letter in different places', async () => {
    const { documents } = await readCourses('courses');
    expect(documents.map(({ test }) => test?.items.length)).toEqual([10, 10, 10]);
    for (const { test } of documents) {
      expect(new Set(test?.items.map(({ module }) => module)).size).toBeGreaterThanOrEqual(5);
      const places = (test?.items ?? []).map((item) =>
        'choices' in item ? item.choices.findIndex(({ id }) => id === item.key) : Number(!item.key),
      );
      for (const place of new Set(places))
        expect(places.filter((one) => one === place).length).toBeLessThanOrEqual(5);
    }
  }, 30_000);

  it('have a picture beside each question and one question at least answered by a picture, all small and without words', async () => {
    const { documents } = await readCourses('courses');
    for (const { slug, test } of documents) {
      const items = test?.items ?? [];
      expect([slug, items.filter(({ image }) => !image).map(({ id }) => id)]).toEqual([slug, []]);
      expect([slug, items.some(({ kind }) => kind === 'picture')]).toEqual([slug, true]);
      const drawings = items.map(itemPictures);
      // Two questions, or two answers, that look the same could not be told apart by who does not read.
      expect(new Set(drawings.flat()).size).toBe(drawings.flat().length);
      for (const drawing of drawings.flat()) {
        const path = join('courses', slug, drawing);
        expect([path, /<text/.test(await readFile(path, 'utf8'))]).toEqual([path, false]);
        if (drawing.includes('/test-')) expect((await stat(path)).size).toBeLessThanOrEqual(DRAWING_BYTES);
      }
    }
  }, 30_000);
});
