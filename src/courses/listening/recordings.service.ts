import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Database } from '../../shared/database/database.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { isUuid } from '../../shared/new-id.js';
import type { ListeningLanguage, Speaker } from '../../shared/listening/listening-language.js';
import { MediaShelf } from '../../shared/files/media-shelf.service.js';
import type { NewRecording } from '../../shared/listening/recording-form.js';
import { RecordingWordsChanged } from '../../shared/listening/recording.errors.js';
import { type MadeSound, SoundStudio } from '../../shared/listening/sound-studio.service.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import type { CourseScript } from './course-script.service.js';
import { ListeningShelf } from './listening-shelf.service.js';
import { RecordingStore } from './recording.store.js';
import { type SpokenLine, wordsDigest } from './spoken-line.js';

/** Recordings as authors add them, replace them and take them away. */
@Injectable()
export class Recordings {
  constructor(
    private readonly db: Database,
    private readonly store: RecordingStore,
    private readonly studio: SoundStudio,
    private readonly media: MediaShelf,
    private readonly shelf: ListeningShelf,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Keeps a recording; an earlier one of the same words goes.
   *
   * @returns its id
   * @throws NotFound for a line that the course has not; RecordingWordsChanged; RecordingRefused
   */
  async add(
    actor: StaffActor | 'system',
    course: AuthoredCourse,
    script: CourseScript,
    { line: id, lang, speaker, sound, words }: NewRecording,
  ): Promise<string> {
    const line = script.units.flatMap((unit) => unit.lines).find((each) => each.id === id);
    if (!line) throw new NotFound('line');
    const spoken = words ?? wordsDigest(line, lang);
    if (!script.reads(id, lang, spoken)) throw new RecordingWordsChanged(id);
    return this.studio.make(sound, (made) =>
      this.keep(actor, course, script, { line, lang, speaker, words: spoken }, made),
    );
  }

  /** @throws NotFound */
  async remove(actor: StaffActor, course: AuthoredCourse, id: string): Promise<void> {
    if (!isUuid(id)) throw new NotFound('recording');
    await this.db.transaction(async () => {
      await this.media.inTurn();
      const gone = await this.store.remove(course.id, id);
      if (!gone) throw new NotFound('recording');
      await this.record(actor, course, 'remove', gone);
      await this.release(gone.bundle);
    });
    this.shelf.forget();
  }

  private async keep(
    actor: StaffActor | 'system',
    course: AuthoredCourse,
    script: CourseScript,
    spoken: { line: SpokenLine; lang: ListeningLanguage; speaker: Speaker; words: string },
    { folder, file, bytes, durationMs }: MadeSound,
  ): Promise<string> {
    const { bundle, files } = await this.media.describe(folder, [file]);
    const { lang, speaker, words } = spoken;
    const row = {
      courseId: course.id,
      line: spoken.line.id,
      lang,
      words,
      speaker,
      bundle,
      bytes,
      durationMs,
    };
    const id = await this.db.transaction(async () => {
      await this.media.inTurn();
      const put = await this.store.put(row, actor === 'system' ? null : actor.accountId);
      await this.media.put(bundle, folder, files);
      if (await script.isPublished(row)) await this.media.publish([bundle]);
      await this.record(actor, course, 'add', row);
      if (put.replaced !== undefined) await this.release(put.replaced);
      return put.id;
    });
    this.shelf.forget();
    return id;
  }

  /** A voice that no recording names any more is not served any more. */
  private async release(bundle: string): Promise<void> {
    if (!(await this.store.isUsed(bundle))) await this.media.remove(bundle);
  }

  private async record(
    actor: StaffActor | 'system',
    course: AuthoredCourse,
    verb: 'add' | 'remove',
    { line, lang }: { readonly line: string; readonly lang: string },
  ): Promise<void> {
    const subject = { subjectKind: 'course', subjectId: course.id, organisationId: course.organisationId };
    await this.audit.record(actor, {
      action: `courses.recording.${verb}`,
      ...subject,
      facts: { line, lang },
    });
  }
}
