import { join } from 'node:path';
import { readCourse, readCourses } from './course.reader.js';
import { edit, HERE, validCourse, withFiles } from './fixtures/course-folder.js';

const COURSE = 'tissage/course.yaml';
const MODULE = 'tissage/01-le-prix/module.yaml';
const VIDEO = 'tissage/01-le-prix/video.yaml';
const PICTURE = 'tissage/01-le-prix/images/laine.svg';
const MANIFEST = 'tissage/01-le-prix/media/manifest.json';

/** Errors of the course in `files`, each with a path below the courses' folder. */
async function errorsOf(files: ReadonlyMap<string, string>): Promise<string[]> {
  return withFiles(files, async (folder) => {
    const { document, errors } = await readCourse(join(folder, 'tissage'));
    expect(document === undefined).toBe(errors.length > 0);
    return errors.map((error) => error.message.replaceAll(`${folder}/`, ''));
  });
}

/** [what is wrong, file, text replaced, its replacement with § where the error must point, the sentence]. */
const MISTAKES: [string, string, string, string, string][] = [
  [
    'an unknown language',
    MODULE,
    'ar: الثمن }',
    'ar: الثمن, es: §El precio }',
    'unknown language "es" in title; one of fr, ar, en',
  ],
  [
    'a missing translation',
    MODULE,
    'title: { fr: Le prix, ar: الثمن }',
    'title: §{ fr: Le prix }',
    'title has no translation "ar"',
  ],
  [
    'an empty translation',
    MODULE,
    'ar: الثمن }',
    'ar: §"" }',
    'title.ar must be a text that is not empty (quote it)',
  ],
  [
    'a missing title',
    COURSE,
    'format: 1\nslug: tissage\norder: 1\ntitle: { fr: Tissage, ar: النسيج }',
    '§format: 1\nslug: tissage\norder: 1',
    'title is missing',
  ],
  ['another format', COURSE, 'format: 1', 'format: §2', 'format must be a whole number from 1 to 1'],
  [
    'a slug that is not the folder',
    COURSE,
    'slug: tissage',
    'slug: §tapis',
    'slug "tapis" must be the folder\'s name, "tissage"',
  ],
  [
    'a slug with capitals',
    COURSE,
    'slug: tissage',
    'slug: §Tissage',
    'slug "Tissage" must be a-z, 0-9 and single dashes',
  ],
  [
    'a module folder listed twice',
    COURSE,
    '- 02-la-vente',
    '- 02-la-vente\n  - §01-le-prix',
    'duplicate module folder "01-le-prix"; first at line 10',
  ],
  [
    'a module that is missing',
    COURSE,
    '- 02-la-vente',
    '- 02-la-vente\n  - §03-rien',
    'module "03-rien" is missing: no tissage/03-rien/module.yaml',
  ],
  [
    'a module outside the course',
    COURSE,
    '- 02-la-vente',
    '- 02-la-vente\n  - §../autre',
    'module folder "../autre" must be two digits, a dash and a slug',
  ],
  [
    'a module folder not listed',
    COURSE,
    '- 01-le-prix\n  - 02-la-vente',
    '§- 01-le-prix',
    'module folder "02-la-vente" is not listed',
  ],
  [
    'a cycle of modules',
    MODULE,
    'status: complete',
    'status: complete\nrequires: [§la-vente]',
    'requires itself: le-prix → la-vente → le-prix',
  ],
  [
    'a prerequisite that is no module',
    'tissage/02-la-vente/module.yaml',
    '[le-prix]',
    '[§le-cout]',
    'requires "le-cout", which is no module of this course',
  ],
  [
    'a duplicate block id',
    MODULE,
    'id: carte-2',
    'id: §carte-1',
    'duplicate block id "carte-1"; first at line 13',
  ],
  [
    'an unknown block kind',
    MODULE,
    'kind: exercise',
    'kind: §game',
    'unknown kind "game"; one of card, image, audio, video, file, quiz, exercise',
  ],
  [
    'an unknown item kind',
    MODULE,
    'kind: boolean',
    'kind: §essay',
    'unknown kind "essay"; one of single, multiple, boolean, number, order, match, picture',
  ],
  [
    'an unknown status',
    MODULE,
    'status: complete',
    'status: §done',
    'unknown status "done"; one of complete, outline',
  ],
  [
    'a quiz item without key',
    MODULE,
    '      - id: question-1\n        kind: single',
    '      - §id: question-1\n        kind: single',
    'key is missing',
  ],
  [
    'a key that is no choice',
    MODULE,
    'key: assez',
    'key: §trop',
    'key "trop" is not among the choices peu, assez',
  ],
  [
    'one of several keys that is no choice',
    MODULE,
    'key: [laine, heures]',
    'key: [laine, §temps]',
    'key "temps" is not among the choices laine, heures, chance',
  ],
  ['a key named twice', MODULE, 'key: [laine, heures]', 'key: §[laine, laine]', 'key names a choice twice'],
  ['a boolean key that is a word', MODULE, 'key: true', 'key: §oui', 'key must be true or false'],
  [
    'a number key that is a word',
    MODULE,
    'key: 122.2',
    'key: §beaucoup',
    'key must be a number from -1000000000 to 1000000000',
  ],
  [
    'a negative tolerance',
    MODULE,
    'tolerance: 0.1',
    'tolerance: §-1',
    'tolerance must be a number from 0 to 1000000000',
  ],
  [
    'a choice without feedback',
    MODULE,
    '- { id: peu, text: { fr: Peu, ar: قليل }, feedback: { fr: Non., ar: لا. } }',
    '- §{ id: peu, text: { fr: Peu, ar: قليل } }',
    'feedback is missing',
  ],
  [
    'a duplicate choice id',
    MODULE,
    '{ id: assez,',
    '{ id: §peu,',
    'duplicate choice id "peu"; first at line 81',
  ],
  ['a pass mark over 100', MODULE, 'pass: 60', 'pass: §160', 'pass must be a whole number from 1 to 100'],
  [
    'a picture that is not there',
    MODULE,
    'images/laine.svg',
    '§images/coton.svg',
    'picture "images/coton.svg" is missing',
  ],
  [
    'a picture outside the module',
    MODULE,
    'images/laine.svg',
    '§../../x.svg',
    'picture "../../x.svg" must be images/<name>.svg or .webp',
  ],
  [
    'a picture without alt',
    MODULE,
    'image: { file: images/laine.svg, alt: { fr: De la laine, ar: صوف } }',
    'image: §{ file: images/laine.svg }',
    'alt is missing',
  ],
  [
    'a text over 60 words',
    MODULE,
    'ar: الثمن يؤدي الصوف.',
    `ar: §${'كلمة '.repeat(60)}أخيرة`,
    'text.ar has 61 words, at most 60 allowed',
  ],
  [
    'a script in Markdown',
    MODULE,
    'Il paie aussi',
    'Il paie §<script>alert(1)</script> aussi',
    'text.fr: HTML is not allowed in a text',
  ],
  [
    'an iframe in Markdown',
    MODULE,
    'Il paie aussi',
    'Il paie §<iframe src="https://example.org"></iframe> aussi',
    'text.fr: HTML is not allowed in a text',
  ],
  [
    'an onerror in Markdown',
    MODULE,
    'Il paie aussi',
    'Il paie §<img src=x onerror=alert(1)> aussi',
    'text.fr: HTML is not allowed in a text',
  ],
  [
    'an event attribute alone',
    MODULE,
    'Il paie aussi',
    'Il paie §onerror=alert(1) aussi',
    'text.fr: an event attribute (on…=) is not allowed in a text',
  ],
  [
    'a javascript link',
    MODULE,
    'الثمن يؤدي الصوف.',
    '"[الثمن](§javascript:alert(1))"',
    'text.ar: only https: links are allowed',
  ],
  [
    'an audio under another name',
    MODULE,
    'media/carte-1.fr.m4a',
    '§media/un.m4a',
    'audio file must be media/carte-1.fr.m4a',
  ],
  [
    'a voice in an unknown language',
    MODULE,
    'audio: { fr: { file',
    'audio: { de: §{ file',
    'unknown language "de" in audio; one of fr, ar, ary, rif, zgh',
  ],
  [
    'a scene without Arabic captions',
    VIDEO,
    '    caption:\n      ar: [هذه سلمى., تنسج.]',
    '    caption:\n      §fr: [Voici., Oui.]',
    'caption has no translation "ar"',
  ],
  [
    'captions that do not fit the lines',
    VIDEO,
    'ar: [هذه سلمى., تنسج.]',
    'ar: §[هذه سلمى.]',
    'caption "ar" has 1 lines, the narration has 2',
  ],
  [
    'a poster that is no scene',
    VIDEO,
    'poster: scene-1',
    'poster: §scene-9',
    'poster "scene-9" is not among the scenes',
  ],
  [
    'a camera step beyond the lines',
    VIDEO,
    '  - id: scene-2',
    '    camera: [{ step: §3, x: 1, y: 1, zoom: 1 }]\n  - id: scene-2',
    'step must be a whole number from 1 to 2',
  ],
  [
    'a script in a picture',
    PICTURE,
    '</svg>',
    '  §<script>alert(1)</script>\n</svg>',
    '<script> is not allowed in a picture',
  ],
  [
    'foreignObject in a picture',
    PICTURE,
    '</svg>',
    '§<foreignObject></foreignObject></svg>',
    '<foreignObject> is not allowed in a picture',
  ],
  [
    'an outside reference in a picture',
    PICTURE,
    '</svg>',
    '§<use href="https://example.org/a.svg#b"/></svg>',
    'refers to something outside the drawing',
  ],
  [
    'a picture of 20,000 points',
    PICTURE,
    'viewBox="0 0 800 600"',
    'viewBox="0 0 20000 20000"',
    'is 20000 × 20000 points large, at most 2000 allowed',
  ],
  [
    'a picture that says it is 20,000 pixels wide',
    PICTURE,
    '<svg xmlns',
    '<svg width="20000" xmlns',
    'must have no width and no height: its page decides',
  ],
  [
    'a zip that pretends to be a picture',
    PICTURE,
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600">\n  <g data-show="2"><circle cx="400" cy="300" r="90" fill="#E39A1F"/></g>\n</svg>\n',
    '§PK\u0003\u0004\u0014\u0000\u0000\u0000\u0008\u0000',
    'is no drawing: a ZIP archive',
  ],
  [
    'a PNG that pretends to be a drawing',
    PICTURE,
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600">\n  <g data-show="2"><circle cx="400" cy="300" r="90" fill="#E39A1F"/></g>\n</svg>\n',
    '§\u0089PNG\r\n',
    'is no drawing: a picture of points',
  ],
  [
    'a media file that is gone',
    MANIFEST,
    '"files":[',
    '"files":§[{"path":"gone.m4s","bytes":1,"sha256":"' + 'ab'.repeat(32) + '"},',
    'media file "gone.m4s" is missing',
  ],
  [
    'an alias',
    MODULE,
    'title: { fr: Le prix, ar: الثمن }',
    'title: &t { fr: Le prix, ar: الثمن }\nother: §*t',
    'uses an alias (*); write the value out',
  ],
];

