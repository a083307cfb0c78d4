import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { JobState } from '../shared/jobs/job.js';
import { type FilmParams } from './film.errors.js';
import { type Spoken } from './upload.js';

export type FilmRowState = 'working' | 'placed' | 'failed';

/** A film as its row, its upload and its job have it. */
export interface FilmRow {
  readonly id: string;
  readonly uploadId: string;
  readonly courseId: string;
  readonly module: string;
  readonly part: string;
  readonly organisationId: string | null;
  /** Who sent what it is made of. */
  readonly accountId: string;
  readonly state: FilmRowState;
  readonly failure: string | null;
  readonly params: FilmParams;
  readonly jobState: JobState;
  /** Milliseconds of the source; null until they are known. */
  readonly done: number;
  readonly total: number | null;
}

/** What the job works on. */
export interface FilmWork {
  readonly state: FilmRowState;
  readonly accountId: string;
  readonly courseId: string;
  readonly module: string;
  readonly part: string;
  readonly spoken: Spoken;
  readonly sha256: string;
  readonly bytes: number;
}

const INSERT = `
  INSERT INTO film (id, upload_id, job_id, state, created_at) VALUES ($1, $2, $3, 'working', $4)`;
const SELECT = `
  SELECT f.id, f.upload_id AS "uploadId", u.course_id AS "courseId", u.module, u.part,
         u.organisation_id AS "organisationId", u.account_id AS "accountId", f.state, f.failure, f.params, j.state AS "jobState", j.progress_done AS done,
         j.progress_total AS total
    FROM film f JOIN video_upload u ON u.id = f.upload_id JOIN job j ON j.id = f.job_id`;
const BY_UPLOADS = `${SELECT} WHERE f.upload_id = ANY ($1::uuid[])`;
const BY_UPLOAD = `${SELECT} WHERE f.upload_id = $1`;
// The row alone: with its job joined, a job that came while one waits for the lock would not be seen, and no row found.
const LOCK = `SELECT id FROM film WHERE id = $1 FOR UPDATE`;
const BY_ID = `${SELECT} WHERE f.id = $1`;
const WORK = `
  SELECT f.state, u.account_id AS "accountId", u.course_id AS "courseId", u.module, u.part, u.spoken, u.sha256,
         u.bytes::float8 AS bytes
    FROM film f JOIN video_upload u ON u.id = f.upload_id
   WHERE f.id = $1 AND u.sha256 IS NOT NULL`;
const AGAIN = `
  UPDATE film SET state = 'working', job_id = $2, failure = NULL, params = '{}', finished_at = NULL WHERE id = $1`;
const END = `
  UPDATE film SET state = $2, failure = $3, params = $4, finished_at = $5 WHERE id = $1 AND state = 'working'`;
const SUPERSEDED = `
  SELECT EXISTS (
    SELECT 1 FROM film mine JOIN video_upload u ON u.id = mine.upload_id
      JOIN video_upload later ON later.course_id = u.course_id AND later.module = u.module AND later.part = u.part
       AND (later.created_at, later.id) > (u.created_at, u.id)
      JOIN film its ON its.upload_id = later.id AND its.state = 'placed'
     WHERE mine.id = $1) AS superseded`;
const ABANDONED = `
  SELECT f.id FROM film f JOIN job j ON j.id = f.job_id WHERE f.state = 'working' AND j.state = 'dead' LIMIT 100`;
const MADE = `
  UPDATE film SET made = ARRAY(SELECT DISTINCT unnest(made || $2::text[])) WHERE id = $1 AND state = 'working'`;
const TAKE_MADE = `
  UPDATE film f SET made = '{}' FROM (SELECT id, made FROM film WHERE id = $1 FOR UPDATE) old
   WHERE f.id = old.id RETURNING old.made`;
const HOLDS = `SELECT EXISTS (SELECT 1 FROM film WHERE $1 = ANY (made)) AS holds`;

/** Rows of films. */
@Injectable()
export class FilmStore {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async insert(id: string, uploadId: string, jobId: string): Promise<void> {
    await this.db.write('film.insert', INSERT, [id, uploadId, jobId, this.clock.now()]);
  }

  ofUpload(uploadId: string): Promise<FilmRow | undefined> {
    return this.db.readOne<FilmRow>('film.ofUpload', BY_UPLOAD, [uploadId]);
  }

  ofUploads(uploadIds: readonly string[]): Promise<FilmRow[]> {
    return this.db.read<FilmRow>('film.ofUploads', BY_UPLOADS, [uploadIds]);
  }

  /** The film, its row locked until the end of the transaction. */
  async lock(id: string): Promise<FilmRow | undefined> {
    await this.db.read('film.lock', LOCK, [id]);
    return this.db.readOne<FilmRow>('film.byId', BY_ID, [id]);
  }

  /** @returns undefined where no file is there to work on */
  work(id: string): Promise<FilmWork | undefined> {
    return this.db.readOne<FilmWork>('film.work', WORK, [id]);
  }

  /** Is the film of an upload that came later in its place already? */
  async isSuperseded(id: string): Promise<boolean> {
    const row = await this.db.readOne<{ superseded: boolean }>('film.superseded', SUPERSEDED, [id]);
    return row?.superseded === true;
  }

  async beginAgain(id: string, jobId: string): Promise<void> {
    await this.db.write('film.again', AGAIN, [id, jobId]);
  }

  async placed(id: string): Promise<void> {
    await this.db.write('film.end', END, [id, 'placed', null, {}, this.clock.now()]);
  }

  async failed(id: string, code: string, params: FilmParams = {}): Promise<void> {
    await this.db.write('film.end', END, [id, 'failed', code, params, this.clock.now()]);
  }

  /** Films that are said to be made and whose job was given up while its worker was not there to say so. */
  async abandoned(): Promise<string[]> {
    return (await this.db.read<{ id: string }>('film.abandoned', ABANDONED)).map(({ id }) => id);
  }

  /** Notes what a run is about to put into the file store. */
  async note(id: string, digests: readonly string[]): Promise<void> {
    await this.db.write('film.made', MADE, [id, digests]);
  }

  /** Forgets what runs have put into the file store. @returns it */
  async forget(id: string): Promise<readonly string[]> {
    return (await this.db.readOne<{ made: string[] }>('film.takeMade', TAKE_MADE, [id]))?.made ?? [];
  }

  /** Does a run need these bytes, which no draft refers to yet? */
  async holds(sha256: string): Promise<boolean> {
    return (await this.db.readOne<{ holds: boolean }>('film.holds', HOLDS, [sha256]))?.holds === true;
  }
}
