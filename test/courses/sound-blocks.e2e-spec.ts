import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CourseExport, CourseLoader } from '../../src/courses/public.js';
import { SoundStudio } from '../../src/shared/listening/sound-studio.service.js';
import type { TestApp } from '../support/app.js';
import { MODULE } from '../support/courses.js';
import { type Author, FOLDER, givenAuthor, HOME, wordsOf } from './author.js';
import { described, soundOf, speech } from './sounds.js';

const BLOCK = `${HOME}/parts/${FOLDER}/audio-1`;

jest.setTimeout(60_000);

/** A tone without an end of its own, quickly made. */
const tone = (seconds: number): string => `sine=frequency=220:sample_rate=16000:duration=${seconds}`;

interface Track {
  lang: string;
  url: string;
  bytes: number;
  synthetic: boolean;
}

describe('recordings that are a piece of a lesson', () => {
  let author: Author;
  let t: TestApp;

  beforeAll(async () => {
    author = await givenAuthor();
    t = author.t;
  }, 60_000);
  afterAll(() => author.close());

  const get = (url: string, headers?: Record<string, string>) => author.get(url, headers);
  const draft = () => author.draft();
  const publish = () => author.publish();
  const revision = async () => String((await draft()).revision);
  const send = (content: Buffer, fields: Record<string, string>, block = BLOCK) =>
    author.upload(`${block}/attachments/sound`, fields, { field: 'sound', name: 'a.bin', content });
  const save = (texts: Readonly<Record<string, string>>) => author.save(BLOCK, texts);
  const tracks = async () =>
    (await t.api('/courses/tissage')).json<{
      modules: { sounds: { title: string; transcript: string; tracks: Track[] }[] }[];
    }>().modules[0]?.sounds;

  it('are begun in the browser, and are not published without a sound and what it says', async () => {
    const begun = await author.begin('audio');
    expect(begun.headers.location).toBe(BLOCK);
    await save({ 't:/title/fr': 'Fatna raconte', 't:/title/ar': 'فاطنة تحكي' });
    const codes = (await publish()).json<{ errors: { pointer: string; code: string }[] }>().errors;
    expect(codes.map(({ pointer, code }) => [pointer.split('/').slice(4).join('/'), code])).toEqual([
      ['audio', 'course-no-sound'],
      ['transcript', 'course-translation'],
      ['transcript', 'course-translation'],
    ]);
  });

  it('come from any recorder and are kept as all recordings are; what is replaced leaves the draft', async () => {
    const wav = await soundOf(speech(4, 0.05), 'a.wav');
    expect((await send(wav, { lang: 'ary' })).statusCode).toBe(303);
    const mp3 = await soundOf(speech(3), 'a.mp3');
    expect((await send(mp3, { lang: 'fr', speaker: 'synthetic' })).statusCode).toBe(303);
    const before = (await draft()).files.filter(({ path }) => path.includes('/sounds/'));
    expect(before.map(({ path }) => path)).toEqual([
      expect.stringMatching(/\/sounds\/audio-1-ary-[0-9a-f]{8}\.m4a$/),
      expect.stringMatching(/\/sounds\/audio-1-fr-[0-9a-f]{8}\.m4a$/),
    ]);
    expect((await send(await soundOf(speech(5), 'b.ogg'), { lang: 'ary' })).statusCode).toBe(303);
    const after = (await draft()).files.filter(({ path }) => path.includes('/sounds/'));
    expect([after.length, after[0]?.path === before[0]?.path]).toEqual([2, false]);
    const html = (await get(BLOCK)).body;
    expect(wordsOf(html)).toMatch(/Français \d+ Ko · Une voix de synthèse .*Darija \d+ Ko/);
    const src = /<audio[^>]* src="([^"]+)"/.exec(html)?.[1] ?? '';
    const part = await get(src, { range: 'bytes=4-7' });
    expect([part.statusCode, part.body, part.headers['content-type']]).toEqual([206, 'ftyp', 'audio/mp4']);
    expect((await t.inject({ url: src })).statusCode).not.toBe(200);
  });

  it('are kept while the draft names them, also when a reading of the very same bytes is taken back', async () => {
    const wav = await soundOf(speech(6), 'same.wav');
    expect((await send(wav, { lang: 'zgh' })).statusCode).toBe(303);
    const line = { line: 'le-prix/carte-1', lang: 'zgh' };
    const file = { field: 'sound', name: 'same.wav', content: wav };
    expect((await author.upload('/api/v1/courses/tissage/recordings', line, file)).statusCode).toBe(201);
    const { items } = (await get('/api/v1/courses/tissage/recordings')).json<{
      items: { id: string; url: string }[];
    }>();
    const { path = '' } = (await draft()).files.find((each) => each.path.includes('audio-1-zgh-')) ?? {};
    const src = `${HOME}/draft-files/${path}`;
    const played = await get(src);
    expect((await t.inject({ url: items[0]?.url ?? '' })).rawPayload.equals(played.rawPayload)).toBe(true);
    const taken = { token: author.token, method: 'DELETE' } as const;
    expect((await t.api(`/courses/tissage/recordings/${items[0]?.id ?? ''}`, taken)).statusCode).toBe(204);
    const after = await get(src);
    expect([after.statusCode, after.rawPayload.equals(played.rawPayload)]).toEqual([200, true]);
    await author.post(`${BLOCK}/attachments/remove`, [
      ['kind', 'audio'],
      ['lang', 'zgh'],
      ['revision', await revision()],
    ]);
  });

  it('may take longer than the reading of a card, and no longer than ten minutes', async () => {
    const four = await soundOf(tone(200), 'four.mp3');
    expect((await send(four, { lang: 'rif' })).statusCode).toBe(303);
    const eleven = await soundOf(tone(610), 'eleven.mp3');
    const refused = await send(eleven, { lang: 'rif' });
    expect([refused.statusCode, wordsOf(refused.body)]).toEqual([
      422,
      expect.stringContaining('Cet enregistrement est trop long. 10 minutes au plus.'),
    ]);
    const gone = await author.post(`${BLOCK}/attachments/remove`, [
      ['kind', 'audio'],
      ['lang', 'rif'],
      ['revision', await revision()],
    ]);
    expect(gone.statusCode).toBe(303);
  });

  it.each([
    ['a text', Buffer.from('bonjour'), { lang: 'fr' }, 415, 'Ce fichier n’est pas un son'],
    ['silence', 'anullsrc=d=3', { lang: 'fr' }, 422, 'On n’entend rien'],
    [
      'more than ten megabytes',
      Buffer.alloc(10 * 1024 * 1024 + 1, 'x'),
      { lang: 'fr' },
      413,
      'trop lourd. 10 Mo au plus',
    ],
    [
      'some megabytes more',
      Buffer.alloc(12 * 1024 * 1024, 'x'),
      { lang: 'fr' },
      413,
      'trop lourd. 10 Mo au plus',
    ],
    [
      'an unknown language',
      speech(2),
      { lang: 'es' },
      422,
      'Langue parlée. Choisissez une des réponses proposées.',
    ],
  ])('are refused with words: %s', async (_what, sound, fields, status, sentence) => {
    const before = await revision();
    const content = typeof sound === 'string' ? await soundOf(sound, 'a.wav') : sound;
    const refused = await send(content, fields);
    expect([refused.statusCode, wordsOf(refused.body)]).toEqual([status, expect.stringContaining(sentence)]);
    expect(await revision()).toBe(before);
  });

  it('are worked on only where there is such a block, unchanged since its author saw it', async () => {
    const made = jest.spyOn(t.app.get(SoundStudio), 'make');
    const wav = await soundOf(speech(2), 'a.wav');
    expect((await send(wav, { lang: 'fr' }, BLOCK.replace('audio-1', 'devoir'))).statusCode).toBe(404);
    const before = await revision();
    await save({ 't:/title/fr': 'Fatna raconte encore' });
    const stale = await send(wav, { lang: 'fr', revision: before });
    expect([stale.statusCode, wordsOf(stale.body)]).toEqual([
      409,
      expect.stringContaining('Fatna raconte encore'),
    ]);
    expect(made).not.toHaveBeenCalled();
    await save({ 't:/title/fr': 'Fatna raconte' });
    made.mockRestore();
  });

  it('stand in the lesson with a player, the size and the written words, without a script', async () => {
    await save({
      't:/transcript/fr': 'Je vends **mes tapis** en ligne.',
      't:/transcript/ar': 'أبيع **زرابي** على الإنترنت.',
    });
    expect(wordsOf((await get(`${HOME}/lesson/${FOLDER}`)).body)).toContain('Fatna raconte');
    expect((await publish()).json()).toEqual({ version: 2 });
    const french = (await t.inject({ url: `/fr/courses/tissage/${MODULE}` })).body;
    expect(wordsOf(french)).toMatch(
      /Fatna raconte Son en darija \d+ Ko Son en français \d+ Ko · voix de synthèse .*Ce que l’on entend, par écrit .*Je vends mes tapis en ligne\./,
    );
    expect(
      french.match(/<audio [^>]*controls preload="none" src="\/media\/[0-9a-f]{64}\/sounds\//g),
    ).toHaveLength(2);
    const arabic = wordsOf((await t.inject({ url: `/ar/courses/tissage/${MODULE}` })).body);
    expect(arabic).toMatch(/فاطنة تحكي الصوت بالدارجة .*أبيع زرابي على الإنترنت\./);
  });

  it('are mono, of one loudness and without the recorder’s tags, under a hash for ever', async () => {
    const [block] = (await tracks()) ?? [];
    expect(block).toMatchObject({
      title: 'Fatna raconte',
      transcript: 'Je vends **mes tapis** en ligne.',
      tracks: [
        { lang: 'ary', synthetic: false },
        { lang: 'fr', synthetic: true },
      ],
    });
    const [first] = block?.tracks ?? [];
    const sound = await t.inject({ url: first?.url ?? '' });
    expect([
      sound.headers['content-type'],
      sound.headers['content-disposition'],
      sound.rawPayload.length,
    ]).toEqual(['audio/mp4', undefined, first?.bytes]);
    const made = await described(sound.rawPayload);
    expect([made.codec, made.channels]).toEqual(['aac', 1]);
    expect(Math.abs(made.lufs + 18)).toBeLessThan(1.5);
    expect((await t.inject({ url: first?.url ?? '', headers: { range: 'bytes=4-7' } })).body).toBe('ftyp');
  });

  it('are exported beside the course file, and come back byte for byte', async () => {
    const [folder, again] = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'qafila-sounds-'))));
    if (folder === undefined || again === undefined) throw new Error('no folder');
    await t.app.get(CourseExport).export('tissage', folder);
    const text = await readFile(join(folder, 'tissage', FOLDER, 'module.yaml'), 'utf8');
    const path = /ary:\s+\{? ?file: (sounds\/\S+\.m4a)/.exec(text)?.[1] ?? '';
    const sound = await t.inject({ url: (await tracks())?.[0]?.tracks[0]?.url ?? '' });
    expect((await readFile(join(folder, 'tissage', FOLDER, path))).equals(sound.rawPayload)).toBe(true);
    expect((await t.app.get(CourseLoader).load(folder)).unchanged).toEqual(['tissage']);
    await t.app.get(CourseExport).export('tissage', again);
    expect(await readFile(join(again, 'tissage', FOLDER, 'module.yaml'), 'utf8')).toBe(text);
    await Promise.all([folder, again].map((each) => rm(each, { recursive: true })));
  });
});
