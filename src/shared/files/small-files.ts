import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { FileStore, type StoredFile } from './file-store.js';
import { StoredFileCut } from './storage.errors.js';

/** A segment of two seconds at 480p; what is larger is read from the disk piece by piece. */
const SMALL_BYTES = 256 * 1024;
/** All that is remembered: the segments of some thirty films at the height that learners are given first. */
const REMEMBERED_BYTES = 32 * 1024 * 1024;

/**
 * Small files that many people ask for at the same time, kept in memory: opening, reading and closing a file takes
 * longer than everything else about a segment. A name never changes its content, so what is remembered is never stale.
 */
@Injectable()
export class SmallFiles {
  private readonly remembered: LRUCache<string, Buffer>;

  constructor(files: FileStore) {
    this.remembered = new LRUCache({
      maxSize: REMEMBERED_BYTES,
      sizeCalculation: ({ length }) => Math.max(1, length),
      fetchMethod: (hash) => whole(files, hash),
    });
  }

  /**
   * Reads a file that stays for ever; of many who ask at once one reads.
   *
   * @returns undefined for a file too large to remember
   * @throws StoredFileCut, or an error with code ENOENT for a file that is not there
   */
  async read({ hash, bytes }: StoredFile): Promise<Buffer | undefined> {
    if (bytes > SMALL_BYTES) return undefined;
    const content = await this.remembered.fetch(hash);
    if (content?.length === bytes) return content;
    this.remembered.delete(hash);
    throw new StoredFileCut(hash, bytes, content?.length ?? 0);
  }
}

async function whole(files: FileStore, hash: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await files.read(hash)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
