import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import HLS from 'hls-parser';
import type { MediaManifest } from '../../src/courses/course-file/course-document.js';
import { readCourse } from '../../src/courses/course-file/course.reader.js';
import { renderCourseMedia } from '../../src/courses/media/course-media.js';
import { CatalogueService, CourseExport, CourseLoader } from '../../src/courses/public.js';
import { givenStaff } from '../support/actors.js';
import { submitted } from '../support/forms.js';
import { HOME, wordsOf } from '../courses/author.js';
import { soundOf, speech } from '../courses/sounds.js';
import {
  FILMED,
  type FilmSet,
  type FilmVideo,
  givenFilmSet,
  givenStage,
  lufsOf,
  packetTimes,
  pictures,
  type Stage,
  tone,
  X264,
} from './films.js';
import { givenTrackSender } from './track-sender.js';

type Sender = ReturnType<typeof givenTrackSender>;

jest.setTimeout(240_000);

/** Seconds of the film, and of a sound that is shorter. */
const SECONDS = 13;
const SHORT = 4;
const vtt = (text: string): string => `WEBVTT\n\n00:01.000 --> 00:03.000\n${text}\n`;

describe('languages of a film', () => {
  let stage: Stage;
  let set: FilmSet;
  let booth: string;
  let block: string;
  let film: FilmVideo;

  beforeAll(async () => {
    stage = await givenStage();
    set = await givenFilmSet();
    booth = `${HOME}/languages/${FILMED}/${set.part}`;
    block = `${HOME}/parts/${FILMED}/${set.part}`;
    const file = await stage.shoot('wide.mp4', ...pictures('640x360', SECONDS), ...tone(SECONDS), ...X264);
    expect(await set.film(file, 'ary')).toMatchObject({ state: 'placed' });
    film = (await fetched()).video;
  });
  afterAll(async () => {
    await set.close();
    await stage.clear();
  });

  async function fetched(): Promise<{ video: FilmVideo; folder: string }> {
    const folder = await mkdtemp(join(stage.folder, 'fetched-'));
    return { video: await set.fetchFilm(folder), folder };
  }

  const send: Sender['send'] = (...given) => givenTrackSender(set, booth).send(...given);
  const sent: Sender['sent'] = (...given) => givenTrackSender(set, booth).sent(...given);

  it('are recorded in a booth with the picture, and sent as a file without a script', async () => {
    const page = (await set.a.get(`${booth}?lang=rif`)).body;
    expect(page).toContain('data-booth');
    expect(page).toMatch(/data-picture data-src="\/m\/\d+\.[\w-]+\/[0-9a-f]{64}\/hls\/240p?\/index\.m3u8"/);
    expect(wordsOf(page)).toContain('cette vidéo n’a pas encore de sous-titres'.slice(12));
    const answer = await send('rif', await soundOf(speech(SHORT), 'voice.wav'));
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(`${block}#languages`);
    const { video } = await fetched();
    expect(video.audioTracks).toEqual([
      { lang: 'ary', synthetic: false },
      {
        lang: 'rif',
        synthetic: false,
        track: expect.objectContaining({ playlist: 'tracks/rif/index.m3u8' }) as unknown,
      },
    ]);
    // What was watched counts on: the pictures are the same.
    expect(video.hash).toBe(film.hash);
    const words = wordsOf((await set.a.get(block)).body);
    expect(words).toMatch(/Tarifit \d+\sKo Enregistré/);
    expect(words).toMatch(/Darija son de la vidéo Enregistré/);
    expect(words).toMatch(/Français Manque/);
  });

  it('are as long and as loud as the film, cut like its own sound, and silent where nobody speaks', async () => {
    const { video, folder } = await fetched();
    const [own, added] = await Promise.all(
      ['hls/audio', 'tracks/rif'].map(async (path) => ({
        init: await readFile(join(folder, path, 'init.mp4')),
        playlist: await readFile(join(folder, path, 'index.m3u8'), 'utf8'),
        packets: await packetTimes(join(folder, path, 'index.m3u8')),
      })),
    );
    const cuts = (text = ''): (string | undefined)[] =>
      [...text.matchAll(/#EXTINF:([\d.]+)/g)].map(([, at]) => at);
    expect(cuts(added?.playlist)).toEqual(cuts(own?.playlist));
    expect(added?.packets).toEqual(own?.packets);
    expect(added?.init).toEqual(own?.init);
    expect(Math.abs((added?.packets.length ?? 0) * (1024 / 24) - video.durationMs)).toBeLessThan(100);
    const playlist = join(folder, 'tracks/rif/index.m3u8');
    expect(await lufsOf(playlist)).toBeCloseTo(-16, 0);
    expect(await lufsOf(playlist, SHORT + 1)).toBeLessThan(-60);
  });

  it('stand in one group of a master playlist that says what they weigh', async () => {
    expect(
      (await send('fr', await soundOf(speech(SECONDS, 0.5), 'voice.mp3'), { speaker: 'synthetic' }))
        .statusCode,
    ).toBe(303);
    const { video, folder } = await fetched();
    HLS.setOptions({ strictMode: true });
    const text = await readFile(join(folder, video.master), 'utf8');
    const master = HLS.parse(text);
    if (!('variants' in master)) throw new Error('no master playlist');
    const sounds = video.audioTracks.map(({ track }) => track ?? video.audioOnly);
    const heaviest = Math.max(...sounds.map(({ bandwidth }) => bandwidth));
    for (const [index, rendition] of video.renditions.entries()) {
      const variant = master.variants[index];
      expect(variant?.uri).toBe(`../${rendition.playlist}`);
      expect(variant?.bandwidth).toBe(rendition.bandwidth - video.audioOnly.bandwidth + heaviest);
      expect(
        variant?.audio.map(({ language, isDefault, autoselect, uri }) => [
          language,
          isDefault,
          autoselect,
          uri,
        ]),
      ).toEqual([
        ['ary', true, true, '../hls/audio/index.m3u8'],
        ['rif', false, true, 'rif/index.m3u8'],
        ['fr', false, true, 'fr/index.m3u8'],
      ]);
    }
    expect(master.variants.at(-1)?.bandwidth).toBe(heaviest);
    const names = [...text.matchAll(/NAME="([^"]+)"/g)].map(([, name]) => name);
    expect(names).toEqual(['الدارجة', 'Tarifit', 'Français']);
    for (const { playlist, bandwidth } of sounds) {
      const media = HLS.parse(await readFile(join(folder, playlist), 'utf8'));
      if (!('segments' in media)) throw new Error('no media playlist');
      for (const { uri, duration } of media.segments.filter((each) => each.duration >= 1)) {
        const bytes = (await readFile(join(folder, playlist, '..', uri))).length;
        expect((bytes * 8) / duration).toBeLessThanOrEqual(bandwidth);
      }
    }
  });

  it('are refused with a reason, and nothing is kept: longer than the film, silent, none, for pictures that are others', async () => {
    const before = await set.revisions();
    const stored = await set.stored();
    const said = async (answer: Awaited<ReturnType<typeof send>>) => [
      answer.statusCode,
      wordsOf(answer.body),
    ];
    const long = await send('zgh', await soundOf(speech(SECONDS + 1), 'voice.wav'));
    expect(await said(long)).toEqual([
      422,
      expect.stringContaining('Ce son est plus long que la vidéo. La vidéo dure 13 s'),
    ]);
    expect(await said(await send('zgh', await soundOf('anullsrc=d=3', 'voice.wav')))).toEqual([
      422,
      expect.stringContaining('n’entend'),
    ]);
    expect((await send('zgh', Buffer.from('#EXTM3U\n/etc/passwd\n'))).statusCode).toBe(415);
    expect((await send('zgh', (await soundOf(speech(6), 'voice.m4a')).subarray(0, 20_000))).statusCode).toBe(
      422,
    );
    const good = await soundOf(speech(SHORT), 'voice.wav');
    expect((await send('zgh', good, { lang: 'xx' })).statusCode).toBe(422);
    expect(await said(await send('zgh', good, { words: 'a'.repeat(64) }))).toEqual([
      409,
      expect.stringContaining('La vidéo a changé entre-temps'),
    ]);
    // A quarter of a second too long is forgiven; one that begins late in the picture ends late.
    expect((await send('zgh', good, { offset: String((SECONDS - SHORT + 1) * 1000) })).statusCode).toBe(422);
    expect(await set.revisions()).toBe(before);
    expect(await set.stored()).toEqual(stored);
    expect(await stage.scratch()).toEqual([]);
  });

  it('begin where in the picture their recording began', async () => {
    expect(
      (await send('zgh', await soundOf(speech(SHORT), 'voice.webm'), { offset: '3000' })).statusCode,
    ).toBe(303);
    const { folder } = await fetched();
    const playlist = join(folder, 'tracks/zgh/index.m3u8');
    expect(await lufsOf(playlist, 0, 2.9)).toBeLessThan(-60);
    expect(await lufsOf(playlist, 3, SHORT)).toBeGreaterThan(-18);
  });

  it('are one for each language: of two that are sent at once one is taken, the other told to look', async () => {
    const page = (await set.a.get(`${booth}?lang=ar`)).body;
    const fields = Object.fromEntries(
      submitted(page, 'data-booth-form').filter(([name]) => name !== 'sound'),
    );
    const sound = await soundOf(speech(SHORT), 'voice.wav');
    const codes = (await Promise.all([sent(fields, sound), sent(fields, sound)])).map(
      ({ statusCode }) => statusCode,
    );
    expect(codes.sort()).toEqual([303, 409]);
    // Whoever looked again may record once more.
    expect((await send('ar', sound)).statusCode).toBe(303);
  });

  it('take the place of the film’s own sound in its language', async () => {
    expect((await send('ary', await soundOf(speech(SHORT, 0.3), 'voice.wav'))).statusCode).toBe(303);
    const { video, folder } = await fetched();
    HLS.setOptions({ strictMode: true });
    const master = HLS.parse(await readFile(join(folder, video.master), 'utf8'));
    if (!('variants' in master)) throw new Error('no master playlist');
    expect(
      master.variants[0]?.audio.map(({ language, isDefault, uri }) => [language, isDefault, uri]),
    ).toEqual([
      ['ary', true, 'ary/index.m3u8'],
      ...['rif', 'ar', 'fr', 'zgh'].map((lang) => [lang, false, `${lang}/index.m3u8`]),
    ]);
    const remove = (lang: string) => set.a.post(`${booth}/remove`, [['lang', lang]]);
    for (const lang of ['ary', 'ar', 'zgh']) expect((await remove(lang)).statusCode).toBe(303);
    expect((await remove('zgh')).statusCode).toBe(404);
    expect((await fetched()).video.audioTracks.map(({ lang }) => lang)).toEqual(['ary', 'rif', 'fr']);
  });

  it('are published, chosen by address where a browser chooses for itself, and come back byte for byte', async () => {
    await set.a.save(block, { 't:/title/fr': 'L’atelier', 't:/title/ar': 'الورشة' });
    await set.a.post(`${block}/video`, [
      ['captions-fr', vtt('Voici l’atelier.')],
      ['captions-ar', vtt('هذه هي الورشة.')],
      ['revision', String(await set.revisions())],
    ]);
    expect((await set.a.publish()).json()).toEqual({ version: 2 });
    const lesson = (await set.a.t.inject({ url: '/fr/courses/tissage/la-vente' })).body;
    const options = [...lesson.matchAll(/<option value="(\w+)" data-src="[^"]+">([^<]+)/g)].map(
      ([, lang, name]) => [lang, name],
    );
    expect(options).toEqual([
      ['ary', 'Darija'],
      ['rif', 'Tarifit'],
      ['fr', 'Français (voix de synthèse)'],
    ]);
    const src = (/<source src="([^"]+)"/.exec(lesson)?.[1] ?? '').replaceAll('&#x3D;', '=');
    const narrow = await set.a.t.inject({ url: `${src}&sound=rif` });
    const master = HLS.parse(narrow.body);
    if (!('variants' in master)) throw new Error('no master playlist');
    expect(master.variants).toHaveLength(1);
    expect(master.variants[0]?.audio.map(({ language, isDefault }) => [language, isDefault])).toEqual([
      ['rif', true],
    ]);
    expect(narrow.headers.etag).not.toBe((await set.a.t.inject({ url: src })).headers.etag);
    const { modules } = (await set.a.t.api('/courses/tissage')).json<{
      modules: {
        slug: string;
        video?: { audioTracks: { lang: string; synthetic: boolean; playlist: string }[] };
      }[];
    }>();
    const tracks = modules.find(({ slug }) => slug === 'la-vente')?.video?.audioTracks ?? [];
    expect(tracks.map(({ lang, synthetic }) => [lang, synthetic])).toEqual([
      ['ary', false],
      ['rif', false],
      ['fr', true],
    ]);
    for (const { playlist } of tracks) expect((await set.a.t.inject({ url: playlist })).statusCode).toBe(200);

    const [one, two] = await Promise.all([1, 2].map(() => mkdtemp(join(stage.folder, 'export-'))));
    const exporter = set.a.t.app.get(CourseExport);
    await exporter.export('tissage', one ?? '');
    expect((await set.a.t.app.get(CourseLoader).load(one)).unchanged).toEqual(['tissage']);
    await exporter.export('tissage', two ?? '');
    for (const path of ['manifest.json', 'tracks/master.m3u8', 'tracks/rif/init.mp4', 'tracks/rif/000.m4s'])
      expect(await readFile(join(two ?? '', 'tissage', FILMED, 'media', path))).toEqual(
        await readFile(join(one ?? '', 'tissage', FILMED, 'media', path)),
      );
    // The pipeline that renders scripts takes them over with their film.
    const list = join(one ?? '', 'tissage', FILMED, 'media/manifest.json');
    const { video: before } = JSON.parse(await readFile(list, 'utf8')) as MediaManifest;
    const silent = { id: 'none', say: () => new Int16Array(0) };
    await renderCourseMedia(one ?? '', { module: 'la-vente' }, silent, () => undefined);
    const after = JSON.parse(await readFile(list, 'utf8')) as MediaManifest;
    expect(after.video).toEqual(before);
    expect((await readCourse(join(one ?? '', 'tissage'))).errors).toEqual([]);
    await rm(join(one ?? '', 'tissage', FILMED, 'media/tracks/rif/index.m3u8'));
    await expect(set.a.t.app.get(CourseLoader).load(one)).rejects.toMatchObject({
      errors: [{ message: expect.stringContaining('tracks/rif/index.m3u8') as unknown }],
    });
  });

  it('stay in the version that had them: whoever stays on it hears them on', async () => {
    const heard =
      /<source src="([^"?]+)/.exec(
        (await set.a.t.inject({ url: '/fr/courses/tissage/la-vente' })).body,
      )?.[1] ?? '';
    const old = (await set.a.t.inject({ url: heard })).body;
    expect(old).toContain('LANGUAGE="rif"');
    await set.a.draft();
    await set.a.post(`${booth}/remove`, [['lang', 'rif']]);
    await set.a.post(`${booth}/remove`, [['lang', 'fr']]);
    expect((await fetched()).video).toMatchObject({
      master: 'hls/master.m3u8',
      audioTracks: [{ lang: 'ary', synthetic: false }],
    });
    expect((await set.a.publish()).json()).toEqual({ version: 3 });
    expect((await set.a.t.inject({ url: '/fr/courses/tissage/la-vente' })).body).not.toContain('data-heard');
    expect((await set.a.t.inject({ url: heard })).body).toBe(old);
    const two = await set.a.t.db.readOne<{ id: string }>(
      'test.versionTwo',
      `SELECT id FROM course_version WHERE number = 2`,
    );
    const stayed = await set.a.t.app.get(CatalogueService).version(two?.id ?? '');
    const kept = stayed?.modules.find(({ slug }) => slug === 'la-vente')?.video;
    expect(kept?.audioTracks.map(({ lang }) => lang)).toEqual(['ary', 'rif', 'fr']);
    expect(heard).toBe(`${kept?.base}/${kept?.master}`);
    expect((await set.a.t.inject({ url: heard.replace('master', 'rif/index') })).statusCode).toBe(200);
  });

  it('leave with their pictures, which the page says before', async () => {
    await set.a.draft();
    await send('rif', await soundOf(speech(SHORT), 'voice.wav'));
    expect(wordsOf((await set.a.get(block)).body)).toContain('elles s’en vont avec elles');
    const file = await stage.shoot('other.mp4', ...pictures('320x240', 5), ...tone(5), ...X264);
    expect(await set.film(file, 'none')).toMatchObject({ state: 'placed' });
    const { files } = await set.a.draft();
    expect(files.filter(({ path }) => path.includes('/tracks/'))).toEqual([]);
    // Nobody speaks in it: its own sound stays to choose beside what is added.
    expect((await send('fr', await soundOf(speech(SHORT), 'voice.wav'))).statusCode).toBe(303);
    const lesson = (await set.a.get(`${HOME}/lesson/${FILMED}`)).body;
    expect([...lesson.matchAll(/<option value="(\w+)" data-src/g)].map(([, lang]) => lang)).toEqual([
      'none',
      'fr',
    ]);
  });

  it('are nobody else’s', async () => {
    const { token } = await givenStaff(set.a.t, 'trainer');
    const headers = { authorization: `Bearer ${token}` };
    expect((await set.a.t.inject({ url: booth, headers })).statusCode).toBe(404);
    expect((await set.a.t.inject({ url: booth })).statusCode).not.toBe(200);
    expect((await set.a.get(`${HOME}/languages/${FILMED}/carte-9`)).statusCode).toBe(404);
  });
});
