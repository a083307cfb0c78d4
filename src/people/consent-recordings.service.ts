import { Injectable } from '@nestjs/common';
import { RoleNotAllowed } from '../shared/access/access.errors.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { MediaShelf } from '../shared/files/media-shelf.service.js';
import type { NewRecording } from '../shared/listening/recording-form.js';
import { RecordingWordsChanged } from '../shared/listening/recording.errors.js';
import { type MadeSound, SoundStudio } from '../shared/listening/sound-studio.service.js';
import { digestOfWords } from '../shared/listening/words-digest.js';
import { isUuid, newId } from '../shared/new-id.js';
import { type ConsentRecording, ConsentRecordingStore } from './consent-recording.store.js';
import { consentDigest } from './consent-script.js';
import { mayRecordConsent } from './consent-voices.policy.js';
import { ConsentVoices } from './consent-voices.service.js';
import { CONSENT_VERSION } from './person.kinds.js';

/** Recordings of the consent as an administrator adds them, replaces them and takes them back. */
@Injectable()
export class ConsentRecordings {
  constructor(
    private readonly db: Database,
    private readonly voices: ConsentVoices,
    private readonly store: ConsentRecordingStore,
    private readonly studio: SoundStudio,
    private readonly media: MediaShelf,
    private readonly audit: AuditLog,
  ) {}

  /** @throws RoleNotAllowed */
  assertMayRecord(actor: StaffActor): void {
    if (!mayRecordConsent(actor.grants)) throw new RoleNotAllowed();
  }

  /**
   * Keeps a recording; an earlier one of the same words goes.
   *
   * @returns its id
   * @throws RoleNotAllowed; NotFound for a line that is not read; RecordingWordsChanged; RecordingRefused
   */
  async add(actor: StaffActor, { line: name, lang, speaker, sound, words }: NewRecording): Promise<string> {
    this.assertMayRecord(actor);
    const line = this.voices.script.find((each) => each.line === name);
    if (!line) throw new NotFound('line');
    const spoken = consentDigest(line, lang);
    if (words !== undefined && words !== spoken) throw new RecordingWordsChanged(name);
    return this.studio.make(sound, (made) =>
      this.keep(actor, { line: line.line, lang, speaker, words: spoken }, made),
    );
  }

  /** Takes a recording off the shelf and off the disk. @throws RoleNotAllowed, NotFound */
  async remove(actor: StaffActor, id: string): Promise<void> {
    this.assertMayRecord(actor);
    if (!isUuid(id)) throw new NotFound('recording');
    await this.db.transaction(async () => {
      await this.media.inTurn();
      const gone = await this.store.remove(id);
      if (!gone) throw new NotFound('recording');
      await this.record(actor, 'remove', { id, ...gone });
      await this.media.remove(gone.bundle);
    });
  }

  private async keep(
    actor: StaffActor,
    spoken: Pick<ConsentRecording, 'line' | 'lang' | 'speaker' | 'words'>,
    { folder, file, bytes, durationMs }: MadeSound,
  ): Promise<string> {
    const id = newId();
    // An address of its own, not one by content: taking it back takes nothing that a course or another line plays.
    const bundle = digestOfWords(['consent', id]);
    const row = { id, ...spoken, version: CONSENT_VERSION, bundle, bytes, durationMs };
    const { files } = await this.media.describe(folder, [file]);
    await this.db.transaction(async () => {
      await this.media.inTurn();
      const replaced = await this.store.put(row, actor.accountId);
      await this.media.put(bundle, folder, files);
      await this.media.publish([bundle]);
      await this.record(actor, 'add', row);
      if (replaced !== undefined) await this.media.remove(replaced);
    });
    return id;
  }

  private async record(
    actor: StaffActor,
    verb: 'add' | 'remove',
    { id, line, lang }: Pick<ConsentRecording, 'id' | 'line' | 'lang'>,
  ): Promise<void> {
    await this.audit.record(actor, {
      action: `people.consent-recording.${verb}`,
      ...{ subjectKind: 'consent-recording', subjectId: id, facts: { line, lang } },
    });
  }
}
