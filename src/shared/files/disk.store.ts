import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, opendir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { newId } from '../new-id.js';
import { makeFolder } from './make-folder.js';
import { FileStore, type StoredFile } from './file-store.js';
import { storedPath } from './stored-path.js';
import { writeHashed } from './write-hashed.js';

const NAME = /^[0-9a-f]{64}$/;

/** Files on a disk, two levels of folders by the first digits of the hash. */
export class DiskStore extends FileStore {
  constructor(private readonly root: string) {
    super();
  }

  async put(content: Readable | Buffer): Promise<StoredFile> {
    const scratch = join(this.root, 'incoming', newId());
    await makeFolder(dirname(scratch));
    try {
      const stored = Buffer.isBuffer(content)
        ? await writeBuffer(scratch, content)
        : await writeStream(scratch, content);
      const target = this.path(stored.hash);
      await makeFolder(dirname(target));
      await rename(scratch, target);
      return stored;
    } catch (error) {
      await rm(scratch, { force: true });
      throw error;
    }
  }

  async read(hash: string, range?: { start: number; end: number }): Promise<Readable> {
    const handle = await open(this.path(hash), 'r');
    return createReadStream('', { fd: handle, ...range });
  }

  async stat(hash: string): Promise<StoredFile | undefined> {
    try {
      return { hash, bytes: (await stat(this.path(hash))).size };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async remove(hash: string): Promise<void> {
    await rm(this.path(hash), { force: true });
  }

  async *list(): AsyncGenerator<StoredFile> {
    await makeFolder(this.root);
    for await (const entry of await opendir(this.root, { recursive: true })) {
      // What is on its way has another name, and what was removed meanwhile is no more.
      const found = NAME.test(entry.name) ? await this.stat(entry.name) : undefined;
      if (found) yield found;
    }
  }

  async check(): Promise<void> {
    await makeFolder(this.root);
    const probe = join(this.root, `.probe-${newId()}`);
    await writeFile(probe, 'qafila');
    await rm(probe);
  }

  private path(hash: string): string {
    return join(this.root, storedPath(hash));
  }
}

async function writeStream(path: string, content: Readable): Promise<StoredFile> {
  const stored = await writeHashed(path, content);
  await flush(path);
  return stored;
}

/** What is in memory needs no stream: half the trips to the disk, which a batch of small files feels. */
async function writeBuffer(path: string, content: Buffer): Promise<StoredFile> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { hash: createHash('sha256').update(content).digest('hex'), bytes: content.length };
}

/** The bytes are on the disk before the file gets its name: a power cut leaves no empty file behind a good hash. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
