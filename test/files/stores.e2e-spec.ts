import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig } from '../../src/config/app-config.js';
import type { S3Place } from '../../src/config/storage-place.js';
import { DiskStore } from '../../src/shared/files/disk.store.js';
import type { FileStore, StoredFile } from '../../src/shared/files/file-store.js';
import { copyFiles } from '../../src/shared/files/move-files.js';
import { S3Requests } from '../../src/shared/files/s3.requests.js';
import { S3_LIMITS, S3Store } from '../../src/shared/files/s3.store.js';
import { storedPath } from '../../src/shared/files/stored-path.js';
import { requireStorage } from '../../src/startup/require-storage.js';
import { createTestApp } from '../support/app.js';
import { givenCourses } from '../support/courses.js';
import { FaultyProxy } from '../support/proxy.js';
import { type S3Server, startS3 } from '../support/s3.js';

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const names = async (store: FileStore): Promise<string[]> => {
  const found: StoredFile[] = [];
  for await (const file of store.list()) found.push(file);
  return found.map(({ hash, bytes }) => `${hash} ${bytes}`).sort();
};
/** In pieces, as it comes from a network. */
const streamOf = (content: Buffer, size = 60_000): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(content.length / size) }, (_, n) =>
      content.subarray(n * size, (n + 1) * size),
    ),
  );

jest.setTimeout(60_000);

