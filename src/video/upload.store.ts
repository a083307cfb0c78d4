import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { WORTH_ANOTHER_TRY } from './film.errors.js';
import type { NewUpload, Upload } from './upload.js';

const COLUMNS = `
  u.id, u.account_id AS "accountId", u.organisation_id AS "organisationId", u.course_id AS "courseId", u.module, u.part,
  u.spoken, u.file_name AS "fileName", u.bytes::float8 AS bytes, u.state, u.sha256, u.refusal,
  u.created_at AS "createdAt", u.touched_at AS "touchedAt"`;
const FIND = `SELECT ${COLUMNS} FROM video_upload u WHERE u.id = $1`;
const OF_BLOCK = `
  SELECT ${COLUMNS}, a.name AS "sentBy" FROM video_upload u JOIN account a ON a.id = u.account_id
   WHERE u.course_id = $1 AND u.module = $2 AND u.part = $3 ORDER BY u.created_at DESC, u.id DESC LIMIT 20`;
const UNFINISHED = `
  SELECT ${COLUMNS}, c.slug AS course FROM video_upload u JOIN course c ON c.id = u.course_id
   WHERE u.account_id = $1 AND u.state = 'receiving' ORDER BY u.created_at, u.id`;
// What was received counts until its film is settled: its bytes lie on the disk as those of one that is on its way.
const UNSETTLED = `
  SELECT count(*)::int AS n FROM video_upload u
   WHERE u.account_id = $1
     AND (u.state = 'receiving'
          OR (u.state = 'received'
              AND EXISTS (SELECT 1 FROM film f
                           WHERE f.upload_id = u.id
                             AND (f.state = 'working' OR (f.state = 'failed' AND f.failure = ANY ($2::text[]))))))`;
// Two that begin at once are counted one after the other.
const IN_TURN = `SELECT pg_advisory_xact_lock(hashtextextended('video_upload ' || $1, 0))::text AS held`;
const COMING = `SELECT coalesce(sum(bytes), 0)::float8 AS bytes FROM video_upload WHERE state = 'receiving'`;
const INSERT = `
  INSERT INTO video_upload (id, organisation_id, account_id, course_id, module, part, spoken, file_name, bytes, state,
                            created_at, touched_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'receiving', $10, $10)`;
const FORGET = `DELETE FROM video_upload WHERE id = $1 AND state = 'receiving'`;
const TOUCH = `UPDATE video_upload SET touched_at = $2 WHERE id = $1 AND state = 'receiving'`;
const MEASURE = `UPDATE video_upload SET bytes = $2 WHERE id = $1 AND state = 'receiving'`;
const END = `
  UPDATE video_upload SET state = $2, refusal = $3, touched_at = $4 WHERE id = $1 AND state = 'receiving'`;
const RECEIVE = `
  UPDATE video_upload SET state = 'received', sha256 = $2, touched_at = $3 WHERE id = $1 AND state = 'receiving'`;
const STALE = `SELECT id FROM video_upload WHERE state = 'receiving' AND touched_at <= $1 ORDER BY touched_at LIMIT 500`;
const EXPIRE = `
  UPDATE video_upload SET state = 'expired', touched_at = $3
   WHERE id = $1 AND state = 'receiving' AND touched_at <= $2`;
const FORSAKEN = `
  SELECT u.id FROM video_upload u JOIN film f ON f.upload_id = u.id
   WHERE u.state = 'received' AND f.state = 'failed' AND f.failure = ANY ($2::text[]) AND f.finished_at <= $1
   ORDER BY f.finished_at LIMIT 500`;
// The film is locked: whoever begins it once more at the same moment comes before, or finds no source.
const FORSAKE = `
  WITH old AS (
    SELECT u.id, u.sha256 FROM video_upload u JOIN film f ON f.upload_id = u.id
     WHERE u.id = $1 AND u.state = 'received'
       AND f.state = 'failed' AND f.failure = ANY ($3::text[]) AND f.finished_at <= $2
       FOR UPDATE OF u, f)
  UPDATE video_upload u SET state = 'expired', sha256 = NULL, touched_at = $4
    FROM old WHERE u.id = old.id RETURNING old.sha256`;
const LIVE = `SELECT id FROM video_upload WHERE state = 'receiving' AND id::text = ANY ($1::text[])`;
// A film that is in its place, or can never be made, needs its source no more.
const HOLDS = `
  SELECT EXISTS (
    SELECT 1 FROM video_upload u
     WHERE u.sha256 = $1
       AND NOT EXISTS (SELECT 1 FROM film f
                        WHERE f.upload_id = u.id
                          AND (f.state = 'placed' OR (f.state = 'failed' AND f.failure <> ALL ($2::text[]))))) AS held`;

