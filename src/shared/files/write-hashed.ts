import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StoredFile } from './file-store.js';

/** Writes a stream to a new file, and says what it is called by its content. */
export async function writeHashed(path: string, content: Readable): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const digest = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(content, digest, createWriteStream(path, { flags: 'wx' }));
  return { hash: hash.digest('hex'), bytes };
}
