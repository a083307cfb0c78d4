import { randomBytes } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppConfig } from '../../src/config/app-config.js';
import { FileStore } from '../../src/shared/files/file-store.js';
import { bundleOf, MediaShelf } from '../../src/shared/files/media-shelf.service.js';
import { PrivateMedia } from '../../src/shared/files/private-media.service.js';
import { storedPath } from '../../src/shared/files/stored-path.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { listen } from '../support/browser.js';
import { freePort, type Nginx, startNginx } from '../support/nginx.js';

const SEGMENT = randomBytes(200_000);
const SAFE = [
  ...['content-security-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy'],
  ...['referrer-policy', 'x-content-type-options', 'x-frame-options', 'x-request-id'],
];

describe('behind nginx, by the example of the documentation', () => {
  let t: TestApp;
  let nginx: Nginx;
  let direct: string;
  let bundle: string;
  let secret: string;

  beforeAll(async () => {
    const port = await freePort();
    t = await createTestApp({
      env: {
        QAFILA_MODE: 'production',
        QAFILA_SECRET: 's'.repeat(32),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        QAFILA_TRUSTED_PROXIES: '127.0.0.1/32',
        QAFILA_ACCEL_PATH: '/stored/',
      },
    });
    direct = await listen(t);
    const files = t.app.get(AppConfig).storageDir;
    await chmod(files, 0o755);
    nginx = await startNginx({ port, upstream: Number(new URL(direct).port), files });
    bundle = await shelve('hls/240p/000.m4s', SEGMENT, true);
    secret = await shelve('hls/240p/000.m4s', randomBytes(5000), false);
  }, 60_000);
  afterAll(async () => {
    await nginx?.stop();
    await t?.close();
  });

  async function shelve(path: string, content: Buffer, isPublic: boolean): Promise<string> {
    const { hash, bytes } = await t.app.get(FileStore).put(content);
    const files = [{ path, sha256: hash, bytes }];
    await t.app.get(MediaShelf).shelve(bundleOf(files), files);
    if (isPublic) await t.app.get(MediaShelf).publish([bundleOf(files)]);
    return bundleOf(files);
  }
  const at = () => `/media/${bundle}/hls/240p/000.m4s`;
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${nginx.base}${path}`, { headers, method });
  const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

  it('sends the files, which Qafila only names', async () => {
    const named = await fetch(`${direct}${at()}`);
    expect([named.status, (await bytesOf(named)).length]).toEqual([200, 0]);
    expect(named.headers.get('x-accel-redirect')).toMatch(
      /^\/stored\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64}$/,
    );
    const sent = await get(at());
    expect(sent.status).toBe(200);
    expect((await bytesOf(sent)).equals(SEGMENT)).toBe(true);
    expect(sent.headers.get('x-accel-redirect')).toBeNull();
    expect(sent.headers.get('content-type')).toBe('video/iso.segment');
    expect(sent.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('keeps the headers that keep a browser safe', async () => {
    const [page, file] = [await get('/fr'), await get(at())];
    for (const name of SAFE) expect([name, file.headers.get(name)]).not.toEqual([name, null]);
    for (const name of SAFE.filter((each) => each !== 'x-request-id'))
      expect([name, file.headers.get(name)]).toEqual([name, page.headers.get(name)]);
  });

  it('sends a part, the end and nothing beyond it, and nothing to who has it', async () => {
    const some = await get(at(), { range: 'bytes=1000-1999' });
    expect([some.status, some.headers.get('content-range')]).toEqual([206, 'bytes 1000-1999/200000']);
    expect((await bytesOf(some)).equals(SEGMENT.subarray(1000, 2000))).toBe(true);
    const end = await get(at(), { range: 'bytes=-10' });
    expect((await bytesOf(end)).equals(SEGMENT.subarray(-10))).toBe(true);
    expect((await get(at(), { range: 'bytes=200000-' })).status).toBe(416);
    const etag = some.headers.get('etag') ?? '';
    expect((await get(at(), { 'if-none-match': etag })).status).toBe(304);
    expect((await get(at(), { 'if-range': etag, range: 'bytes=0-9' })).status).toBe(206);
    expect((await get(at(), { 'if-range': '"other"', range: 'bytes=0-9' })).status).toBe(200);
    const head = await get(at(), {}, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '200000']);
  });

  it('lets nobody keep a refusal, which has the headers that keep a browser safe', async () => {
    const content = randomBytes(3000);
    const lost = `/media/${await shelve('hls/240p/001.m4s', content, true)}/hls/240p/001.m4s`;
    const { hash } = await t.app.get(FileStore).put(content);
    await rm(join(t.app.get(AppConfig).storageDir, storedPath(hash)));
    const etag = (await get(at())).headers.get('etag') ?? '';
    const page = await get('/fr');
    for (const [status, answer] of [
      [404, await get(lost)],
      [404, await get(lost, { range: 'bytes=0-9' })],
      [416, await get(at(), { range: 'bytes=200000-' })],
      [416, await get(at(), { range: 'bytes=-0' })],
    ] as const) {
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, 'no-store']);
      expect(answer.headers.get('x-request-id')).toMatch(/^[^,]+$/);
      for (const name of SAFE.filter((each) => each !== 'x-request-id'))
        expect([name, answer.headers.get(name)]).toEqual([name, page.headers.get(name)]);
    }
    // What nginx by itself would refuse, under the headers of the file, is sent whole as without nginx.
    const partless: Record<string, string>[] = [
      { range: 'bytes=200000-,300000-' },
      { range: 'bytes=a-b' },
      { range: 'bytes=200000-', 'if-range': etag },
    ];
    for (const headers of partless) {
      const answer = await get(at(), headers);
      expect([headers, answer.status, (await bytesOf(answer)).equals(SEGMENT)]).toEqual([headers, 200, true]);
    }
  });

  it('opens no file that Qafila has not named', async () => {
    const named = (await fetch(`${direct}${at()}`)).headers.get('x-accel-redirect') ?? '';
    for (const path of [named, '/stored/', '/stored/../etc/passwd', `/media/${secret}/hls/240p/000.m4s`])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
  });

  it('sends private media to who has a pass, and writes the pass nowhere', async () => {
    const folder = t.app.get(PrivateMedia).folder(secret);
    const sent = await get(`${folder}/hls/240p/000.m4s`, { range: 'bytes=0-9' });
    expect([sent.status, (await bytesOf(sent)).length]).toEqual([206, 10]);
    expect(sent.headers.get('cache-control')).toMatch(/^private, max-age=\d+, immutable$/);
    const pass = folder.split('/')[2] ?? '';
    const forged = await get(`/m/${pass.replace(/..$/, 'xx')}/${secret}/hls/240p/000.m4s`);
    expect([forged.status, forged.headers.get('content-type')]).toEqual([
      403,
      expect.stringContaining('application/problem+json'),
    ]);
    t.clock.advance(3 * 86_400_000);
    expect((await get(`${folder}/hls/240p/000.m4s`)).status).toBe(410);
    const log = await nginx.log();
    expect(log).toContain('"GET /m/..."');
    expect(log).not.toContain(pass);
  });

  it('writes no signature of a certificate', async () => {
    for (const path of ['/v/ABCD-EFGH.pdf', '/v/ABCD-EFGH', '/m/x']) await get(`${path}?k=signature`);
    const log = await nginx.log();
    expect(log).toContain('"GET /v/ABCD-EFGH.pdf"');
    expect(log).toContain('"GET /v/ABCD-EFGH"');
    expect(log).not.toContain('signature');
  });

  it('writes no pass and no signature when Qafila does not answer', async () => {
    const files = t.app.get(AppConfig).storageDir;
    const alone = await startNginx({ port: await freePort(), upstream: await freePort(), files });
    try {
      const folder = t.app.get(PrivateMedia).folder(secret);
      for (const path of [`${folder}/hls/240p/000.m4s`, '/v/ABCD-EFGH.pdf?k=signature'])
        expect((await fetch(`${alone.base}${path}`)).status).toBe(502);
      const written = (await alone.log()) + (await alone.errors());
      expect(written).toContain('"GET /v/ABCD-EFGH.pdf" 502');
      expect(written).not.toContain(folder.split('/')[2]);
      expect(written).not.toContain('signature');
    } finally {
      await alone.stop();
    }
  });
});
