import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { FileStore, type StoredFile } from '../shared/files/file-store.js';
import { MediaShelf } from '../shared/files/media-shelf.service.js';

/** The bytes of whole uploads in the file store, under their digest, until films are made of them. */
@Injectable()
export class UploadBytes {
  constructor(
    private readonly db: Database,
    private readonly files: FileStore,
    private readonly shelf: MediaShelf,
  ) {}

  put(content: Readable): Promise<StoredFile> {
    return this.files.put(content);
  }

  /**
   * Until the open transaction ends nobody takes these bytes away; then its row says that they are needed.
   *
   * @throws when they are gone already
   */
  async hold(sha256: string): Promise<void> {
    await this.shelf.inTurn();
    if (!(await this.files.stat(sha256))) throw new Error(`The bytes ${sha256} are gone`);
  }

  /** In a transaction that ends with letting bytes go, as its first step: in the order of those who end films. */
  inTurn(): Promise<void> {
    return this.shelf.inTurn();
  }

  /** Takes them off the disk unless somebody needs them. */
  letGo(sha256: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.shelf.inTurn();
      await this.shelf.letGo([sha256]);
    });
  }
}
