import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DiskStore } from './disk.store.js';
import { SmallFiles } from './small-files.js';
import { storedPath } from './stored-path.js';

const MOST_BYTES = 256 * 1024;

class CountingStore extends DiskStore {
  reads = 0;

  override read(hash: string): Promise<Readable> {
    this.reads += 1;
    return super.read(hash);
  }
}

describe('small files', () => {
  let folder: string;
  let store: CountingStore;
  let small: SmallFiles;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qafila-small-'));
    store = new CountingStore(folder);
    small = new SmallFiles(store);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are read once from the disk, also for fifty who ask at the same time', async () => {
    const content = randomBytes(MOST_BYTES);
    const file = await store.put(content);
    const answers = await Promise.all(Array.from({ length: 50 }, () => small.read(file)));
    expect(answers.every((answer) => answer?.equals(content))).toBe(true);
    expect((await small.read(file))?.length).toBe(MOST_BYTES);
    expect(store.reads).toBe(1);
  });

  it('are not large ones', async () => {
    const file = await store.put(randomBytes(MOST_BYTES + 1));
    expect(await small.read(file)).toBeUndefined();
    expect(store.reads).toBe(0);
  });

  it('are forgotten, the longest unasked first, before they take more than 32 MB', async () => {
    const files = [];
    for (let n = 0; n < 129; n += 1) files.push(await store.put(randomBytes(MOST_BYTES)));
    for (const file of files) await small.read(file);
    expect(store.reads).toBe(129);
    await small.read(files[128]!);
    expect(store.reads).toBe(129);
    await small.read(files[0]!);
    expect(store.reads).toBe(130);
  });

  it('that lost their end are neither sent nor remembered, and served once they are whole', async () => {
    const content = randomBytes(4507);
    const file = await store.put(content);
    await writeFile(join(folder, storedPath(file.hash)), content.subarray(0, 2253));
    await expect(small.read(file)).rejects.toThrow('2253 of its 4507 bytes');
    await writeFile(join(folder, storedPath(file.hash)), content);
    expect((await small.read(file))?.equals(content)).toBe(true);
  });

  it('that are not there are said to be missing each time, and served once they are', async () => {
    const content = Buffer.from('later');
    const file = { hash: createHash('sha256').update(content).digest('hex'), bytes: content.length };
    await expect(small.read(file)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(small.read(file)).rejects.toMatchObject({ code: 'ENOENT' });
    await store.put(content);
    expect((await small.read(file))?.toString()).toBe('later');
  });
});
