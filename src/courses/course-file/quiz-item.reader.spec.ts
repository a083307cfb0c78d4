import { join } from 'node:path';
import { readCourse } from './course.reader.js';
import { edit, HERE, validCourse, withFiles } from './fixtures/course-folder.js';
import { withEveryKind } from './fixtures/every-kind.js';

const MODULE = 'tissage/01-le-prix/module.yaml';

/** [what is wrong, text replaced, its replacement with § where the error must point, the sentence]. */
const MISTAKES: [string, string, string, string][] = [
  [
    'an order that forgets one',
    'key: [tondre, filer, tisser]',
    'key: §[tondre, filer]',
    'key must name each of the 3 choices',
  ],
  [
    'an order that names another',
    'key: [tondre, filer, tisser]',
    'key: [tondre, filer, §laver]',
    'key "laver" is not among the choices filer, tondre, tisser',
  ],
  ['an order without key', '        key: [tondre, filer, tisser]\n', '', 'key is missing'],
  [
    'a pair that is missing',
    'key: { fil: mouton, couleur: garance }',
    'key: §{ fil: mouton }',
    'couleur is missing',
  ],
  [
    'a pair with no such option',
    'couleur: garance }',
    'couleur: §indigo }',
    'key "indigo" is not among the options garance, mouton, sel',
  ],
  [
    'a pair of no such choice',
    'couleur: garance }',
    'couleur: garance, poids: §sel }',
    'key "poids" is not among the choices fil, couleur',
  ],
  [
    'pairs that are a list',
    'key: { fil: mouton, couleur: garance }',
    'key: §[mouton, garance]',
    'key must be a map of keys and values',
  ],
  ['an option twice', '{ id: sel,', '{ id: §mouton,', 'duplicate option id "mouton"; first at line 96'],
  [
    'a picture choice without picture',
    ', image: { file: images/laine.svg, alt: { fr: Un rond, ar: دائرة } }',
    '',
    'image is missing',
  ],
  [
    'a picture choice whose picture is not there',
    'image: { file: images/laine.svg, alt: { fr: Un rond',
    'image: { file: §images/lin.svg, alt: { fr: Un rond',
    'picture "images/lin.svg" is missing',
  ],
  ['a picture beside a question without alt', ', alt: { fr: La laine, ar: الصوف } }', ' }', 'alt is missing'],
  [
    'feedback for an answer that there is not',
    'false: { fr: SECRET dit faux., ar: سر قيل خطأ. }',
    'non: §{ fr: SECRET dit faux., ar: سر قيل خطأ. }',
    'unknown feedback "non"; one of true, false',
  ],
  [
    'feedback in one language',
    'true: { fr: SECRET dit vrai., ar: سر قيل صحيح. }',
    'true: §{ fr: SECRET dit vrai. }',
    'true has no translation "ar"',
  ],
  ['a draw of everything', 'draw: 5', 'draw: §6', 'draw must be less than the 6 items there are'],
  ['a draw that is a word', 'draw: 5', 'draw: §cinq', 'draw must be a whole number from 1 to 40'],
  ['a shuffle that is a word', 'shuffle: false', 'shuffle: §non', 'shuffle must be true or false'],
];

describe('a quiz of every kind', () => {
  it('is read as it is written', async () => {
    await withFiles(withEveryKind(validCourse()), async (folder) => {
      const { document, errors } = await readCourse(join(folder, 'tissage'));
      expect(errors.map(String)).toEqual([]);
      const quiz = document?.modules[0]?.blocks.find((block) => block.kind === 'quiz');
      expect([quiz?.draw, quiz?.shuffle, quiz?.items.map(({ kind }) => kind)]).toEqual([
        5,
        undefined,
        ['order', 'match', 'picture', 'number', 'multiple', 'boolean'],
      ]);
      expect(quiz?.items.map(({ key }) => key)).toEqual([
        ['tondre', 'filer', 'tisser'],
        { fil: 'mouton', couleur: 'garance' },
        'une',
        12.625,
        ['a', 'b'],
        true,
      ]);
      expect(quiz?.items.find((item) => item.kind === 'boolean')).toMatchObject({
        feedback: { true: { fr: 'SECRET dit vrai.' }, false: { ar: 'سر قيل خطأ.' } },
      });
      expect(quiz?.items.every(({ extra }) => extra === undefined)).toBe(true);
    });
  });

  it.each(MISTAKES)('points at %s', async (_what, from, to, message) => {
    const files = withEveryKind(validCourse());
    const place = edit(files, MODULE, from, to);
    await withFiles(files, async (folder) => {
      const { errors } = await readCourse(join(folder, 'tissage'));
      const found = errors.map((error) => error.message.replace(`${folder}/`, ''));
      expect(found).toContainEqual(
        to.includes(HERE) ? `${MODULE}:${place} ${message}` : expect.stringContaining(` ${message}`),
      );
    });
  });

  it.each([
    ['true', '          true: { fr: SECRET dit vrai., ar: سر قيل صحيح. }\n'],
    ['false', '          false: { fr: SECRET dit faux., ar: سر قيل خطأ. }\n'],
  ])('warns where the answer "%s" has no feedback', async (answer, line) => {
    const files = withEveryKind(validCourse());
    const before = edit(files, MODULE, '- id: vrai', '- §id: vrai');
    edit(files, MODULE, line, '');
    await withFiles(files, async (folder) => {
      const { errors, warnings } = await readCourse(join(folder, 'tissage'));
      expect(errors).toEqual([]);
      expect(warnings.map(({ message }) => message.replace(`${folder}/`, ''))).toEqual([
        `${MODULE}:${before} feedback of the answer "${answer}" is not written`,
      ]);
    });
  });

  it('needs five items at once in a complete module', async () => {
    const files = withEveryKind(validCourse());
    edit(files, MODULE, 'draw: 5', 'draw: 4');
    await withFiles(files, async (folder) => {
      const { errors } = await readCourse(join(folder, 'tissage'));
      expect(errors.map(({ reason }) => reason)).toEqual([
        'quiz "quiz" has 4 items, a complete module\'s has 5',
      ]);
    });
  });
});
