import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { CourseExport, CourseLoader } from '../../src/courses/public.js';
import { CourseText } from '../../src/courses/course-file/course-text.js';
import { withTest } from '../../src/courses/course-file/fixtures/course-test.js';
import { withEveryKind } from '../../src/courses/course-file/fixtures/every-kind.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import {
  type CourseFolder,
  courseFiles,
  givenCourses,
  MODULE,
  VIDEO_MS,
  withCaptions,
} from '../support/courses.js';
import { submitted } from '../support/forms.js';

const QUIZ = '/fr/staff/courses/tissage/parts/01-le-prix/quiz';
const VIDEO = '/fr/staff/courses/tissage/parts/01-le-prix/film';
const HEAD = '/fr/staff/courses/tissage/parts/01-le-prix/head';
const TEST = '/fr/staff/courses/tissage/parts/test/head';
const HOME = '/fr/staff/courses/tissage';
const BOUNDARY = '----a-boundary-as-long-as-browsers-make-it';

type Sent = [string, string][];

jest.setTimeout(30_000);

describe('writing every part of a course with the forms of a browser', () => {
  let t: TestApp;
  let courses: CourseFolder;
  let token: string;

  beforeAll(async () => {
    courses = await givenCourses(withTest(withEveryKind(withCaptions(courseFiles()))));
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
    token = (await givenStaff(t, 'admin', { kind: 'installation', id: null })).token;
  }, 60_000);
  beforeEach(async () => {
    if (await t.db.readOne('test.draft', 'SELECT 1 FROM course_draft WHERE closed_at IS NULL'))
      await post(HOME, [['op', 'discard']]);
    await t.api('/courses/tissage/draft', { token, body: {} });
  });
  afterAll(async () => {
    await t.close();
    await courses.remove();
  });

  const page = async (path: string) =>
    (await t.inject({ url: path, headers: { authorization: `Bearer ${token}` } })).body;
  const post = (url: string, fields: Sent) =>
    t.inject({
      ...{ method: 'POST', url, payload: new URLSearchParams(fields).toString() },
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
    });
  /** Sends the form of a page as a browser does, with some of it changed. */
  const save = async (path: string, change: (fields: Sent) => Sent = (fields) => fields) =>
    post(path, change(submitted(await page(path), 'data-author')));
  const set = (name: string, value: string) => (fields: Sent) =>
    fields.map(([key, old]): [string, string] => [key, key === name ? value : old]);
  const source = async (file: string) =>
    /<textarea[^>]*>\n([^]*?)<\/textarea>/
      .exec(await page(`${HOME}/source?file=${file}`))?.[1]
      ?.replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'") ?? '';
  const revision = async () =>
    (await t.api('/courses/tissage/draft', { token, body: {} })).json<{ revision: number }>().revision;

  it('saves a page that nobody touched without changing anything', async () => {
    const before = await revision();
    const [module, test] = [await source('01-le-prix/module.yaml'), await source('test.yaml')];
    for (const path of [QUIZ, TEST]) expect((await save(path)).statusCode).toBe(303);
    expect([await source('01-le-prix/module.yaml'), await source('test.yaml'), await revision()]).toEqual([
      module,
      test,
      before,
    ]);
  });

  it('changes one text of a question and keeps draw, arrangement, pictures, options and keys', async () => {
    const before = await source('01-le-prix/module.yaml');
    expect((await save(QUIZ, set('t:/items/#paires/options/#sel/text/fr', 'Du sel'))).statusCode).toBe(303);
    expect(await source('01-le-prix/module.yaml')).toBe(
      CourseText.parse(before.replace('fr: Sel,', 'fr: Du sel,')).toString(),
    );
  });

  it('puts things in another order, pairs them anew, and names the picture that is right', async () => {
    const places = ['filer', 'tisser', 'tondre'];
    const reorder = (fields: Sent) =>
      fields.map(([key, old]): [string, string] => [
        key,
        key === 'l:/items/#ordre/key' ? (places.shift() ?? old) : old,
      ]);
    await save(QUIZ, reorder);
    await save(QUIZ, set('t:/items/#paires/key/fil', 'sel'));
    await save(QUIZ, set('t:/items/#image/key', 'deux'));
    await save(QUIZ, set('n:/draw', '4'));
    const text = await source('01-le-prix/module.yaml');
    expect(text).toContain('key: [ filer, tisser, tondre ]');
    expect(text).toContain('key: { fil: sel, couleur: garance }');
    expect(text).toContain('key: deux');
    expect(text).toContain('draw: 4');
    const twice = await save(QUIZ, (fields) =>
      fields.map(([key, old]): [string, string] => [key, key === 'l:/items/#ordre/key' ? 'filer' : old]),
    );
    expect(twice.statusCode).toBe(422);
    expect(twice.body.replace(/<[^>]+>/g, '')).toMatch(/Indiquez la bonne réponse/);
    expect((await save(QUIZ, set('n:/draw', '6'))).statusCode).toBe(422);
  });

  it('adds and takes away answers, with their place in the key', async () => {
    const deed = (value: string) => save(QUIZ, (fields) => [...fields, ['deed', value]]);
    await deed('choice-add ordre');
    expect(await source('01-le-prix/module.yaml')).toContain('key: [ tondre, filer, tisser, choix-1 ]');
    await deed('choice-remove ordre filer');
    expect(await source('01-le-prix/module.yaml')).toContain('key: [ tondre, tisser, choix-1 ]');
    await deed('choice-remove paires fil');
    await deed('option-add paires');
    expect(await source('01-le-prix/module.yaml')).toContain('key: { couleur: garance }');
    // The option that is right cannot go before another is right.
    expect((await deed('option-remove paires garance')).statusCode).toBe(422);
    for (const kind of ['order', 'match', 'picture'])
      expect((await deed(`item-add ${kind}`)).statusCode).toBe(303);
    const quiz = await page(QUIZ);
    for (const n of [1, 2, 3]) expect(quiz).toContain(`t:/items/#question-${n}/choices/#a/text/fr`);
  });

  it('sends a photo to an answer, and takes the picture of a question away', async () => {
    const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#0F5C63' } })
      .jpeg()
      .toBuffer();
    const send = async (path: string, target: string) => {
      const field = (name: string, value: string | number) =>
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
      const head = `${field('revision', await revision())}${field('target', target)}--${BOUNDARY}\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`;
      const payload = Buffer.concat([Buffer.from(head), photo, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      };
      return t.inject({ method: 'POST', url: `${path}/picture`, headers, payload });
    };
    expect((await send(QUIZ, '/items/#image/choices/#deux/image')).statusCode).toBe(303);
    expect((await send(TEST, '/items/#image/image')).statusCode).toBe(303);
    for (const target of ['/image', '/items/#zz/image', '/title', '/items/#image/choices/#zz/image'])
      expect((await send(QUIZ, target)).statusCode).toBe(404);
    expect(await source('01-le-prix/module.yaml')).toMatch(
      /id: deux, text: .*image: \{ file: images\/photo-[0-9a-f]{12}\.webp, alt: \{ fr: Un autre/,
    );
    expect(await source('test.yaml')).toMatch(
      /image: \{ file: 01-le-prix\/images\/photo-[0-9a-f]{12}\.webp, alt: \{ fr: Une place/,
    );
    expect((await save(QUIZ, set('t:/items/#ordre/image/file', ''))).statusCode).toBe(303);
    expect(await source('01-le-prix/module.yaml')).not.toContain('La laine');
  });

  it('writes the test asked before and after, takes it out and begins another', async () => {
    expect((await save(TEST, set('t:/items/#item-1/module', 'la-vente'))).statusCode).toBe(303);
    expect((await save(TEST, set('t:/items/#vrai/prompt/ar', 'سؤال جديد؟'))).statusCode).toBe(303);
    const text = await source('test.yaml');
    expect([text.includes('module: la-vente'), text.includes('سؤال جديد؟')]).toEqual([true, true]);
    expect((await save(TEST, set('t:/items/#item-1/key', 'rien'))).statusCode).toBe(422);
    const at = async (op: string): Promise<Sent> => [
      ['revision', String(await revision())],
      ['op', op],
    ];
    expect((await post(HOME, await at('remove-test'))).statusCode).toBe(303);
    expect(await page(HOME)).toContain('add-test');
    expect((await post(HOME, await at('add-test'))).headers.location).toBe(TEST);
    await save(TEST, (fields) => [...fields, ['deed', 'item-add picture']]);
    const fresh = await source('test.yaml');
    expect(fresh.match(/kind: \w+/g)).toEqual(['kind: single', 'kind: picture']);
    const check = await page(`${HOME}/publish`);
    expect(check).toContain(`${TEST}"`);
    expect(check).toContain('il en faut au moins 10');
  });

  describe('the captions of a video', () => {
    const captions = (change: (fields: Sent) => Sent) =>
      page(VIDEO).then((html) => post(`${VIDEO}/video`, change(submitted(html, '/film/video'))));
    const typed = (name: string, from: string, to: string) => (fields: Sent) =>
      fields.map(([key, old]): [string, string] => [key, key === name ? old.replace(from, to) : old]);

    it('change nothing when nobody touched them', async () => {
      const before = await revision();
      expect((await captions((fields) => fields)).statusCode).toBe(303);
      expect(await revision()).toBe(before);
    });

    it.each([
      ['captions-fr', 'WEBVTT', 'VTT', /La première ligne est WEBVTT/],
      ['captions-fr', '00:00:00.000 -->', '00:00 -->', /Ligne 4 : écrivez le temps/],
      [
        'captions-ar',
        '00:00:44.000 --> 00:00:47.000',
        '00:00:44.000 --> 00:02:00.000',
        /la vidéo finit à 90 s/,
      ],
      ['captions-ar', 'تنسج.', '<i>تنسج.</i>', /Ligne 9 : pas de balise/],
    ])('of %s are refused with the line, and what was typed stays', async (name, from, to, words) => {
      const before = await revision();
      const refused = await captions(typed(name, from, to));
      expect(refused.statusCode).toBe(422);
      expect(refused.body.replace(/<[^>]+>/g, '')).toMatch(words);
      expect(submitted(refused.body, '/film/video').find(([key]) => key === name)?.[1]).toContain(to);
      expect(await revision()).toBe(before);
    });

    it('are published with the text beside the video and another still picture, and what was watched counts on', async () => {
      const change = typed('captions-fr', 'Elle tisse.', 'Elle tisse avec soin.');
      const poster = (fields: Sent) =>
        fields.map(([key, old]): [string, string] => [key, key === 'poster' ? 'scene-2' : old]);
      expect(
        (await captions((fields) => typed('captions-ar', 'تنسج.', 'تنسج بعناية.')(poster(change(fields)))))
          .statusCode,
      ).toBe(303);
      expect(
        (
          await save(VIDEO, (fields) => [
            ...fields,
            ['t:/description/fr', 'Une dame tisse.'],
            ['t:/description/ar', 'سيدة تنسج.'],
          ])
        ).statusCode,
      ).toBe(303);
      expect(await source('01-le-prix/video.yaml')).toMatch(
        /^poster: scene-2[^]*ar: \[ هذه سلمى\., تنسج بعناية\. \]\n +fr:\n +- Voici Salma\.\n +- Elle tisse avec soin\.\n/,
      );
      const published = await t.api('/courses/tissage/draft/publish', { token, body: {} });
      expect(published.json()).toEqual({ version: 2 });
      const videos = await t.db.read<{ duration: number; count: number }>(
        'test.videos',
        `SELECT max(duration_ms) AS duration, count(*)::int AS count FROM video`,
      );
      expect(videos).toEqual([{ duration: VIDEO_MS, count: 1 }]);
      const lesson = (await t.inject({ url: `/ar/courses/tissage/${MODULE}` })).body;
      expect(lesson.replace(/<[^>]+>/g, '')).toMatch(/سيدة تنسج\.[^]*تنسج بعناية\./);
      const vtt = await t.inject({ url: /src="([^"]+ar\.vtt)"/.exec(lesson)?.[1] ?? '' });
      expect(vtt.body).toContain('00:00:07.000\n\u200Fتنسج بعناية.\n');
      const still = await t.inject({ url: /poster="([^"]+p\.jpg)"/.exec(lesson)?.[1] ?? '' });
      expect((await sharp(still.rawPayload).metadata()).format).toBe('jpeg');
      const folder = await mkdtemp(join(tmpdir(), 'qafila-captions-'));
      await t.app.get(CourseExport).export('tissage', folder);
      expect((await t.app.get(CourseLoader).load(folder)).unchanged).toEqual(['tissage']);
      await rm(folder, { recursive: true });
    });

    it('of a video that is not rendered are not there to change', async () => {
      expect((await post(`${HOME}/parts/01-le-prix/carte-1/video`, [['revision', '1']])).statusCode).toBe(
        404,
      );
    });
  });

  it('publishes no link that leads nowhere, and opens the others in the reader’s language', async () => {
    const card = `${HOME}/parts/01-le-prix/carte-1`;
    const link = (href: string) => save(card, set('t:/text/ar', `ثمن [هنا](${href}).`));
    expect((await link('/staff/courses')).statusCode).toBe(422);
    expect((await link('/courses/tissage/rien')).statusCode).toBe(303);
    const refused = await t.api('/courses/tissage/draft/publish', { token, body: {} });
    expect([refused.statusCode, refused.json<{ errors: object[] }>().errors]).toMatchObject([
      422,
      [{ pointer: '/01-le-prix/module.yaml/carte-1/text/ar', code: 'course-link-nowhere' }],
    ]);
    await link('/courses/tissage/la-vente');
    expect((await page(card)).replaceAll('&#x3D;', '=')).toContain('href="/courses/tissage/la-vente"');
    expect(await page(`/ar/staff/courses/tissage/lesson/01-le-prix`)).toContain(
      'href="/ar/courses/tissage/la-vente"',
    );
  });

  it('writes the Arabic words of a module, what to bring, and what a voice says of a card', async () => {
    expect(
      (await save(HEAD, (fields) => [...fields, ['t:/glossary/1/fr', 'laine'], ['t:/glossary/1/ar', 'صوف']]))
        .statusCode,
    ).toBe(303);
    expect(
      (await save(HEAD, (fields) => [...fields, ['t:/bring/1/fr', 'Un mètre'], ['t:/bring/1/ar', 'متر']]))
        .statusCode,
    ).toBe(303);
    const card = `${HOME}/parts/01-le-prix/carte-1`;
    expect((await save(card, set('t:/say/fr', 'La laine a un prix.'))).statusCode).toBe(303);
    const text = await source('01-le-prix/module.yaml');
    for (const words of ['fr: laine', 'ar: صوف', 'fr: Un mètre', 'fr: La laine a un prix.'])
      expect(text).toContain(words);
    await save(card, set('t:/say/fr', ''));
    await save(HEAD, (fields) => set('t:/glossary/1/fr', '')(set('t:/glossary/1/ar', '')(fields)));
    const after = await source('01-le-prix/module.yaml');
    expect([after.includes('say:'), after.includes('laine }'), after.includes('fr: laine')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
