import { open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { makeFolder } from '../shared/files/make-folder.js';
import { HEAD_BYTES } from './upload-type.js';

/** Where the bytes of uploads lie while they come: one file each, named by the upload's id. */
@Injectable()
export class UploadFolder {
  readonly path: string;

  constructor(config: AppConfig) {
    this.path = join(config.varDir, 'uploads');
  }

  make(): Promise<void> {
    return makeFolder(this.path, 0o700);
  }

  /** Bytes that the disk has left for us. */
  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.path);
    return bavail * bsize;
  }

  /** Bytes of an upload that are there; undefined when there is no such file. */
  async size(id: string): Promise<number | undefined> {
    try {
      return (await stat(this.file(id))).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** The beginning of a file, at most {@link HEAD_BYTES}. */
  async head(id: string): Promise<Buffer> {
    const handle = await open(this.file(id), 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }

  /** The whole file. Opened before it is handed on: one that is not there is said here, not by a stream nobody listens to. */
  async read(id: string): Promise<Readable> {
    return (await open(this.file(id), 'r')).createReadStream();
  }

  /** One that is not there is gone already. */
  remove(id: string): Promise<void> {
    return rm(this.file(id), { force: true });
  }

  /** Names of the files that nobody has written to since then. */
  async untouchedSince(before: Date): Promise<string[]> {
    const names = await readdir(this.path);
    const old = await Promise.all(
      names.map(async (name) => {
        const found = await stat(join(this.path, name)).catch(() => undefined);
        return found !== undefined && found.mtime < before;
      }),
    );
    return names.filter((_, index) => old[index]);
  }

  /** @param id an upload's, so that no name leaves the folder */
  file(id: string): string {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new RangeError('An upload is named by its id');
    return join(this.path, id);
  }
}
