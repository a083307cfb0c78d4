import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { StoredFiles } from '../shared/files/stored-files.js';
import { isUuid, newId } from '../shared/new-id.js';
import type { AnswersRead } from './answers.js';
import type { Answers, Need } from './application.js';
import { ApplicationPhotos, type MadePhotos } from './application-photos.js';
import { ApplicationService, type Sent } from './application.service.js';
import { ApplicationStore } from './application.store.js';

/** As long as a sign-up waits for its first right code, in milliseconds. */
export const DRAFT_MS = 24 * 3600 * 1000;

const INSERT = `
  INSERT INTO application_draft (id, call_id, e164, answers, needs, created_at) VALUES ($1, $2, $3, $4, $5, $6)`;
const PHOTO = `INSERT INTO application_photo (hash, draft_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`;
// Whoever gave the right code of the number; its id alone opens nothing.
const OF_PHONE = `
  SELECT d.id, d.call_id AS "callId", d.answers, d.needs
    FROM application_draft d JOIN phone p ON p.e164 = d.e164
   WHERE d.id = $1 AND p.id = $2 AND d.created_at > $3`;
const PHOTOS = `SELECT hash FROM application_photo WHERE draft_id = $1`;
const FORGET = `DELETE FROM application_draft WHERE id = $1`;
const OLD = `SELECT id FROM application_draft WHERE created_at <= $1 ORDER BY created_at LIMIT 200`;

/** Answers of somebody who has not given the code of their phone yet. */
export interface ApplicationDraft {
  readonly id: string;
  readonly callId: string;
  readonly answers: Answers;
  readonly needs: readonly Need[];
}

/** What was filled in before the phone was proved: kept for a day, sent by one tap after the code, then forgotten. */
@Injectable()
export class ApplicationDrafts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly photos: ApplicationPhotos,
    private readonly files: StoredFiles,
    private readonly applications: ApplicationService,
    private readonly store: ApplicationStore,
  ) {}

  /** Looks at the pictures, before a code is sent. @throws PhotoTooLarge, NotAPhoto, PhotoUnusable */
  prepare(read: AnswersRead): Promise<MadePhotos> {
    return this.photos.make(read);
  }

  /** Keeps the answers once a code went to the number: the limits on codes are those on drafts. @returns its id */
  async keep(callId: string, e164: string, read: AnswersRead, made: MadePhotos): Promise<string> {
    const id = newId();
    await this.db.transaction(async () => {
      const { answers, hashes } = await this.photos.keep(read.answers, made);
      const values = [id, callId, e164, JSON.stringify(answers), read.needs, this.clock.now()];
      await this.db.write('applicationDraft.insert', INSERT, values);
      for (const hash of hashes) await this.db.write('applicationDraft.photo', PHOTO, [hash, id]);
    });
    return id;
  }

  /** @throws NotFound for a draft of another phone, one that was sent, one older than a day */
  async ofPhone(id: string, phoneId: string): Promise<ApplicationDraft> {
    const since = new Date(this.clock.now().getTime() - DRAFT_MS);
    const draft = isUuid(id)
      ? await this.db.readOne<ApplicationDraft>('applicationDraft.ofPhone', OF_PHONE, [id, phoneId, since])
      : undefined;
    if (!draft) throw new NotFound('draft');
    return draft;
  }

  /** Sends a draft as this person's dossier. @throws as {@link ApplicationService.send} */
  async send(draft: ApplicationDraft, personId: string, at = this.clock.now()): Promise<Sent> {
    return this.db.transaction(async () => {
      const read = { answers: draft.answers, needs: draft.needs, masked: false };
      const sent = await this.applications.put(personId, draft.callId, { read, made: new Map() }, at, {});
      for (const hash of await this.hashes(draft.id)) await this.store.addPhoto(sent.application.id, hash);
      await this.db.write('applicationDraft.forget', FORGET, [draft.id]);
      return sent;
    });
  }

  /** Forgets drafts that nobody sent within a day, with their pictures. @returns how many */
  async forgetOld(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - DRAFT_MS);
    const old = await this.db.read<{ id: string }>('applicationDraft.old', OLD, [before]);
    for (const { id } of old) {
      const hashes = await this.hashes(id);
      await this.db.write('applicationDraft.forget', FORGET, [id]);
      for (const hash of hashes) await this.files.letGo(hash);
    }
    return old.length;
  }

  private async hashes(id: string): Promise<string[]> {
    const rows = await this.db.read<{ hash: string }>('applicationDraft.photos', PHOTOS, [id]);
    return rows.map(({ hash }) => hash);
  }
}