describe('a store for files', () => {
  let folder: string;
  let s3: S3Server;
  let place: S3Place;
  const stores: Record<string, FileStore> = {};

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qafila-stores-'));
    s3 = await startS3();
    place = await s3.bucket('media');
    stores['on a disk'] = new DiskStore(join(folder, 'disk'));
    stores['in S3'] = new S3Store(place, join(folder, 'incoming'));
  }, 60_000);
  afterAll(async () => {
    await s3?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  describe.each(['on a disk', 'in S3'])('%s', (kind) => {
    let store: FileStore;
    beforeAll(() => {
      store = stores[kind] as FileStore;
    });

    it('keeps what it is given under its digest, in one piece or in many, once', async () => {
      const content = randomBytes(700_001);
      const kept = { hash: sha256(content), bytes: content.length };
      expect(await store.stat(kept.hash)).toBeUndefined();
      expect(await store.put(streamOf(content))).toEqual(kept);
      expect(await store.put(content)).toEqual(kept);
      expect(await store.stat(kept.hash)).toEqual(kept);
      expect((await buffer(await store.read(kept.hash))).equals(content)).toBe(true);
      expect((await names(store)).filter((name) => name.startsWith(kept.hash))).toHaveLength(1);
    });

    it('keeps nothing, too', async () => {
      const kept = await store.put(Buffer.alloc(0));
      expect(kept.bytes).toBe(0);
      expect(await store.stat(kept.hash)).toEqual(kept);
      expect((await buffer(await store.read(kept.hash))).length).toBe(0);
    });

    it('reads a part', async () => {
      const content = randomBytes(300_000);
      const { hash } = await store.put(content);
      for (const [start, end] of [
        [0, 0],
        [1000, 250_000],
        [299_999, 299_999],
      ] as const)
        expect(
          (await buffer(await store.read(hash, { start, end }))).equals(content.subarray(start, end + 1)),
        ).toBe(true);
    });

    it('keeps the same bytes once when many send them at once', async () => {
      const content = randomBytes(100_000);
      const kept = await Promise.all(Array.from({ length: 8 }, () => store.put(streamOf(content))));
      expect(new Set(kept.map(({ hash }) => hash))).toEqual(new Set([sha256(content)]));
      expect((await buffer(await store.read(sha256(content)))).equals(content)).toBe(true);
    });

    it('keeps nothing of a stream that breaks off, nor a scratch file', async () => {
      const before = await names(store);
      const broken = new Readable({ read() {} });
      broken.push(randomBytes(50_000));
      setTimeout(() => broken.destroy(new Error('the network broke')), 20);
      await expect(store.put(broken)).rejects.toThrow('the network broke');
      expect(await names(store)).toEqual(before);
      for (const scratch of ['incoming', 'disk/incoming'])
        expect(await readdir(join(folder, scratch)).catch(() => [])).toEqual([]);
    });

    it('says that what is not there is not there, and removes what is', async () => {
      const { hash } = await store.put(randomBytes(1000));
      await store.remove(hash);
      await store.remove(hash);
      expect(await store.stat(hash)).toBeUndefined();
      await expect(store.read(hash)).rejects.toMatchObject({ code: 'ENOENT' });
      expect((await names(store)).some((name) => name.startsWith(hash))).toBe(false);
    });

    it('lists every file with its size', async () => {
      const kept = await Promise.all(Array.from({ length: 30 }, (_, n) => store.put(randomBytes(n + 1))));
      expect(await names(store)).toEqual(
        expect.arrayContaining(kept.map(({ hash, bytes }) => `${hash} ${bytes}`)),
      );
    });

    it('takes no name but a digest', async () => {
      for (const name of ['', '../secret', 'A'.repeat(64), `${'a'.repeat(64)}/x`]) {
        await expect(store.read(name)).rejects.toThrow(RangeError);
        await expect(store.stat(name)).rejects.toThrow(RangeError);
        await expect(store.remove(name)).rejects.toThrow(RangeError);
      }
    });

    it('is ready', async () => {
      await expect(store.check()).resolves.toBeUndefined();
    });
  });

  it('are moved from one to another, once, and what is broken is named', async () => {
    const [old, fresh] = [
      new DiskStore(join(folder, 'old')),
      new S3Store({ ...place, prefix: 'moved/' }, folder),
    ];
    const contents = Array.from({ length: 12 }, (_, n) => randomBytes(5000 + n));
    for (const content of contents) await old.put(content);
    const [broken = ''] = await names(old).then((all) => all.map((name) => name.slice(0, 64)));
    await writeFile(join(folder, 'old', storedPath(broken)), randomBytes(5000));
    expect(await copyFiles(old, fresh)).toEqual({ copied: 11, known: 0, broken: [broken] });
    expect(await fresh.stat(broken)).toBeUndefined();
    const more = randomBytes(100);
    await old.put(more);
    expect(await copyFiles(old, fresh)).toEqual({ copied: 1, known: 11, broken: [broken] });
    expect((await buffer(await fresh.read(sha256(more)))).equals(more)).toBe(true);
  });

  describe('in S3', () => {
    const at = (other: Partial<S3Place>) => new S3Store({ ...place, ...other }, join(folder, 'incoming'));

    it('is listed page after page', async () => {
      const many = new S3Store({ ...place, prefix: 'many/' }, join(folder, 'incoming'), {
        ...S3_LIMITS,
        perPage: 10,
      });
      const kept = await Promise.all(
        Array.from({ length: 31 }, (_, n) => many.put(Buffer.from(`file ${n}`))),
      );
      expect(await names(many)).toEqual(kept.map(({ hash, bytes }) => `${hash} ${bytes}`).sort());
    });

    it('refuses bytes that are not those of the name: the store checks them itself', async () => {
      const [others, content] = [Buffer.from('others'), Buffer.from('broken')];
      const body = { bytes: content.length, sha256: sha256(others), open: () => Readable.from([content]) };
      const key = `files/${storedPath(sha256(others))}`;
      await expect(new S3Requests(place, 10_000).send({ method: 'PUT', key, body })).rejects.toThrow(
        'refused',
      );
      expect(await stores['in S3']?.stat(sha256(others))).toBeUndefined();
    });

    it.each([
      ['a wrong secret', { secretAccessKey: 'guessed' }, 'SignatureDoesNotMatch'],
      [
        'an unknown key',
        { accessKeyId: 'test:nobody' },
        /InvalidAccessKeyId|AccessDenied|SignatureDoesNotMatch/,
      ],
      ['a bucket that is not there', { bucket: 'nowhere' }, 'NoSuchBucket'],
    ])('says at once what is wrong with %s', async (_, other, words) => {
      const began = performance.now();
      await expect(at(other).check()).rejects.toThrow(words);
      // What will never work is not tried again.
      expect(performance.now() - began).toBeLessThan(1500);
    });

    it.each([
      [{ secret: 'guessed' }, 'the access key or its secret is wrong'],
      [{ key: 'test:nobody' }, 'the access key or its secret is wrong'],
      [{ endpoint: 'http://127.0.0.1:1' }, 'it does not answer (ECONNREFUSED)'],
    ])('lets nothing start that could not keep a file: %j', async (other, words) => {
      const config = loadConfig({ STORAGE_URL: s3.url('media', other), QAFILA_VAR: folder });
      const refusal = requireStorage(config);
      await expect(refusal).rejects.toThrow(`STORAGE_URL cannot be used: ${words}`);
      await expect(refusal).rejects.not.toThrow(/guessed|nobody/);
    });

    it('holds the files of the whole house, which sends them as from a disk', async () => {
      await s3.bucket('house');
      const courses = await givenCourses();
      const t = await createTestApp({ env: { QAFILA_COURSES: courses.path, STORAGE_URL: s3.url('house') } });
      try {
        const [row] = await t.db.read<{ bundle: string; path: string; sha256: string; bytes: number }>(
          'test.media',
          `SELECT bundle, path, sha256, bytes FROM media_file ORDER BY bytes DESC LIMIT 1`,
        );
        const url = `/media/${row?.bundle}/${row?.path}`;
        const whole = await t.inject({ url });
        expect([whole.statusCode, sha256(whole.rawPayload)]).toEqual([200, row?.sha256]);
        const some = await t.inject({ url, headers: { range: 'bytes=10-19' } });
        expect([some.statusCode, some.headers['content-range']]).toEqual([206, `bytes 10-19/${row?.bytes}`]);
        expect(some.rawPayload.equals(whole.rawPayload.subarray(10, 20))).toBe(true);
        const head = await t.inject({ method: 'HEAD', url });
        expect(head.headers['content-length']).toBe(String(row?.bytes));
        expect((await t.inject({ url: '/health/ready' })).json()).toMatchObject({
          parts: { storage: { status: 'ready' } },
        });
      } finally {
        await t.close();
        await courses.remove();
      }
    });

    it('goes on where a connection broke in the middle of a file', async () => {
      const content = randomBytes(8_000_000);
      const { hash } = await at({}).put(content);
      const proxy = await FaultyProxy.to(s3.endpoint);
      try {
        const stream = await at({ endpoint: proxy.through(s3.endpoint).replace(/\/$/, '') }).read(hash, {
          start: 10,
          end: content.length - 11,
        });
        const pieces: Buffer[] = [];
        let breaks = 0;
        for await (const piece of stream) {
          pieces.push(piece as Buffer);
          if (breaks < 2 && Buffer.concat(pieces).length > (breaks + 1) * 1_000_000) {
            breaks += 1;
            await proxy.set('refuse');
            await proxy.set('pass');
          }
        }
        expect(breaks).toBe(2);
        expect(Buffer.concat(pieces).equals(content.subarray(10, -10))).toBe(true);
      } finally {
        await proxy.close();
      }
    });

    it('waits for a reader that takes its time, and not for a store that stands still', async () => {
      const proxy = await FaultyProxy.to(s3.endpoint);
      const endpoint = proxy.through(s3.endpoint).replace(/\/$/, '');
      const store = new S3Store({ ...place, endpoint }, folder, { ...S3_LIMITS, silentMs: 300 });
      try {
        const content = randomBytes(6_000_000);
        const { hash } = await store.put(content);
        const pieces: Buffer[] = [];
        for await (const piece of await store.read(hash)) {
          // More often than a store may be silent in a row.
          if (pieces.length < 8) await pause(400);
          pieces.push(piece as Buffer);
        }
        expect(Buffer.concat(pieces).equals(content)).toBe(true);
        await proxy.set('hang');
        await expect(store.stat(hash)).rejects.toThrow('The file store did not answer: no answer');
      } finally {
        await proxy.close();
      }
    });

    it('is asked again while it is away for a moment, and said to be away when it stays so', async () => {
      const proxy = await FaultyProxy.to(s3.endpoint);
      const store = at({ endpoint: proxy.through(s3.endpoint).replace(/\/$/, '') });
      try {
        const content = randomBytes(1000);
        await proxy.set('refuse');
        // Both are waited for: a proxy that comes back after the test would keep the process.
        const [kept] = await Promise.allSettled([
          store.put(content),
          pause(250).then(() => proxy.set('pass')),
        ]);
        expect(kept).toEqual({ status: 'fulfilled', value: { hash: sha256(content), bytes: 1000 } });
        await proxy.set('refuse');
        await expect(store.stat(sha256(content))).rejects.toThrow(
          'The file store did not answer: ECONNREFUSED',
        );
      } finally {
        await proxy.close();
      }
    });
  });
});
