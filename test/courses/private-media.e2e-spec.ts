import { setTimeout as pause } from 'node:timers/promises';
import { CourseAuthorQuery, DraftFilms } from '../../src/courses/public.js';
import { Database } from '../../src/shared/database/database.js';
import { FileStore } from '../../src/shared/files/file-store.js';
import { bundleOf } from '../../src/shared/files/media-shelf.service.js';
import { PrivateMedia } from '../../src/shared/files/private-media.service.js';
import type { TestApp } from '../support/app.js';
import { type Author, FOLDER, givenAuthor, HOME } from './author.js';
import { recordCard, recordedOf } from './voices.js';

const MODULE = '02-la-vente';
const BLOCK = `${HOME}/parts/${MODULE}/video-1`;
const PRIVATE = `SELECT bundle, path FROM media_file WHERE NOT is_public ORDER BY bundle, path`;
const ALL = `SELECT bundle, path, is_public AS "isPublic" FROM media_file`;
const CONTENTS: Readonly<Record<string, string>> = {
  'hls/master.m3u8': '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=90000,RESOLUTION=426x240\n240p/index.m3u8\n',
  'hls/240p/index.m3u8': '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:6,\n000.m4s\n#EXT-X-ENDLIST\n',
  'hls/240p/init.mp4': 'the head of it',
  'hls/240p/000.m4s': 'the pictures of the workshop',
  'hls/audio/index.m3u8': '#EXTM3U\n#EXT-X-ENDLIST\n',
  'poster.jpg': 'a still',
};

interface Shelved {
  bundle: string;
  path: string;
}

jest.setTimeout(60_000);

