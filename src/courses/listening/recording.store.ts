import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { VOICE } from '../../shared/files/media-shelf.service.js';
import { newId } from '../../shared/new-id.js';
import type { ListeningLanguage, Speaker } from '../../shared/listening/listening-language.js';

/** A recording of a line's words in a language. */
export interface Recording {
  readonly id: string;
  readonly courseId: string;
  readonly line: string;
  readonly lang: ListeningLanguage;
  /** Digest of the words that are spoken. */
  readonly words: string;
  readonly speaker: Speaker;
  /** Name of its bundle on the media shelf. */
  readonly bundle: string;
  readonly bytes: number;
  readonly durationMs: number;
}

/** The same with who recorded it and when, null for the operator's import; and whether everyone may hear it. */
export interface OwnedRecording extends Recording {
  readonly isPublic: boolean;
  readonly recordedBy: string | null;
  readonly recordedAt: Date;
}

const COLUMNS = `
  r.id, r.course_id AS "courseId", r.line, r.lang, r.words, r.speaker, r.bundle, r.bytes, r.duration_ms AS "durationMs"`;
// Serials never repeat and rows never change: the two numbers are the same only where nothing came or went.
const STAMP = `SELECT count(*) || ' ' || coalesce(max(serial), 0) AS stamp FROM course_recording`;
const ALL = `SELECT ${COLUMNS} FROM course_recording r`;
const OF_COURSE = `
  SELECT ${COLUMNS}, a.name AS "recordedBy", r.recorded_at AS "recordedAt", coalesce(m.is_public, false) AS "isPublic"
    FROM course_recording r
    LEFT JOIN account a ON a.id = r.recorded_by
    LEFT JOIN media_file m ON m.bundle = r.bundle AND m.path = '${VOICE}'
   WHERE r.course_id = $1
   ORDER BY r.line, r.lang, r.recorded_at DESC, r.id`;
const BEFORE = `DELETE FROM course_recording WHERE course_id = $1 AND line = $2 AND lang = $3 AND words = $4 RETURNING bundle`;
const ADD = `
  INSERT INTO course_recording
    (id, course_id, line, lang, words, speaker, bundle, bytes, duration_ms, recorded_by, recorded_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
const REMOVE = `DELETE FROM course_recording WHERE id = $1 AND course_id = $2 RETURNING line, lang, bundle`;
const USED = `SELECT 1 AS used FROM course_recording WHERE bundle = $1 LIMIT 1`;
const SPOKEN = `SELECT line, lang, words, bundle FROM course_recording WHERE course_id = $1`;
const LOCK = `SELECT id FROM course WHERE id = $1 FOR NO KEY UPDATE`;

/** Rows of recordings: one for each line, language and wording; the last one read stands. */
@Injectable()
export class RecordingStore {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Changes with every recording that comes or goes. */
  async stamp(): Promise<string> {
    return (await this.db.readOne<{ stamp: string }>('recording.stamp', STAMP))?.stamp ?? '';
  }

  all(): Promise<Recording[]> {
    return this.db.read<Recording>('recording.all', ALL);
  }

  ofCourse(courseId: string): Promise<OwnedRecording[]> {
    return this.db.read<OwnedRecording>('recording.ofCourse', OF_COURSE, [courseId]);
  }

  /** Inside a transaction. @returns the id, and the bundle of the recording that it replaces */
  async put(
    recording: Omit<Recording, 'id'>,
    accountId: string | null,
  ): Promise<{ id: string; replaced: string | undefined }> {
    const { courseId, line, lang, words, speaker, bundle, bytes, durationMs } = recording;
    // Two who send the same line at once come one after the other.
    await this.db.read('recording.lock', LOCK, [courseId]);
    const before = await this.db.readOne<{ bundle: string }>('recording.before', BEFORE, [
      courseId,
      line,
      lang,
      words,
    ]);
    const id = newId();
    const row = [
      id,
      courseId,
      line,
      lang,
      words,
      speaker,
      bundle,
      bytes,
      durationMs,
      accountId,
      this.clock.now(),
    ];
    await this.db.write('recording.add', ADD, row);
    return { id, replaced: before?.bundle };
  }

  /** @returns undefined when the course has no such recording */
  remove(courseId: string, id: string): Promise<Pick<Recording, 'line' | 'lang' | 'bundle'> | undefined> {
    return this.db.readOne('recording.remove', REMOVE, [id, courseId]);
  }

  /** What the recordings of a course say, with their bundles. */
  spoken(courseId: string): Promise<Pick<Recording, 'line' | 'lang' | 'words' | 'bundle'>[]> {
    return this.db.read('recording.spoken', SPOKEN, [courseId]);
  }

  async isUsed(bundle: string): Promise<boolean> {
    return (await this.db.readOne('recording.used', USED, [bundle])) !== undefined;
  }
}
