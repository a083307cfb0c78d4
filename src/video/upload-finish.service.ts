import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { Films } from './films.service.js';
import type { Upload } from './upload.js';
import { UploadBytes } from './upload-bytes.service.js';
import { UploadFolder } from './upload-folder.js';
import { videoType } from './upload-type.js';
import { NoRoomForVideo, NotAVideo } from './upload.errors.js';
import { UploadStore } from './upload.store.js';
import { Uploads } from './uploads.service.js';

/** What happens when the last byte is there. It may be asked for again at any time: it happens once. */
@Injectable()
export class UploadFinish {
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly db: Database,
    private readonly store: UploadStore,
    private readonly folder: UploadFolder,
    private readonly bytes: UploadBytes,
    private readonly uploads: Uploads,
    private readonly films: Films,
  ) {}

  /**
   * Keeps a whole file under its digest and marks its upload `received`; a second call waits for the first.
   *
   * @throws NotAVideo, NoRoomForVideo, NotFound when it was cancelled meanwhile
   */
  finish(actor: StaffActor, upload: Upload): Promise<void> {
    const known = this.running.get(upload.id);
    if (known) return known;
    const work = this.run(actor, upload).finally(() => this.running.delete(upload.id));
    this.running.set(upload.id, work);
    return work;
  }

  private async run(actor: StaffActor, upload: Upload): Promise<void> {
    try {
      await this.keep(actor, upload);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOSPC') throw new NoRoomForVideo();
      // Another process has finished it and taken the bytes away, or it was cancelled.
      if (code !== 'ENOENT') throw error;
    }
    if ((await this.store.find(upload.id))?.state !== 'received') throw new NotFound('upload');
    await this.folder.remove(upload.id);
  }

  private async keep(actor: StaffActor, upload: Upload): Promise<void> {
    const found = videoType(await this.folder.head(upload.id));
    if ('not' in found) {
      const refusal = new NotAVideo(found.not);
      await this.uploads.drop(upload.id, refusal);
      throw refusal;
    }
    const { hash, bytes } = await this.bytes.put(await this.folder.read(upload.id));
    const isReceived = await this.db.transaction(async () => {
      await this.bytes.hold(hash);
      if (bytes !== upload.bytes || !(await this.store.receive(upload.id, hash))) return false;
      await this.uploads.recordReceived(actor, upload);
      await this.films.begin(upload.id, actor.accountId);
      return true;
    });
    // It was cancelled, or another was quicker.
    if (!isReceived) await this.bytes.letGo(hash);
  }
}