describe('media of a draft', () => {
  let author: Author;
  let t: TestApp;

  beforeAll(async () => {
    author = await givenAuthor();
    t = author.t;
    await author.post(HOME, [
      ['op', 'add-block'],
      ['kind', 'video'],
      ['module', MODULE],
      ['revision', String((await author.draft()).revision)],
    ]);
    await author.save(BLOCK, { 't:/title/fr': 'L’atelier', 't:/title/ar': 'الورشة' });
    await putFilm();
  }, 60_000);
  afterAll(() => author.close());

  const get = (url: string, headers: Record<string, string> = {}) => t.inject({ url, headers });
  const hidden = () => t.db.read<Shelved>('test.private', PRIVATE);
  const preview = async () => (await author.get(`${HOME}/lesson/${MODULE}`)).body;
  const master = async () => /data-src="(\/m\/[^"?]+)\?/.exec(await preview())?.[1] ?? '';
  const passOf = (address: string) => address.split('/')[2] ?? '';

  /** A film as its job puts it into the draft. */
  async function putFilm(): Promise<void> {
    const kept = await Promise.all(
      Object.entries(CONTENTS).map(async ([path, content]) => {
        const { hash, bytes } = await t.app.get(FileStore).put(Buffer.from(content));
        return { path, sha256: hash, bytes };
      }),
    );
    const playlist = { codecs: 'mp4a.40.2', bandwidth: 90_000, averageBandwidth: 80_000, bytes: 900_000 };
    const video = {
      hash: bundleOf(kept.filter(({ path }) => path.startsWith('hls/'))),
      ...{ sourceDigest: 'cd'.repeat(32), durationMs: 6000, master: 'hls/master.m3u8' },
      poster: { file: 'poster.jpg', width: 426, height: 240, bytes: 7 },
      renditions: [{ ...playlist, playlist: 'hls/240p/index.m3u8', width: 426, height: 240 }],
      audioOnly: { ...playlist, playlist: 'hls/audio/index.m3u8', bytes: 300_000 },
      audioTracks: [{ lang: 'ary' as const, synthetic: false }],
    };
    const course = await t.app.get(CourseAuthorQuery).forOperator('tissage');
    const owner = await t.db.readOne<{ id: string }>('test.owner', `SELECT id FROM account LIMIT 1`);
    const by = { accountId: owner?.id ?? '' };
    const at = { module: MODULE, part: 'video-1' };
    await t.app
      .get(Database)
      .transaction(() => t.app.get(DraftFilms).put(by, course?.id ?? '', at, { video, files: kept }));
  }

  /** Every address that a player reaches from a playlist, by the playlists' own relative addresses. */
  async function reached(address: string): Promise<string[]> {
    const { statusCode, body } = await get(address);
    expect([address, statusCode]).toEqual([address, 200]);
    if (!address.includes('.m3u8')) return [address];
    const inside = [...body.matchAll(/^([^#\s].*)$|URI="([^"]+)"/gm)].map(
      ([, line, uri]) => line ?? uri ?? '',
    );
    const next = inside.map((relative) => new URL(relative, `http://x${address}`).pathname);
    return [address, ...(await Promise.all(next.map(reached))).flat()];
  }

  it('are reached from the preview by the relative addresses inside the playlists', async () => {
    const address = await master();
    expect(address).toMatch(/^\/m\/\d+\.[\w-]{22}\/[0-9a-f]{64}\/hls\/master\.m3u8$/);
    const all = await reached(`${address}?height=240`);
    expect(all.map((each) => each.split('/').slice(4).join('/'))).toEqual([
      'hls/master.m3u8?height=240',
      ...['hls/240p/index.m3u8', 'hls/240p/init.mp4', 'hls/240p/000.m4s'],
    ]);
    expect((await get(all.at(-1) ?? '')).body).toBe('the pictures of the workshop');
    expect((await get(all.at(-1) ?? '', { range: 'bytes=4-11' })).body).toBe('pictures');
    expect((await get(address.replace('hls/master.m3u8', 'poster.jpg'))).statusCode).toBe(200);
  });

  it('are reached in no other way: each of them is walked', async () => {
    const files = await hidden();
    expect(files.length).toBeGreaterThanOrEqual(Object.keys(CONTENTS).length);
    const strange = t.app.get(PrivateMedia).folder('a'.repeat(64)).split('/')[2] ?? '';
    for (const { bundle, path } of files) {
      const right = t.app.get(PrivateMedia).folder(bundle);
      const pass = passOf(right);
      const [expiry = '', signature = ''] = pass.split('.');
      expect([path, (await get(`${right}/${path}`)).statusCode]).toEqual([path, 200]);
      // Without a pass, even for the author whose page has it.
      expect((await get(`/media/${bundle}/${path}`)).statusCode).toBe(404);
      expect((await author.get(`/media/${bundle}/${path}`)).statusCode).toBe(404);
      for (const forged of [
        strange,
        `${Number(expiry) + 86_400}.${signature}`,
        `0${pass}`,
        `${expiry}.${signature.slice(0, -1)}`,
        `${expiry}.${'A'.repeat(22)}`,
        `${expiry}.`,
        expiry,
        'x',
      ]) {
        const answer = await get(`/m/${forged}/${bundle}/${path}`);
        expect([forged, answer.statusCode]).toEqual([forged, 403]);
        expect(answer.headers['content-type']).toContain('application/problem+json');
        expect(answer.json()).toMatchObject({ code: 'media-link-refused', status: 403 });
        expect(answer.headers['cache-control']).toContain('no-store');
      }
    }
  });

  it('open nothing else than their own bundle, and nothing that is not in it', async () => {
    const [own] = await hidden();
    const others = (await t.db.read<Shelved>('test.allMedia', ALL)).filter(
      ({ bundle }) => bundle !== own?.bundle,
    );
    const pass = passOf(t.app.get(PrivateMedia).folder(own?.bundle ?? ''));
    expect(others.length).toBeGreaterThan(3);
    for (const { bundle, path } of others)
      expect((await get(`/m/${pass}/${bundle}/${path}`)).statusCode).toBe(403);
    expect((await get(`/m/${pass}/${own?.bundle}/hls/none.m4s`)).statusCode).toBe(404);
    expect((await get(`/m/${pass}/${own?.bundle}/..%2f..%2fsecret`)).statusCode).toBe(404);
  });

  it('are kept by the browser alone, for as long as their address holds, which is the same all day', async () => {
    t.clock.set('2027-01-15T00:00:10Z');
    const morning = await master();
    const first = await get(morning);
    expect(first.headers['cache-control']).toBe(`private, max-age=${48 * 3600 - 10}, immutable`);
    expect((await get(morning, { 'if-none-match': String(first.headers.etag) })).statusCode).toBe(304);
    t.clock.set('2027-01-15T23:59:50Z');
    expect(await master()).toBe(morning);
    expect((await get(morning)).headers['cache-control']).toBe(
      `private, max-age=${24 * 3600 + 10}, immutable`,
    );
  });

  const card = `${HOME}/parts/${FOLDER}/carte-1`;
  const record = (tone: number) => recordCard(author, tone);
  const recorded = () => recordedOf(author);

  it('hide what is recorded for words that only the draft has, and show what everyone reads', async () => {
    await record(200);
    const [open = ''] = await recorded();
    expect([open, (await get(open)).statusCode]).toEqual([expect.stringMatching(/^\/media\//), 200]);
    // Another wording is the draft's alone.
    expect((await author.save(card, { 't:/title/fr': 'Un prix juste' })).statusCode).toBe(303);
    await record(220);
    const [secret = '', still] = await recorded();
    expect(still).toBe(open);
    expect([secret, (await get(secret)).statusCode]).toEqual([expect.stringMatching(/^\/m\//), 200]);
    expect((await get(secret.replace(/^\/m\/[^/]+/, '/media'))).statusCode).toBe(404);
    // The authors' page plays it, the learners' page has the old one.
    expect((await author.get(`${HOME}/lesson/${FOLDER}`)).body).toContain(secret);
    const lesson = (await get('/fr/courses/tissage/le-prix')).body;
    expect([lesson.includes(open), lesson.includes('/m/')]).toEqual([true, false]);
  });

  it('are everyone’s with the publication, under an address for ever', async () => {
    const bundle = (await hidden()).find(({ path }) => path === 'hls/master.m3u8')?.bundle ?? '';
    const captions = (line: string) => `WEBVTT\n\n00:00.500 --> 00:03.000\n${line}\n`;
    await author.post(`${BLOCK}/video`, [
      ['captions-fr', captions('Voici l’atelier.')],
      ['captions-ar', captions('هذه هي الورشة.')],
      ['revision', String((await author.draft()).revision)],
    ]);
    expect((await author.publish()).statusCode).toBe(200);
    const lesson = (await get('/fr/courses/tissage/la-vente')).body;
    const address = /data-src="(\/media\/[^"?]+)\?/.exec(lesson)?.[1] ?? '';
    // The captions came: another bundle than the one that stays the draft's own.
    expect(address).not.toContain(bundle);
    expect((await get(address)).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await get(`/media/${bundle}/hls/master.m3u8`)).statusCode).toBe(404);
    for (const url of await recorded())
      expect([url, (await get(url)).statusCode]).toEqual([expect.stringMatching(/^\/media\//), 200]);
  });

  it('are everyone’s too when they are recorded at the moment of the publication', async () => {
    for (const [round, late] of [0, 150, 300, 450].entries()) {
      await author.draft();
      await author.save(card, { 't:/title/fr': `Un prix juste, ${round}` });
      const publish = async () => {
        await pause(late);
        return author.publish();
      };
      const [, published] = await Promise.all([record(240 + 20 * round), publish()]);
      expect(published.statusCode).toBe(200);
      for (const url of await recorded())
        expect([round, url]).toEqual([round, expect.stringMatching(/^\/media\//)]);
    }
  });

  it('end at a midnight, with words that say so, and another pass is made then', async () => {
    t.clock.set('2027-01-15T12:00:00Z');
    const [own] = await hidden();
    const old = `${t.app.get(PrivateMedia).folder(own?.bundle ?? '')}/${own?.path}`;
    t.clock.set('2027-01-16T23:59:59Z');
    expect((await get(old)).statusCode).toBe(200);
    t.clock.set('2027-01-17T00:00:00Z');
    const answer = await get(old, { 'accept-language': 'ar' });
    expect(answer.statusCode).toBe(410);
    expect(answer.headers['cache-control']).toContain('no-store');
    expect(answer.json()).toMatchObject({ code: 'media-link-expired', title: 'انتهت صلاحية هذا الرابط' });
    const fresh = `${t.app.get(PrivateMedia).folder(own?.bundle ?? '')}/${own?.path}`;
    expect((await get(fresh)).statusCode).toBe(200);
  });
});
