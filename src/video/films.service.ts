import { Injectable } from '@nestjs/common';
import { CourseAuthorQuery } from '../courses/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { JobQueue } from '../shared/jobs/job.queue.js';
import { isUuid, newId } from '../shared/new-id.js';
import { type FilmCode, FilmNotFailed, type FilmParams, isWorthAnotherTry } from './film.errors.js';
import { type FilmRow, FilmStore } from './film.store.js';

/** Kind of the job that makes a film. */
export const FILM_KIND = 'video.film';
/** Tries of one film before it is given up; a file that is at fault is given up at once. */
export const FILM_TRIES = 3;

/** How far a film is. */
export interface FilmState {
  readonly filmId: string;
  readonly uploadId: string;
  readonly courseId: string;
  /** Folder of the module and id of the block that it is made for. */
  readonly module: string;
  readonly part: string;
  readonly state: 'working' | 'placed' | 'failed';
  /** Milliseconds of the source that are made, of `total`; 0 of 0 until the file was looked at. */
  readonly done: number;
  readonly total: number;
  /** Why there is no film, where it has failed; the sentence is `errors:<code>`. */
  readonly failure?: { readonly code: FilmCode; readonly params: FilmParams };
}

/** Films that are made of uploads. */
@Injectable()
export class Films {
  constructor(
    private readonly db: Database,
    private readonly store: FilmStore,
    private readonly queue: JobQueue,
    private readonly courses: CourseAuthorQuery,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Begins the film of an upload whose file is in the file store; in the caller's transaction.
   *
   * @param requestedBy account that sent it
   * @returns id of the film
   */
  async begin(uploadId: string, requestedBy?: string): Promise<string> {
    const id = newId();
    await this.store.insert(id, uploadId, await this.enqueue(id, requestedBy));
    return id;
  }

  /** How far the films of these uploads are, by the upload's id; one that was not begun is not there. */
  async states(uploadIds: readonly string[]): Promise<ReadonlyMap<string, FilmState>> {
    const rows = uploadIds.length === 0 ? [] : await this.store.ofUploads(uploadIds);
    return new Map(rows.map((row) => [row.uploadId, stateOf(row)]));
  }

  /** The same, for whoever sent it and for the authors of its course. @throws NotFound for everybody else */
  async stateFor(actor: StaffActor, uploadId: string): Promise<FilmState> {
    const row = isUuid(uploadId) ? await this.store.ofUpload(uploadId) : undefined;
    if (!row) throw new NotFound('film');
    if (row.accountId !== actor.accountId) await this.assertAuthor(actor, row);
    return stateOf(row);
  }

  /**
   * Begins a film that has failed once more.
   *
   * @throws NotFound for whoever does not write its course, and where its source is gone; FilmNotFailed for one that is being made, or in its place
   */
  async again(actor: StaffActor, filmId: string): Promise<void> {
    await this.db.transaction(async () => {
      const row = isUuid(filmId) ? await this.store.lock(filmId) : undefined;
      if (!row) throw new NotFound('film');
      await this.assertAuthor(actor, row);
      const { state, failure } = stateOf(row);
      if (state !== 'failed' || !isWorthAnotherTry(failure?.code ?? '')) throw new FilmNotFailed();
      // A month later its source is gone. Read after the lock: whoever took it away has committed before.
      if (!(await this.store.work(row.id))) throw new NotFound('film');
      await this.store.beginAgain(row.id, await this.enqueue(row.id, actor.accountId));
      await this.audit.record(actor, {
        ...{ action: 'video.film.again', subjectKind: 'film', subjectId: row.id },
        ...{ organisationId: row.organisationId, facts: { failure: row.failure } },
      });
    });
  }

  private enqueue(filmId: string, requestedBy: string | undefined): Promise<string> {
    return this.queue.enqueue({
      ...{ kind: FILM_KIND, payload: { filmId }, dedupeKey: filmId, maxAttempts: FILM_TRIES },
      ...(requestedBy === undefined ? {} : { requestedBy }),
    });
  }

  private async assertAuthor(actor: StaffActor, { courseId }: FilmRow): Promise<void> {
    try {
      await this.courses.get(actor, courseId);
    } catch (error) {
      throw error instanceof NotFound ? new NotFound('film') : error;
    }
  }
}

function stateOf(row: FilmRow): FilmState {
  const { id: filmId, uploadId, courseId, module, part, done, total, params } = row;
  // A worker that was killed in its last try could not say so.
  const isAbandoned = row.state === 'working' && row.jobState === 'dead';
  const code = isAbandoned ? 'film-interrupted' : row.failure;
  return {
    ...{ filmId, uploadId, courseId, module, part, done, total: total ?? 0 },
    state: isAbandoned ? 'failed' : row.state,
    ...(code === null ? {} : { failure: { code: code as FilmCode, params } }),
  };
}