describe('readCourse', () => {
  it('reads a course without errors or warnings, media included', async () => {
    await withFiles(validCourse(), async (folder) => {
      const { document, errors, warnings } = await readCourse(join(folder, 'tissage'));
      expect([errors.map(String), warnings.map(String)]).toEqual([[], []]);
      expect(document?.modules.map((module) => [module.slug, module.status])).toEqual([
        ['le-prix', 'complete'],
        ['la-vente', 'outline'],
      ]);
      const [first] = document?.modules ?? [];
      expect(first?.media?.video?.durationMs).toBe(60_000);
      const quiz = first?.blocks.find((block) => block.kind === 'quiz');
      expect(quiz?.items.map((item) => item.key)).toEqual([
        'assez',
        'assez',
        ['laine', 'heures'],
        true,
        122.2,
      ]);
    });
  });

  it.each(MISTAKES)('points at %s', async (_what, path, from, to, message) => {
    const files = validCourse();
    if (message === 'key is missing') edit(files, path, '        key: assez\n', '');
    const place = to.includes(HERE) ? edit(files, path, from, to) : (edit(files, path, from, to), '1:1');
    expect(await errorsOf(files)).toContain(`${path}:${place} ${message}`);
  });

  it('writes the place as file:line:col', async () => {
    const files = validCourse();
    files.set(COURSE, (files.get(COURSE) ?? '').replace('order: 1', 'order: first'));
    expect(await errorsOf(files)).toEqual([
      'tissage/course.yaml:3:8 order must be a whole number from 1 to 1000',
    ]);
  });

  it('reports every error of every file at once', async () => {
    const files = validCourse();
    edit(files, COURSE, 'order: 1', 'order: 0');
    edit(files, MODULE, 'pass: 60', 'pass: 0');
    edit(files, MODULE, '{ id: peu,', '{ id: assez,');
    edit(files, VIDEO, 'poster: scene-1', 'poster: scene-9');
    edit(files, PICTURE, '<circle', '<circle onclick="x()"');
    const paths = (await errorsOf(files)).map((error) => error.replace(/:\d.*/, ''));
    expect(paths.sort()).toEqual([MODULE, MODULE, PICTURE, VIDEO, COURSE].sort());
  });

  it('points into broken YAML', async () => {
    const files = validCourse();
    const place = edit(files, MODULE, 'minutes: 20', 'minutes: 20\nminutes§: 30');
    const errors = await errorsOf(files);
    expect(errors[0]).toMatch(
      /^tissage\/01-le-prix\/module\.yaml:4:1 is not valid YAML: Map keys must be unique/,
    );
    expect(place).toBe('4:8');
  });

  it('refuses a complete module that is not', async () => {
    const files = validCourse();
    const text = files.get(MODULE) ?? '';
    const start = text.indexOf('  - id: carte-5');
    files.set(
      MODULE,
      text.slice(0, start) +
        text.slice(text.indexOf('  - id: quiz')).replace(/ {6}- id: nombre[\s\S]*?(?= {2}- id: devoir)/, ''),
    );
    expect(await errorsOf(files)).toEqual([
      `${MODULE}:4:9 a complete module has 5 to 7 cards, this one 4`,
      `${MODULE}:4:9 a complete module has one video, this one 0`,
      `${MODULE}:57:5 quiz "quiz" has 4 items, a complete module's has 5`,
    ]);
  });

  it('asks for rendered media unless they are about to be rendered', async () => {
    const files = validCourse();
    files.delete(MANIFEST);
    const errors = await errorsOf(files);
    expect(errors).toHaveLength(6);
    expect(errors).toContain(`${MODULE}:68:5 video "film" is not rendered; run npm run media`);
    await withFiles(files, async (folder) => {
      expect((await readCourse(join(folder, 'tissage'), { media: 'ignore' })).errors).toEqual([]);
    });
  });

  it('keeps what it does not know', async () => {
    const files = validCourse();
    edit(files, COURSE, 'format: 1', 'format: 1\nlicence: { name: CC0, since: [2021] }');
    edit(files, MODULE, 'pass: 60', 'pass: 60\n    tempo: true');
    await withFiles(files, async (folder) => {
      const { document } = await readCourse(join(folder, 'tissage'));
      expect(document?.extra).toEqual({ licence: { name: 'CC0', since: [2021] } });
      expect(document?.modules[0]?.blocks.find((block) => block.kind === 'quiz')?.extra).toEqual({
        tempo: true,
      });
    });
  });

  it('warns about long sentences without refusing them', async () => {
    const files = validCourse();
    const place = edit(
      files,
      MODULE,
      'text: { fr: Prenez un tapis.',
      `text: { fr: §Prenez ${'un tapis '.repeat(10)}.`,
    );
    await withFiles(files, async (folder) => {
      const { document, warnings } = await readCourse(join(folder, 'tissage'));
      expect(document).toBeDefined();
      expect(warnings.map(({ message }) => message.replace(`${folder}/`, ''))[0]).toMatch(
        new RegExp(`^${MODULE}:${place} text.fr: a sentence of 21 words \\(at most 20\\)`),
      );
    });
  });
});

describe('readCourses', () => {
  it('refuses a module slug that another course has', async () => {
    const files = validCourse();
    for (const [path, text] of [...files]) files.set(path.replace('tissage', 'poterie'), text);
    files.set(
      'poterie/course.yaml',
      (files.get(COURSE) ?? '').replace('slug: tissage', 'slug: poterie').replace('order: 1', 'order: 2'),
    );
    await withFiles(files, async (folder) => {
      const { documents, errors } = await readCourses(folder);
      expect(documents.map(({ slug }) => slug)).toEqual(['poterie']);
      expect(errors.map(({ message }) => message.replaceAll(`${folder}/`, ''))).toEqual([
        `${MODULE}:1:7 duplicate module slug "le-prix"; first at poterie/01-le-prix/module.yaml:1`,
        'tissage/02-la-vente/module.yaml:1:7 duplicate module slug "la-vente"; first at poterie/02-la-vente/module.yaml:1',
      ]);
    });
  });
});
