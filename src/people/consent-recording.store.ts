import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { ListeningLanguage, Speaker } from '../shared/listening/listening-language.js';
import type { ConsentLine } from './consent-script.js';

/** Somebody, or a machine, reading a line of a version of the consent in a language. */
export interface ConsentRecording {
  readonly id: string;
  readonly line: ConsentLine;
  readonly lang: ListeningLanguage;
  /** Version of the consent that was read. */
  readonly version: string;
  /** Digest of the words that are spoken. */
  readonly words: string;
  readonly speaker: Speaker;
  /** Name of its bundle on the media shelf, its own alone. */
  readonly bundle: string;
  readonly bytes: number;
  readonly durationMs: number;
}

/** The same with who recorded it and when. */
export interface OwnedConsentRecording extends ConsentRecording {
  readonly recordedBy: string | null;
  readonly recordedAt: Date;
}

const ALL = `
  SELECT r.id, r.line, r.lang, r.text_version AS version, r.words, r.speaker, r.bundle, r.bytes,
         r.duration_ms AS "durationMs", a.name AS "recordedBy", r.recorded_at AS "recordedAt"
    FROM consent_recording r LEFT JOIN account a ON a.id = r.recorded_by
   ORDER BY r.recorded_at DESC, r.id`;
const BEFORE = `
  DELETE FROM consent_recording WHERE line = $1 AND lang = $2 AND text_version = $3 AND words = $4 RETURNING bundle`;
const ADD = `
  INSERT INTO consent_recording
    (id, line, lang, text_version, words, speaker, bundle, bytes, duration_ms, recorded_by, recorded_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
const REMOVE = `DELETE FROM consent_recording WHERE id = $1 RETURNING line, lang, bundle`;

/** Rows of the consent's recordings: one for each line, language, version and wording; the last one read stands. */
@Injectable()
export class ConsentRecordingStore {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Of all versions and wordings, the latest first. */
  all(): Promise<OwnedConsentRecording[]> {
    return this.db.read<OwnedConsentRecording>('consentRecording.all', ALL);
  }

  /** Inside a transaction that nobody else records in. @returns the bundle of the recording that it replaces */
  async put(recording: ConsentRecording, accountId: string): Promise<string | undefined> {
    const { id, line, lang, version, words, speaker, bundle, bytes, durationMs } = recording;
    const key = [line, lang, version, words];
    const before = await this.db.readOne<{ bundle: string }>('consentRecording.before', BEFORE, key);
    await this.db.write('consentRecording.add', ADD, [
      ...[id, ...key, speaker, bundle, bytes, durationMs, accountId, this.clock.now()],
    ]);
    return before?.bundle;
  }

  /** @returns undefined when there is no such recording */
  remove(id: string): Promise<Pick<ConsentRecording, 'line' | 'lang' | 'bundle'> | undefined> {
    return this.db.readOne('consentRecording.remove', REMOVE, [id]);
  }
}