/** Rows of uploads. */
@Injectable()
export class UploadStore {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  find(id: string): Promise<Upload | undefined> {
    return this.db.readOne<Upload>('videoUpload.find', FIND, [id]);
  }

  /** What was sent for a block, newest first. */
  ofBlock(courseId: string, module: string, part: string): Promise<(Upload & { sentBy: string })[]> {
    return this.db.read('videoUpload.ofBlock', OF_BLOCK, [courseId, module, part]);
  }

  /** What an account has begun and not ended, oldest first, with the slug of the course. */
  unfinished(accountId: string): Promise<(Upload & { course: string })[]> {
    return this.db.read('videoUpload.unfinished', UNFINISHED, [accountId]);
  }

  /** How many of an account take room: those on their way, and those whose film is neither placed nor refused. */
  async unsettled(accountId: string): Promise<number> {
    const values = [accountId, WORTH_ANOTHER_TRY];
    return (await this.db.readOne<{ n: number }>('videoUpload.unsettled', UNSETTLED, values))?.n ?? 0;
  }

  /** Until the open transaction ends this account begins no other. */
  async inTurn(accountId: string): Promise<void> {
    await this.db.read('videoUpload.inTurn', IN_TURN, [accountId]);
  }

  /** Bytes of everything that is on its way, as announced. */
  async comingBytes(): Promise<number> {
    return (await this.db.readOne<{ bytes: number }>('videoUpload.coming', COMING))?.bytes ?? 0;
  }

  async insert(
    id: string,
    by: { accountId: string; organisationId: string },
    { courseId, module, part, spoken, fileName, bytes }: NewUpload,
  ): Promise<void> {
    const place = [courseId, module, part, spoken, fileName, bytes];
    const values = [id, by.organisationId, by.accountId, ...place, this.clock.now()];
    await this.db.write('videoUpload.insert', INSERT, values);
  }

  /** Drops an upload that never began. */
  async forget(id: string): Promise<void> {
    await this.db.write('videoUpload.forget', FORGET, [id]);
  }

  /** Some byte came: the week begins anew. */
  async touch(id: string): Promise<void> {
    await this.db.write('videoUpload.touch', TOUCH, [id, this.clock.now()]);
  }

  /** How large it is in truth: a form says only how large the whole of it is. */
  async measure(id: string, bytes: number): Promise<void> {
    await this.db.write('videoUpload.measure', MEASURE, [id, bytes]);
  }

  /** @returns false when it had ended before */
  async end(id: string, state: 'cancelled' | 'refused', refusal: string | null = null): Promise<boolean> {
    return (await this.db.write('videoUpload.end', END, [id, state, refusal, this.clock.now()])) > 0;
  }

  /** @returns false when it had ended before */
  async receive(id: string, sha256: string): Promise<boolean> {
    return (await this.db.write('videoUpload.receive', RECEIVE, [id, sha256, this.clock.now()])) > 0;
  }

  async stale(before: Date): Promise<string[]> {
    return (await this.db.read<{ id: string }>('videoUpload.stale', STALE, [before])).map(({ id }) => id);
  }

  /** @returns false when a byte has come since, or it had ended */
  async expire(id: string, before: Date): Promise<boolean> {
    return (await this.db.write('videoUpload.expire', EXPIRE, [id, before, this.clock.now()])) > 0;
  }

  /** Received ones whose film has failed before then, and was not begun once more. */
  async forsaken(before: Date): Promise<string[]> {
    const values = [before, WORTH_ANOTHER_TRY];
    return (await this.db.read<{ id: string }>('videoUpload.forsaken', FORSAKEN, values)).map(({ id }) => id);
  }

  /** Ends one of them. @returns the name of its bytes, which it needs no more; undefined when it is none of them now */
  async forsake(id: string, before: Date): Promise<string | undefined> {
    const values = [id, before, WORTH_ANOTHER_TRY, this.clock.now()];
    return (await this.db.readOne<{ sha256: string }>('videoUpload.forsake', FORSAKE, values))?.sha256;
  }

  /** Of these ids, those of uploads that wait for bytes. */
  async live(ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.db.read<{ id: string }>('videoUpload.live', LIVE, [ids]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Is a film still to be made of these bytes of the file store? */
  async holds(sha256: string): Promise<boolean> {
    return (
      (await this.db.readOne<{ held: boolean }>('videoUpload.holds', HOLDS, [sha256, WORTH_ANOTHER_TRY]))
        ?.held === true
    );
  }
}
