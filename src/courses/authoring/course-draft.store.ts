import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { newId } from '../../shared/new-id.js';
import type { SourceFile, SourceFiles } from '../course-source.service.js';

/** An open draft: a version's files, and what was written over them revision by revision. */
export interface Draft {
  readonly id: string;
  readonly courseId: string;
  readonly baseVersionId: string | null;
  readonly revision: number;
}

/** What an author had before their eyes; a revision that never was is the first one: then anything is a conflict. */
export function seenRevision({ revision: now }: Draft, revision: number): number {
  return Number.isInteger(revision) && revision > 0 && revision <= now ? revision : 1;
}

/** A saved revision, for the history; `kept` is what somebody typed who saved second. */
export interface Revision {
  readonly number: number;
  readonly kind: 'open' | 'edit' | 'files' | 'restore' | 'conflict';
  readonly author: string | null;
  readonly at: Date;
  readonly file: string | null;
  readonly part: string | null;
  readonly kept: string | null;
}

/** What a revision says of itself. */
export interface RevisionNote {
  readonly kind: Revision['kind'];
  readonly accountId: string;
  readonly file?: string;
  readonly part?: string;
  readonly kept?: string;
}

const DRAFT = `
  SELECT id, course_id AS "courseId", base_version_id AS "baseVersionId", revision
    FROM course_draft WHERE course_id = $1 AND closed_at IS NULL`;
const OPEN = `
  INSERT INTO course_draft (id, course_id, base_version_id, revision, opened_by, opened_at) VALUES ($1, $2, $3, 0, $4, $5)
  ON CONFLICT (course_id) WHERE closed_at IS NULL DO NOTHING`;
const CLOSE = `UPDATE course_draft SET closed_at = $2, closed_as = $3 WHERE id = $1`;
const FILES = `
  SELECT path, sha256, bytes
    FROM (SELECT DISTINCT ON (path) path, sha256, bytes FROM course_draft_file
           WHERE draft_id = $1 AND revision <= $2 ORDER BY path, revision DESC) f
   WHERE sha256 IS NOT NULL
   ORDER BY path`;
const NEXT = `UPDATE course_draft SET revision = revision + 1 WHERE id = $1 RETURNING revision`;
const NOTE = `
  INSERT INTO course_revision (draft_id, number, kind, account_id, at, file, part, kept) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;
const PUT = `
  INSERT INTO course_draft_file (draft_id, path, revision, sha256, bytes)
  SELECT $1, f.path, $2, f.sha256, f.bytes FROM unnest($3::text[], $4::text[], $5::integer[]) AS f(path, sha256, bytes)`;
const HOLDS = `SELECT EXISTS (SELECT 1 FROM course_draft_file WHERE sha256 = $1) AS holds`;
const REVISIONS = `
  SELECT r.number, r.kind, a.name AS author, r.at, r.file, r.part, r.kept
    FROM course_revision r LEFT JOIN account a ON a.id = r.account_id
   WHERE r.draft_id = $1 AND r.number < $2
   ORDER BY r.number DESC LIMIT 50`;

/** Rows of drafts. Whoever writes holds the draft's row, so that revisions come one after the other. */
@Injectable()
export class CourseDraftStore {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  find(courseId: string): Promise<Draft | undefined> {
    return this.db.readOne<Draft>('courseDraft.find', DRAFT, [courseId]);
  }

  /** The open draft, its row locked until the end of the transaction. @throws NotFound */
  async lock(courseId: string): Promise<Draft> {
    const draft = await this.db.readOne<Draft>('courseDraft.lock', `${DRAFT} FOR UPDATE`, [courseId]);
    if (!draft) throw new NotFound('draft');
    return draft;
  }

  /** Opens a draft unless one is open. */
  async open(courseId: string, baseVersionId: string | null, accountId: string): Promise<Draft> {
    await this.db.write('courseDraft.open', OPEN, [
      newId(),
      courseId,
      baseVersionId,
      accountId,
      this.clock.now(),
    ]);
    return this.lock(courseId);
  }

  async close(draft: Draft, as: 'published' | 'discarded'): Promise<void> {
    await this.db.write('courseDraft.close', CLOSE, [draft.id, this.clock.now(), as]);
  }

  /** Every file as it stood at a revision; unset: now. */
  async files(draft: Draft, revision = draft.revision): Promise<SourceFiles> {
    const rows = await this.db.read<SourceFile & { path: string }>('courseDraft.files', FILES, [
      draft.id,
      revision,
    ]);
    const files = rows.map(({ path, sha256, bytes }) => [path, { sha256, bytes }] as const);
    // Without a prototype: asked for `__proto__`, it has no such file.
    return Object.assign(Object.create(null) as Record<string, SourceFile>, Object.fromEntries(files));
  }

  /** Does any revision of any draft name these bytes? */
  async holds(sha256: string): Promise<boolean> {
    const row = await this.db.readOne<{ holds: boolean }>('courseDraft.holds', HOLDS, [sha256]);
    return row?.holds === true;
  }

  /** Saves a revision with what it changes; `null` takes a file away. @returns its number */
  async save(
    draft: Draft,
    changes: Readonly<Record<string, SourceFile | null>>,
    note: RevisionNote,
  ): Promise<number> {
    const next = await this.db.readOne<{ revision: number }>('courseDraft.next', NEXT, [draft.id]);
    const revision = next?.revision ?? 0;
    const { kind, accountId, file = null, part = null, kept = null } = note;
    await this.db.write('courseDraft.note', NOTE, [
      draft.id,
      revision,
      kind,
      accountId,
      this.clock.now(),
      file,
      part,
      kept,
    ]);
    const paths = Object.keys(changes);
    await this.db.write('courseDraft.put', PUT, [
      ...[draft.id, revision, paths],
      paths.map((path) => changes[path]?.sha256 ?? null),
      paths.map((path) => changes[path]?.bytes ?? 0),
    ]);
    return revision;
  }

  /** Fifty revisions, the newest first, below a number. */
  revisions(draft: Draft, before = 2_147_483_647): Promise<Revision[]> {
    return this.db.read<Revision>('courseDraft.revisions', REVISIONS, [draft.id, before]);
  }
}
