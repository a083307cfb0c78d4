import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CourseAuthorQuery,
  CourseExport,
  CourseLoader,
  DraftFilms,
  type Film,
} from '../../src/courses/public.js';
import type { MediaManifest } from '../../src/courses/course-file/course-document.js';
import { readCourse } from '../../src/courses/course-file/course.reader.js';
import { renderCourseMedia } from '../../src/courses/media/course-media.js';
import { Database } from '../../src/shared/database/database.js';
import { FileStore } from '../../src/shared/files/file-store.js';
import { bundleOf } from '../../src/shared/files/media-shelf.service.js';
import type { TestApp } from '../support/app.js';
import { type Author, FOLDER, givenAuthor, HOME, wordsOf } from './author.js';

const MODULE = '02-la-vente';
const BLOCK = `${HOME}/parts/${MODULE}/video-1`;
const AT = { module: MODULE, part: 'video-1' };
const SOURCE = 'cd'.repeat(32);

const vtt = (...lines: string[]): string =>
  `WEBVTT\n\n${lines.map((line, n) => `00:0${n * 2}.000 --> 00:0${n * 2 + 1}.500\n${line}\n`).join('\n')}`;

jest.setTimeout(30_000);

describe('videos that were filmed', () => {
  let author: Author;
  let t: TestApp;

  beforeAll(async () => {
    author = await givenAuthor();
    t = author.t;
  }, 60_000);
  afterAll(() => author.close());

  const revision = async () => (await author.draft()).revision;
  const page = async (url: string) => (await author.get(url)).body;
  const files = async () => (await author.draft()).files.map(({ path }) => path);

  /** As a transcoder leaves it: every file in the store, named by its content. */
  async function film(name: string, durationMs: number): Promise<Film> {
    const contents: Readonly<Record<string, string>> = {
      'hls/master.m3u8': `#EXTM3U\n# ${name}\n`,
      'hls/240p/index.m3u8': `#EXTM3U\n# ${name} 240\n`,
      'hls/240p/000.m4s': `picture of ${name}`,
      'hls/audio/index.m3u8': `#EXTM3U\n# ${name} sound\n`,
      'poster.jpg': `still of ${name}`,
    };
    const kept = await Promise.all(
      Object.entries(contents).map(async ([path, content]) => {
        const { hash, bytes } = await t.app.get(FileStore).put(Buffer.from(content));
        return { path, sha256: hash, bytes };
      }),
    );
    const playlist = { codecs: 'mp4a.40.2', bandwidth: 90_000, averageBandwidth: 80_000, bytes: 900_000 };
    return {
      files: kept,
      video: {
        hash: bundleOf(kept.filter(({ path }) => path.startsWith('hls/'))),
        ...{ sourceDigest: SOURCE, durationMs, master: 'hls/master.m3u8' },
        poster: { file: 'poster.jpg', width: 426, height: 240, bytes: 10 },
        renditions: [{ ...playlist, playlist: 'hls/240p/index.m3u8', width: 426, height: 240 }],
        audioOnly: { ...playlist, playlist: 'hls/audio/index.m3u8', bytes: 300_000 },
        audioTracks: [{ lang: 'ary', synthetic: false }],
      },
    };
  }

  async function put(given: Film, at = AT): Promise<void> {
    const { id } = (await t.app.get(CourseAuthorQuery).forOperator('tissage')) ?? { id: '' };
    const { accountId } = await account();
    await t.app.get(Database).transaction(() => t.app.get(DraftFilms).put({ accountId }, id, at, given));
  }

  async function account(): Promise<{ accountId: string }> {
    const [row] = await t.app
      .get(Database)
      .read<{ accountId: string }>('films.account', `SELECT id AS "accountId" FROM account LIMIT 1`);
    return row ?? { accountId: '' };
  }

  const caption = async (fr: string, ar: string, at?: number) =>
    author.post(`${BLOCK}/video`, [
      ['captions-fr', fr],
      ['captions-ar', ar],
      ['revision', String(at ?? (await revision()))],
    ]);
  const problems = async () => {
    const answer = await author.publish();
    return answer.statusCode === 200
      ? []
      : answer
          .json<{ errors: { pointer: string; code: string; params: object }[] }>()
          .errors.map(({ pointer, code }) => [pointer, code]);
  };

  it('are begun in the browser, where their page leads to sending one', async () => {
    const begun = await author.post(HOME, [
      ['op', 'add-block'],
      ['kind', 'video'],
      ['module', MODULE],
      ['revision', String(await revision())],
    ]);
    expect(begun.headers.location).toBe(BLOCK);
    await author.save(BLOCK, { 't:/title/fr': 'Au marché', 't:/title/ar': 'في السوق' });
    const body = await page(BLOCK);
    expect(wordsOf(body)).toContain('Il n’y a pas encore de vidéo. Filmez-la avec un téléphone');
    expect(body).toContain(`href="${HOME}/films/${MODULE}/video-1"`);
    expect(body).not.toContain('name="captions-fr"');
  });

  it('have no place where a script makes the video, or where there is no such block', async () => {
    const given = await film('nowhere', 9000);
    await expect(put(given, { module: FOLDER, part: 'film' })).rejects.toMatchObject({
      code: 'film-of-script',
    });
    await expect(put(given, { module: MODULE, part: 'carte-9' })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect((await files()).filter((path) => path.startsWith(`${MODULE}/media`))).toEqual([]);
  });

  it('come into the draft with their list, play in the preview, and are not published without captions', async () => {
    await put(await film('one', 9000));
    expect((await files()).filter((path) => path.startsWith(MODULE))).toEqual([
      ...['240p/000.m4s', '240p/index.m3u8', 'audio/index.m3u8', 'master.m3u8'].map(
        (path) => `${MODULE}/media/hls/${path}`,
      ),
      ...[`${MODULE}/media/manifest.json`, `${MODULE}/media/poster.jpg`, `${MODULE}/module.yaml`],
    ]);
    const body = await page(BLOCK);
    expect(body).toContain('name="captions-fr"');
    expect(wordsOf(body)).toMatch(/240p · \D{0,3}900/);
    const preview = await page(`${HOME}/lesson/${MODULE}`);
    const src = /<source src="([^"?]+)/.exec(preview)?.[1] ?? '';
    expect((await t.inject({ url: src })).body).toContain('# one');
    expect(wordsOf(preview)).toContain('Au marché');
    expect(await problems()).toEqual([
      [`/${MODULE}/module.yaml/video-1`, 'course-captions'],
      [`/${MODULE}/module.yaml/video-1`, 'course-captions'],
    ]);
  });

  it.each([
    ['late', vtt('a', 'b', 'c', 'd', 'e', 'f'), 'la vidéo finit à 9 s'],
    ['without a head', '00:00.000 --> 00:01.000\nBonjour', 'WEBVTT'],
    ['with a time that is none', 'WEBVTT\n\n0:00 --> 0:01\nBonjour', 'ligne 3'],
  ])('have captions refused with the line, and what was typed stays: %s', async (_what, fr, words) => {
    const before = await revision();
    const refused = await caption(fr, vtt('أهلا'));
    expect(refused.statusCode).toBe(422);
    expect(wordsOf(refused.body).toLowerCase()).toContain(words.toLowerCase());
    expect(refused.body).toContain(fr.split('\n').at(-1) === '' ? 'WEBVTT' : (fr.split('\n').at(-1) ?? ''));
    expect(await revision()).toBe(before);
  });

  it('keep captions of two authors: the second is shown both', async () => {
    const old = await revision();
    expect((await caption(vtt('Bonjour', 'Voici le marché'), vtt('أهلا', 'هذا هو السوق'))).statusCode).toBe(
      303,
    );
    const second = await caption(vtt('Salut'), '', old);
    expect(second.statusCode).toBe(409);
    expect(second.body).toContain('Salut');
    expect(second.body).toContain('Voici le marché');
    expect(await page(BLOCK)).toContain('Voici le marché');
    // Nothing else was changed since: the same words again make no revision.
    const now = await revision();
    expect((await caption(vtt('Bonjour', 'Voici le marché'), vtt('أهلا', 'هذا هو السوق'))).statusCode).toBe(
      303,
    );
    expect(await revision()).toBe(now);
  });

  it('are published with their words beside them and what each choice weighs', async () => {
    expect(await problems()).toEqual([]);
    const lesson = (await t.inject({ url: '/fr/courses/tissage/la-vente' })).body;
    expect(wordsOf(lesson)).toContain('Voici le marché');
    expect((await t.inject({ url: '/ar/courses/tissage/la-vente' })).body).toContain('هذا هو السوق');
    const { modules } = (await t.api('/courses/tissage')).json<{
      modules: { slug: string; video?: { duration: number; captions: { lang: string; url: string }[] } }[];
    }>();
    const video = modules.find(({ slug }) => slug === 'la-vente')?.video;
    expect([video?.duration, video?.captions.map(({ lang }) => lang)]).toEqual([9, ['fr', 'ar']]);
    const arabic = await t.inject({ url: video?.captions[1]?.url ?? '' });
    expect([arabic.headers['content-type'], arabic.body]).toEqual([
      expect.stringContaining('text/vtt'),
      expect.stringContaining('\u200Fهذا هو السوق'),
    ]);
  });

  it('come back byte for byte from an export, and a caption that cannot be shown is refused with its line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qafila-films-'));
    const again = await mkdtemp(join(tmpdir(), 'qafila-films-'));
    await t.app.get(CourseExport).export('tissage', folder);
    expect((await t.app.get(CourseLoader).load(folder)).unchanged).toEqual(['tissage']);
    await t.app.get(CourseExport).export('tissage', again);
    const list = 'tissage/02-la-vente/media/manifest.json';
    expect(await readFile(join(again, list), 'utf8')).toBe(await readFile(join(folder, list), 'utf8'));
    // The pipeline that renders scripts takes a film over as it is, with captions that were written by hand.
    const french = join(folder, 'tissage/02-la-vente/media/captions.fr.vtt');
    const before = JSON.parse(await readFile(join(folder, list), 'utf8')) as MediaManifest;
    await writeFile(french, vtt('Bonjour à tous'));
    const silent = { id: 'none', say: () => new Int16Array(0) };
    await renderCourseMedia(folder, { module: 'la-vente' }, silent, () => undefined);
    const after = JSON.parse(await readFile(join(folder, list), 'utf8')) as MediaManifest;
    expect(after.video?.hash).toBe(before.video?.hash);
    expect(after.hash).not.toBe(before.hash);
    const read = (await readCourse(join(folder, 'tissage'))).document?.modules[1]?.blocks[0];
    expect(read).toMatchObject({ captionLines: { fr: ['Bonjour à tous'], ar: ['أهلا', 'هذا هو السوق'] } });
    const wrong = 'WEBVTT\n\n00:08.000 --> 00:19.000\nTrop tard\n';
    await writeFile(french, wrong);
    await renderCourseMedia(folder, { module: 'la-vente' }, silent, () => undefined);
    expect((await readCourse(join(folder, 'tissage'))).errors.map(({ message }) => message)).toEqual([
      `${french}:3:1 a caption ends after the video`,
    ]);
    await Promise.all([folder, again].map((each) => rm(each, { recursive: true })));
  });

  it('take each other’s place: captions stay, to be looked at before anything is published', async () => {
    await put(await film('two', 8000));
    expect(await page(BLOCK)).toContain('Voici le marché');
    expect(wordsOf(await page(BLOCK))).toContain('Ces sous-titres sont ceux de la vidéo d’avant');
    expect(await problems()).toEqual([
      [`/${MODULE}/module.yaml/video-1/id`, 'course-captions-of-old'],
      [`/${MODULE}/module.yaml/video-1/id`, 'course-captions-of-old'],
    ]);
    await caption(vtt('Bonjour', 'Voici le marché'), vtt('أهلا', 'هذا هو السوق'));
    expect(await problems()).toEqual([]);
    // Nothing that was written is lost to a shorter film: the captions that end too late are there to be mended.
    await put(await film('three', 2000));
    expect(await page(BLOCK)).toContain('Voici le marché');
    expect((await problems()).map(([, code]) => code)).toEqual([
      'course-captions-of-old',
      'course-captions-of-old',
    ]);
    expect((await caption(vtt('Bonjour', 'Voici le marché'), vtt('أهلا'))).statusCode).toBe(422);
    await caption(vtt('Bonjour'), vtt('أهلا'));
    expect(await problems()).toEqual([]);
  });

  it('have captions that were written before another film came looked at again', async () => {
    const before = await revision();
    await put(await film('five', 9000));
    await caption(vtt('Bonjour'), vtt('أهلا'), before);
    expect((await problems()).map(([, code]) => code)).toEqual([
      'course-captions-of-old',
      'course-captions-of-old',
    ]);
    await caption(vtt('Bonjour'), vtt('أهلا'));
    expect(await problems()).toEqual([]);
  });

  it('find their place in a new draft when the one they wait for is closed meanwhile', async () => {
    await revision();
    const db = t.app.get(Database);
    let letGo = (): void => undefined;
    const isHeld = new Promise<void>((resolve) => (letGo = resolve));
    const closing = db.transaction(async () => {
      await db.read('films.hold', `SELECT id FROM course_draft WHERE closed_at IS NULL FOR UPDATE`);
      await isHeld;
      await db.write(
        'films.close',
        `UPDATE course_draft SET closed_at = now(), closed_as = 'discarded' WHERE closed_at IS NULL`,
      );
    });
    const placing = put(await film('six', 9000));
    await new Promise((resolve) => setTimeout(resolve, 300));
    letGo();
    await Promise.all([closing, placing]);
    expect(wordsOf(await page(`${HOME}/lesson/${MODULE}`))).toContain('Au marché');
    expect((await problems()).map(([, code]) => code)).toEqual([
      'course-captions-of-old',
      'course-captions-of-old',
    ]);
  });

  it('have no place where another block of the module has a film', async () => {
    await author.post(HOME, [
      ['op', 'add-block'],
      ['kind', 'video'],
      ['module', MODULE],
      ['revision', String(await revision())],
    ]);
    const second = { module: MODULE, part: 'video-2' };
    await expect(put(await film('seven', 3000), second)).rejects.toMatchObject({ code: 'film-elsewhere' });
    expect((await author.get(`${HOME}/films/${MODULE}/video-2`)).statusCode).toBe(409);
    expect(await page(BLOCK)).toContain('Bonjour');
  });

  it('leave with their block, and one that comes too late finds no place', async () => {
    await author.post(HOME, [
      ['op', 'remove-block'],
      ['name', 'video-1'],
      ['module', MODULE],
      ['revision', String(await revision())],
    ]);
    expect((await files()).filter((path) => path.startsWith(`${MODULE}/media`))).toEqual([
      `${MODULE}/media/manifest.json`,
    ]);
    await expect(put(await film('four', 3000))).rejects.toMatchObject({ code: 'not-found' });
  });
});
