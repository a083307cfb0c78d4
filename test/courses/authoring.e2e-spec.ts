import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { CourseExport, CourseLoader } from '../../src/courses/public.js';
import { relativeFiles } from '../../src/courses/course-folder.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type CourseFolder, courseFiles, givenCourses, MANIFEST, MODULE } from '../support/courses.js';

const FILE = '01-le-prix/module.yaml';
const BOUNDARY = '----a-boundary-as-long-as-browsers-make-it';
const DRAFT = '/courses/tissage/draft';

interface Problem {
  errors: { pointer: string; code: string }[];
  yours: string;
  theirs: string;
  revision: number;
}

/** The fixture with captions in both languages, as publishing from the browser asks. */
function readyFiles(): Map<string, string> {
  const files = courseFiles();
  const manifest = files.get(MANIFEST) ?? '';
  const ar = '{"lang":"ar","file":"ar.vtt","bytes":1}';
  return files.set(MANIFEST, manifest.replace('"captions":[', `"captions":[${ar},`));
}

describe('writing courses in the browser', () => {
  let t: TestApp;
  let courses: CourseFolder;
  let token: string;

  beforeEach(async () => {
    courses = await givenCourses(readyFiles());
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
    token = await admin();
  }, 60_000);
  afterEach(async () => {
    await t.close();
    await courses.remove();
  });

  const admin = async () => (await givenStaff(t, 'admin', { kind: 'installation', id: null })).token;
  const open = async () =>
    (await t.api(DRAFT, { token, body: {} })).json<{ revision: number; findings: object[] }>();
  const edit = (part: string, fields: object, revision: number, as = token, file = FILE) =>
    t.api(DRAFT, {
      token: as,
      method: 'PATCH',
      body: { file, part, fields },
      headers: { 'if-match': `"${revision}"` },
    });
  const source = (file: string, text: string, revision: number) =>
    t.api(`${DRAFT}/file`, {
      token,
      method: 'PUT',
      body: { file, text },
      headers: { 'if-match': String(revision) },
    });
  const publish = () => t.api(`${DRAFT}/publish`, { token, body: {} });
  const form = (path: string, fields: Record<string, string>) =>
    t.inject({
      method: 'POST',
      url: path,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
  const page = (path: string) => t.inject({ url: path, headers: { authorization: `Bearer ${token}` } });
  const versionOf = (app: TestApp) =>
    app.db.readOne<{
      number: number;
      document: { course: object; pictures: object };
      files: object;
      origin: string;
    }>(
      'test.version',
      `SELECT number, document, files, origin FROM course_version WHERE status = 'published'`,
    );

  it('publishes what git would give: the exported files load to the same document', async () => {
    const { revision } = await open();
    expect(
      (
        await edit(
          'carte-1',
          { 't:/title/fr': 'Première : « carte »', 't:/text/ar': 'سطر\n\nسطر **آخر**' },
          revision,
        )
      ).statusCode,
    ).toBe(200);
    expect(await versionOf(t)).toMatchObject({ number: 1, origin: 'files' });
    expect((await publish()).json()).toEqual({ version: 2 });
    const lesson = (await t.inject({ url: `/fr/courses/tissage/${MODULE}` })).body;
    expect(lesson).toContain('Première : « carte »');
    const folder = await mkdtemp(join(tmpdir(), 'qafila-authored-'));
    await t.app.get(CourseExport).export('tissage', folder);
    const other = await createTestApp({ env: { QAFILA_COURSES: folder } });
    const [here, there] = [await versionOf(t), await versionOf(other)];
    expect(there?.document).toEqual(here?.document);
    expect(there?.files).toEqual(here?.files);
    expect(here?.origin).toBe('browser');
    // Only the module that was edited is written anew, and only in the lines that were edited.
    const before = readyFiles();
    for (const path of await relativeFiles(join(folder, 'tissage')))
      if (path !== FILE)
        expect(await readFile(join(folder, 'tissage', path), 'utf8')).toBe(before.get(`tissage/${path}`));
    expect(await t.app.get(CourseLoader).load(folder)).toMatchObject({ unchanged: ['tissage'] });
    await other.close();
    await rm(folder, { recursive: true });
  }, 60_000);

  it('merges edits of different parts, and keeps both texts of one part', async () => {
    const other = await admin();
    const { revision } = await open();
    expect((await edit('carte-1', { 't:/title/fr': 'Ma carte' }, revision)).json()).toMatchObject({
      revision: revision + 1,
    });
    expect((await edit('carte-2', { 't:/title/fr': 'Sa carte' }, revision, other)).json()).toMatchObject({
      revision: revision + 2,
    });
    const refused = await edit('carte-1', { 't:/title/fr': 'Autre carte' }, revision, other);
    expect(refused.statusCode).toBe(409);
    const problem = refused.json<Problem>();
    expect(problem).toMatchObject({ code: 'draft-conflict', revision: revision + 3 });
    expect([problem.yours.includes('Autre carte'), problem.theirs.includes('Ma carte')]).toEqual([
      true,
      true,
    ]);
    const shown = await form('/fr/staff/courses/tissage/parts/01-le-prix/carte-1', {
      revision: String(revision),
      't:/title/fr': 'Encore une',
    });
    expect(shown.statusCode).toBe(409);
    expect(shown.body).toContain('Ma carte');
    expect(shown.body).toContain('Encore une');
    const history = (await page('/fr/staff/courses/tissage/history')).body;
    expect(history).toContain('Autre carte');
    expect(history).toContain('Encore une');
    expect((await edit('carte-1', { 't:/title/fr': 'Autre carte' }, revision + 4, other)).statusCode).toBe(
      200,
    );
  });

  it('puts a draft back, and keeps what came since', async () => {
    const { revision } = await open();
    await edit('carte-1', { 't:/title/fr': 'Deux' }, revision);
    await edit('carte-1', { 't:/title/fr': 'Trois' }, revision + 1);
    await t.api(`${DRAFT}/restore`, { token, body: { revision } });
    const part = '/fr/staff/courses/tissage/parts/01-le-prix/carte-1';
    expect((await page(part)).body).toContain('Carte 1');
    await t.api(`${DRAFT}/restore`, { token, body: { revision: revision + 1 } });
    expect((await page(part)).body).toContain('Deux');
    expect((await t.api(`${DRAFT}/restore`, { token, body: { revision: 99 } })).statusCode).toBe(404);
  });

  it.each([
    ['a script', 'carte-1', { 't:/text/fr': 'Bon <script>alert(1)</script>' }, '/text/fr', 'course-html'],
    [
      'a frame',
      'carte-1',
      { 't:/text/ar': '<iframe src="https://x.ma"></iframe>' },
      '/text/ar',
      'course-html',
    ],
    ['an event', 'carte-1', { 't:/text/fr': 'a onerror=alert(1)' }, '/text/fr', 'course-html'],
    ['a script link', 'carte-1', { 't:/text/fr': '[x](javascript:alert(1))' }, '/text/fr', 'course-link'],
    [
      'a password in a link',
      'carte-1',
      { 't:/text/fr': '[x](https://nom:mot@example.org/)' },
      '/text/fr',
      'course-link-password',
    ],
    ['a heading', 'carte-1', { 't:/text/fr': '# Titre' }, '/text/fr', 'course-markdown'],
    ['a long text', 'carte-1', { 't:/text/fr': 'mot '.repeat(61) }, '/text/fr', 'course-too-many-words'],
    [
      'a quiz without a right answer',
      'quiz',
      { 'l:/items/#plusieurs/key': [''] },
      '/items/#plusieurs/key',
      'course-key',
    ],
    [
      'a key that is no choice',
      'quiz',
      { 't:/items/#question-1/key': 'rien' },
      '/items/#question-1/key',
      'course-key',
    ],
    ['a pass mark of 200', 'quiz', { 'n:/pass': '200' }, '/pass', 'course-number'],
    ['cyclic prerequisites', 'head', { 'l:/requires': ['la-vente'] }, '/requires/0', 'course-cycle'],
  ])('refuses %s at its field and saves nothing', async (_name, part, fields, pointer, code) => {
    const { revision } = await open();
    const refused = await edit(part, fields, revision);
    expect(refused.statusCode).toBe(422);
    expect(refused.json<Problem>().errors).toEqual(
      expect.arrayContaining([expect.objectContaining({ pointer, code })]),
    );
    expect(await open()).toMatchObject({ revision });
    const typed = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, [value].flat().join('')]),
    );
    const shown = await form(`/ar/staff/courses/tissage/parts/01-le-prix/${part}`, {
      ...typed,
      revision: String(revision),
    });
    expect(shown.statusCode).toBe(422);
    if (code === 'course-key') return;
    const kept =
      Object.values(typed)[0]
        ?.replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll('=', '&#x3D;') ?? '';
    expect(shown.body).toContain(kept);
  });

  it('refuses a file that does not read, with its line, and keeps what was typed', async () => {
    const { revision } = await open();
    const refused = await source(FILE, 'slug: le-prix\ntitle: [', revision);
    expect([refused.statusCode, refused.json<Problem>().errors[0]]).toMatchObject([
      422,
      { pointer: '/source', code: 'course-yaml', params: { line: 2 } },
    ]);
    const shown = await form('/fr/staff/courses/tissage/source', {
      revision: String(revision),
      file: FILE,
      source: 'slug: le-prix\ntitle: [ x',
    });
    expect(shown.statusCode).toBe(422);
    expect(shown.body).toContain('title: [ x');
    expect(shown.body).toContain('Ligne 2');
  });

  it('refuses to publish what is not finished, each finding at its place', async () => {
    const { revision } = await open();
    await edit('carte-2', { 't:/title/ar': '', 't:/image/alt/fr': '' }, revision);
    const refused = await publish();
    expect(refused.statusCode).toBe(422);
    expect(refused.json<Problem>().errors).toEqual([
      expect.objectContaining({ pointer: `/${FILE}/carte-2/title`, code: 'course-translation' }),
      expect.objectContaining({ pointer: `/${FILE}/carte-2/image/alt`, code: 'course-translation' }),
    ]);
    const check = (await page('/fr/staff/courses/tissage/publish')).body;
    expect(check).toContain('/fr/staff/courses/tissage/parts/01-le-prix/carte-2');
    expect(await versionOf(t)).toMatchObject({ number: 1 });
  });

  it('begins courses, modules and blocks, moves and takes out; names are not given twice', async () => {
    const named = { 'title-fr': 'Poterie', 'title-ar': 'الفخار' };
    expect((await form('/fr/staff/courses', { slug: 'tissage', ...named })).statusCode).toBe(422);
    expect((await form('/fr/staff/courses', { slug: 'La Poterie', ...named })).statusCode).toBe(422);
    expect((await form('/fr/staff/courses', { slug: 'poterie', ...named })).headers.location).toBe(
      '/fr/staff/courses/poterie',
    );
    const at = (revision: number) => ({ revision: String(revision) });
    const home = '/fr/staff/courses/poterie';
    const reserved = await form(home, { op: 'add-module', slug: 'test', ...named, ...at(1) });
    expect([reserved.statusCode, reserved.body.includes('est le nom d’une page du site')]).toEqual([
      422,
      true,
    ]);
    expect((await form(home, { op: 'add-module', slug: MODULE, ...named, ...at(1) })).statusCode).toBe(303);
    expect((await form(home, { op: 'add-module', slug: MODULE, ...named, ...at(2) })).statusCode).toBe(422);
    expect((await form(home, { op: 'move', name: '02-le-prix', by: '-1', ...at(2) })).statusCode).toBe(303);
    const added = await form(home, { op: 'add-block', kind: 'card', module: '02-le-prix', ...at(3) });
    expect(added.headers.location).toBe(`${home}/parts/02-le-prix/carte-1`);
    expect((await page(`${home}/source?file=02-le-prix/module.yaml`)).body).not.toMatch(/[&*]a\d/);
    const outline = (await page(home)).body;
    expect(outline.indexOf('id="02-le-prix"')).toBeLessThan(outline.indexOf('id="01-introduction"'));
    // The other course has a module of this name already: nobody publishes it twice.
    expect(
      (await t.api('/courses/poterie/draft/publish', { token, body: {} })).json<Problem>().errors,
    ).toContainEqual(
      expect.objectContaining({ pointer: '/02-le-prix/module.yaml/head/slug', code: 'course-duplicate' }),
    );
    expect((await form(home, { op: 'remove-module', name: '02-le-prix', ...at(4) })).statusCode).toBe(303);
    expect((await form(home, { op: 'remove-module', name: '01-introduction', ...at(5) })).statusCode).toBe(
      409,
    );
    const item = '/fr/staff/courses/tissage/parts/01-le-prix/quiz';
    const { revision } = await open();
    expect(
      (await form(item, { ...at(revision), 't:/title/fr': 'Vos questions', deed: 'item-add boolean' }))
        .statusCode,
    ).toBe(303);
    const quiz = (await page(item)).body;
    expect([quiz.includes('Vos questions'), quiz.includes('t:/items/#question-3/prompt/fr')]).toEqual([
      true,
      true,
    ]);
  });

  it('makes a photo ours, and takes nothing else for one', async () => {
    const { revision } = await open();
    const send = (content: Buffer, name: string) => {
      const body = Buffer.concat([
        Buffer.from(
          `--${BOUNDARY}\r\nContent-Disposition: form-data; name="revision"\r\n\r\n${revision}\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="picture"; filename="${name}"\r\nContent-Type: image/jpeg\r\n\r\n`,
        ),
        content,
        Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
      ]);
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      };
      return t.inject({
        method: 'POST',
        url: '/fr/staff/courses/tissage/parts/01-le-prix/carte-1/picture',
        headers,
        payload: body,
      });
    };
    const plain = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: '#0F5C63' } });
    const refusals: [Buffer, RegExp][] = [
      [Buffer.from('PK\x03\x04not a picture'), /n’est pas une image/],
      [
        Buffer.from(
          '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>alert(1)</script></svg>',
        ),
        /Les dessins SVG/,
      ],
      [await plain(20_000, 10).png().toBuffer(), /20000 × 10 pixels/],
      [(await plain(400, 300).jpeg().toBuffer()).subarray(0, 300), /n’est pas une image/],
      [Buffer.alloc(0), /n’est pas une image/],
    ];
    for (const [content, words] of refusals) {
      const refused = await send(content, 'photo.jpg');
      expect(refused.statusCode).toBe(422);
      expect(refused.body.replace(/<[^>]+>/g, '')).toMatch(words);
    }
    const photo = await plain(3000, 2000)
      .withExif({ IFD0: { Artist: 'Somebody' } })
      .jpeg()
      .toBuffer();
    expect((await send(photo, 'photo.jpg')).statusCode).toBe(303);
    const src =
      /src="([^"]+photo-[0-9a-f]{12}\.webp)"/.exec(
        (await page('/fr/staff/courses/tissage/parts/01-le-prix/carte-1')).body,
      )?.[1] ?? '';
    const shown = await page(src);
    expect(shown.headers['content-type']).toBe('image/webp');
    const { width, height, exif } = await sharp(shown.rawPayload).metadata();
    expect([width, height, exif]).toEqual([1600, 1067, undefined]);
    expect((await publish()).json()).toEqual({ version: 2 });
    const lesson = (await t.inject({ url: `/fr/courses/tissage/${MODULE}` })).body;
    const served = /src="(\/media\/[0-9a-f]+\/images\/photo-[0-9a-f]+\.webp)"/.exec(lesson)?.[1] ?? '';
    expect((await t.inject({ url: served })).headers['content-type']).toBe('image/webp');
    const json = await t.inject({
      method: 'POST',
      url: '/api/v1/people',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload: '--x--',
    });
    expect(json.statusCode).toBe(415);
  }, 60_000);

  it('does not let the folder write over the browser, and lets an author decide', async () => {
    const { revision } = await open();
    await edit('carte-1', { 't:/title/fr': 'Du navigateur' }, revision);
    await publish();
    const loader = t.app.get(CourseLoader);
    expect(await loader.load()).toMatchObject({ unchanged: ['tissage'], published: [], waiting: [] });
    await courses.write(
      'tissage/course.yaml',
      `${await readFile(join(courses.path, 'tissage/course.yaml'), 'utf8')}# git\n`,
    );
    await loader.loadIfChanged();
    expect(await versionOf(t)).toMatchObject({ number: 2, origin: 'browser' });
    expect((await page('/fr/staff/courses/tissage')).body).toContain('take-files');
    await form('/fr/staff/courses/tissage', { op: 'take-files' });
    expect((await page('/fr/staff/courses/tissage')).body).not.toContain('take-files');
    expect((await page('/fr/staff/courses/tissage/parts/01-le-prix/carte-1')).body).not.toContain(
      'Du navigateur',
    );
    expect(await loader.load(undefined, { replace: true })).toMatchObject({ published: ['tissage'] });
    expect(await versionOf(t)).toMatchObject({ number: 3, origin: 'files' });
    // The draft was begun on version 2: publishing it now has to be meant.
    expect((await publish()).statusCode).toBe(409);
    expect((await t.api(`${DRAFT}/publish`, { token, body: { over: true } })).statusCode).toBe(200);
  });

  it('shows the draft as a trainee’s page, to be framed by our own pages only', async () => {
    const { revision } = await open();
    await edit('carte-1', { 't:/title/fr': 'Pas encore publié' }, revision);
    const lesson = await page('/fr/staff/courses/tissage/lesson/01-le-prix');
    expect(lesson.body).toContain('Pas encore publié');
    expect(lesson.headers['content-security-policy']).toContain("frame-ancestors 'self'");
    expect(
      (await page('/fr/staff/courses/tissage/preview/01-le-prix')).headers['content-security-policy'],
    ).toContain("frame-ancestors 'none'");
  });

  it('is for authors whose grant reaches the course; trainers write and do not publish', async () => {
    await open();
    const stranger = await givenStaff(t, 'trainer');
    expect((await t.api(DRAFT, { token: stranger.token, body: {} })).statusCode).toBe(404);
    const coordinator = await givenStaff(t, 'coordinator', { kind: 'installation', id: null });
    expect((await t.api(DRAFT, { token: coordinator.token, body: {} })).statusCode).toBe(403);
    const trainer = await givenStaff(t, 'trainer', { kind: 'installation', id: null });
    expect((await t.api(DRAFT, { token: trainer.token, body: {} })).statusCode).toBe(200);
    expect((await t.api(`${DRAFT}/publish`, { token: trainer.token, body: {} })).statusCode).toBe(403);
    expect(
      (await t.inject({ url: '/fr/staff/courses/tissage/draft-files/01-le-prix/images/laine.svg' }))
        .statusCode,
    ).toBe(401);
  });
});
