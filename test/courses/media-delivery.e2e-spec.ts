import { request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { FileStore } from '../../src/shared/files/file-store.js';
import { bundleOf, MediaShelf } from '../../src/shared/files/media-shelf.service.js';
import { listen } from '../support/browser.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type CourseFolder, courseFiles, givenCourses } from '../support/courses.js';

const FILES = `SELECT bundle, path, bytes FROM media_file WHERE path LIKE $1 ORDER BY bytes DESC LIMIT 1`;

interface Row {
  bundle: string;
  path: string;
  bytes: number;
}

describe('media of a course', () => {
  let t: TestApp;
  let courses: CourseFolder;
  let base: string;
  let url: string;
  let vtt: string;
  let whole: Buffer;

  beforeAll(async () => {
    courses = await givenCourses(courseFiles());
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
    base = await listen(t);
    url = await addressOf('%.m3u8');
    vtt = await shelved('fr.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\n'.padEnd(3000, 'Elle tisse. '));
    whole = (await get()).rawPayload;
    expect(whole.length).toBe(2000);
  }, 60_000);
  afterAll(async () => {
    await t.close();
    await courses.remove();
  });

  async function addressOf(like: string): Promise<string> {
    const [row] = await t.db.read<Row>('test.media', FILES, [like]);
    return `/media/${row?.bundle}/${row?.path}`;
  }
  /** A file of a bundle of its own, which everyone may have. */
  async function shelved(path: string, content: string): Promise<string> {
    const { hash, bytes } = await t.app.get(FileStore).put(Buffer.from(content));
    const files = [{ path, sha256: hash, bytes }];
    await t.app.get(MediaShelf).shelve(bundleOf(files), files);
    await t.app.get(MediaShelf).publish([bundleOf(files)]);
    return `/media/${bundleOf(files)}/${path}`;
  }
  const get = (headers: Record<string, string> = {}, at = url) => t.inject({ url: at, headers });
  const part = (from: number, to: number) => whole.subarray(from, to + 1);

  it('are sent whole, to be kept for ever', async () => {
    const { statusCode, headers } = await get();
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-length': '2000',
      'content-type': 'application/vnd.apple.mpegurl',
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    expect(headers.etag).toMatch(/^"[0-9a-f]{32}"$/);
  });

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=1999-', 1999, 1999],
    ['bytes=1990-5000', 1990, 1999],
    ['bytes=-10', 1990, 1999],
    ['bytes=-5000', 0, 1999],
  ])('are sent in part: %s', async (range, from, to) => {
    const { statusCode, headers, rawPayload } = await get({ range });
    expect(statusCode).toBe(206);
    expect(headers['content-range']).toBe(`bytes ${from}-${to}/2000`);
    expect(headers['content-length']).toBe(String(to - from + 1));
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(rawPayload.equals(part(from, to))).toBe(true);
  });

  it.each(['bytes=2000-', 'bytes=-0'])(
    'say how long they are to who asks beyond their end: %s',
    async (range) => {
      const { statusCode, headers, rawPayload } = await get({ range });
      expect([statusCode, headers['content-range'], rawPayload.length]).toEqual([416, 'bytes */2000', 0]);
      // Nobody may keep a refusal for a year.
      expect(headers['cache-control']).toBe('no-store');
    },
  );

  it.each(['bytes=5-2', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=a-b'])(
    'are sent whole to who asks for no one range of bytes: %s',
    async (range) => {
      const { statusCode, headers, rawPayload } = await get({ range });
      expect([statusCode, headers['content-range'], rawPayload.length]).toEqual([200, undefined, 2000]);
    },
  );

  it('go on from a part only where it is a part of the same', async () => {
    const { etag } = (await get()).headers;
    const asked = async (condition: string) =>
      (await get({ range: 'bytes=0-9', 'if-range': condition })).statusCode;
    expect(await asked(String(etag))).toBe(206);
    expect(await asked('"another"')).toBe(200);
    expect(await asked(`W/${etag}`)).toBe(200);
    expect(await asked('Fri, 15 Jan 2027 09:00:00 GMT')).toBe(200);
  });

  it('are not sent again to who has them', async () => {
    const { etag } = (await get()).headers;
    for (const known of [String(etag), `W/${etag}`, `"a", ${etag}`, `"a",${etag}`, '*']) {
      const { statusCode, headers, rawPayload } = await get({ 'if-none-match': known, range: 'bytes=0-9' });
      expect([statusCode, headers.etag, rawPayload.length]).toEqual([304, etag, 0]);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
    expect((await get({ 'if-none-match': '"a"' })).statusCode).toBe(200);
  });

  it('are described to who asks for no content, over a real connection, and HEAD knows no ranges', async () => {
    for (const headers of [{}, { range: 'bytes=0-9' }] as Record<string, string>[]) {
      const { statusCode, head, body } = await asked('HEAD', headers);
      expect([statusCode, head['content-length'], head['accept-ranges'], body]).toEqual([
        200,
        '2000',
        'bytes',
        0,
      ]);
    }
    const { statusCode, head, body } = await asked('GET', { range: 'bytes=10-19' });
    expect([statusCode, head['content-length'], body]).toEqual([206, '10', 10]);
  });

  it('are never packed in part: a range is one of the bytes that have the length', async () => {
    const plain = (await get({}, vtt)).rawPayload;
    const packed = await get({ 'accept-encoding': 'gzip' }, vtt);
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.rawPayload).equals(plain)).toBe(true);
    const some = await get({ 'accept-encoding': 'gzip, br', range: 'bytes=10-1209' }, vtt);
    expect([some.statusCode, some.headers['content-encoding']]).toEqual([206, undefined]);
    expect(some.headers['content-range']).toBe(`bytes 10-1209/${plain.length}`);
    expect(some.rawPayload.equals(plain.subarray(10, 1210))).toBe(true);
  });

  it('have no other addresses than theirs', async () => {
    for (const other of [
      url.replace(/[0-9a-f]{64}/, '0'.repeat(64)),
      url.replace(/[0-9a-f]{64}/, 'x'),
      `${url}x`,
      url.replace(/\/[^/]+$/, '/..%2f..%2fsecret'),
      url.replace(/\/[^/]+$/, '/%00'),
    ])
      expect([other, (await get({}, other)).statusCode]).toEqual([other, 404]);
  });

  async function asked(method: string, headers: Record<string, string>) {
    return new Promise<{ statusCode: number | undefined; head: Record<string, unknown>; body: number }>(
      (resolve, reject) => {
        const sent = httpRequest(`${base}${url}`, { method, headers }, (answer) => {
          let body = 0;
          answer.on('data', (chunk: Buffer) => (body += chunk.length));
          answer.on('end', () => resolve({ statusCode: answer.statusCode, head: answer.headers, body }));
        });
        sent.on('error', reject).end();
      },
    );
  }
});
