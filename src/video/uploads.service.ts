import { Injectable } from '@nestjs/common';
import { CourseAuthorQuery } from '../courses/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { SoundStudio } from '../shared/listening/sound-studio.service.js';
import { isUuid, newId } from '../shared/new-id.js';
import { LARGEST_BYTES, MOST_UNFINISHED, type NewUpload, type Upload } from './upload.js';
import { UploadFolder } from './upload-folder.js';
import {
  NoRoomForVideo,
  NoTranscoding,
  type NotAVideo,
  TooManyUnfinished,
  VideoTooLarge,
} from './upload.errors.js';
import { UploadStore } from './upload.store.js';

/** Bytes that an upload leaves free on the disk: the database lives there too. */
const SPARE_BYTES = 256 * 1024 * 1024;

/** Uploads as rows: who begins one, whose it is, how it ends. The bytes are the business of others. */
@Injectable()
export class Uploads {
  constructor(
    private readonly db: Database,
    private readonly store: UploadStore,
    private readonly folder: UploadFolder,
    private readonly courses: CourseAuthorQuery,
    private readonly studio: SoundStudio,
    private readonly audit: AuditLog,
  ) {}

  /** Can anything be made of a video here? It is said before a byte is sent. */
  isReady(): Promise<boolean> {
    return this.studio.isReady();
  }

  /**
   * Makes room for an upload. The caller has found the course and the block.
   *
   * @returns its id
   * @throws VideoTooLarge, NoTranscoding, TooManyUnfinished, NoRoomForVideo
   */
  async begin(actor: StaffActor, asked: NewUpload): Promise<string> {
    if (asked.bytes > LARGEST_BYTES) throw new VideoTooLarge();
    if (!(await this.isReady())) throw new NoTranscoding();
    await this.folder.make();
    const id = newId();
    await this.db.transaction(async () => {
      await this.store.inTurn(actor.accountId);
      if ((await this.store.unsettled(actor.accountId)) >= MOST_UNFINISHED) throw new TooManyUnfinished();
      // Twice: as it comes, and as it is kept.
      const needed = (await this.store.comingBytes()) + 2 * asked.bytes + SPARE_BYTES;
      if ((await this.folder.freeBytes()) < needed) throw new NoRoomForVideo();
      await this.store.insert(id, actor, asked);
    });
    return id;
  }

  /**
   * An upload that waits for bytes or has them all.
   *
   * @throws NotFound also for one that is somebody else's, has ended, or is for a course that is the actor's no more
   */
  async own(actor: StaffActor, id: string): Promise<Upload> {
    const upload = isUuid(id) ? await this.store.find(id) : undefined;
    if (!upload || upload.accountId !== actor.accountId) throw new NotFound('upload');
    if (upload.state !== 'receiving' && upload.state !== 'received') throw new NotFound('upload');
    await this.courses.get(actor, upload.courseId);
    return upload;
  }

  /** The bytes are off the disk at once. What was received stays: a film is made of it. @throws NotFound */
  async cancel(actor: StaffActor, id: string): Promise<void> {
    const upload = await this.own(actor, id);
    const isEnded = await this.db.transaction(async () => {
      if (!(await this.store.end(upload.id, 'cancelled'))) return false;
      await this.audit.record(actor, auditOf('cancel', upload));
      return true;
    });
    if (!isEnded) throw new NotFound('upload');
    await this.folder.remove(upload.id);
  }

  /** Says in the audit log that all of it is there; in the transaction that says so of its row. */
  async recordReceived(actor: StaffActor, upload: Upload): Promise<void> {
    await this.audit.record(actor, auditOf('receive', upload));
  }

  /** Ends what nobody goes on with: it turned out to be no video, or its bytes are lost. */
  async drop(id: string, refusal?: NotAVideo): Promise<void> {
    await this.store.end(id, refusal ? 'refused' : 'cancelled', refusal?.code ?? null);
    await this.folder.remove(id);
  }
}

/** An entry of the audit log about an upload. */
function auditOf(verb: 'cancel' | 'receive', { id, organisationId, courseId, module, part }: Upload) {
  return {
    ...{ action: `video.upload.${verb}`, subjectKind: 'video_upload', subjectId: id, organisationId },
    facts: { courseId, module, part },
  };
}
