import { Injectable } from '@nestjs/common';
import type { StaffActor, StaffAuthor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Database } from '../../shared/database/database.js';
import { DomainError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { CourseText, CourseTextInvalid } from '../course-file/course-text.js';
import { CourseSources, isAttachment, type SourceFile, type SourceFiles } from '../course-source.service.js';
import { DraftConflict } from './authoring.errors.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftStore, type Draft, type Revision, seenRevision } from './course-draft.store.js';
import type { DraftFinding } from './draft-finding.js';
import { partText, WHOLE } from './draft-part.js';
import { DraftReader, type DraftReading } from './draft-reading.service.js';

/** One save: what part of which file, made upon which revision, and how it changes. */
export interface DraftEdit {
  readonly file: string;
  readonly part: string;
  /** Revision that the author had before their eyes. */
  readonly revision: number;
  apply(text: CourseText): void;
  /** Files that come with it, such as a picture; made of the draft's own as they stand when the edit is saved. */
  readonly more?: MoreFiles | ((files: SourceFiles) => Promise<MoreFiles>);
}

type MoreFiles = Readonly<Record<string, SourceFile | null>>;

/** A draft as it stands. */
export interface OpenDraft extends Draft {
  readonly files: SourceFiles;
}

const VERSION_FILES = `SELECT files FROM course_version WHERE id = $1 AND course_id = $2`;
const PENDING = `SELECT files FROM course_pending WHERE course_id = $1`;
const SETTLED = `DELETE FROM course_pending WHERE course_id = $1`;

/** Drafts: opened on what is published, saved part by part, put back to any revision. Nothing typed is ever lost. */
@Injectable()
export class CourseDraftService {
  constructor(
    private readonly db: Database,
    private readonly store: CourseDraftStore,
    private readonly sources: CourseSources,
    private readonly reader: DraftReader,
    private readonly audit: AuditLog,
  ) {}

  /** The open draft of a course; opens one on the published version where there is none. */
  async open(actor: StaffAuthor, course: AuthoredCourse): Promise<OpenDraft> {
    const found = await this.store.find(course.id);
    if (found) return { ...found, files: await this.store.files(found) };
    return this.db.transaction(async () => {
      const draft = await this.store.open(course.id, course.published?.id ?? null, actor.accountId);
      if (draft.revision > 0) return { ...draft, files: await this.store.files(draft) };
      const files = course.published ? await this.filesOf(course, course.published.id) : {};
      const revision = await this.store.save(draft, files, { kind: 'open', accountId: actor.accountId });
      await this.record(actor, course, 'open', { revision });
      return { ...draft, revision, files };
    });
  }

  /** The text of a file of the draft, now or at a revision. @throws NotFound */
  async textOf(draft: Draft, file: string, revision?: number): Promise<string> {
    const source = (await this.store.files(draft, revision))[file];
    if (!source || !file.endsWith('.yaml')) throw new NotFound('file');
    return (await this.sources.read(source)).toString('utf8');
  }

  /**
   * Saves an edit of one part. Somebody who saved another part in the meantime is no hindrance.
   *
   * @returns the new revision; the present one when nothing changes
   * @throws DraftConflict when the same part was saved since; InvalidFields naming what is wrong, and nothing is saved
   */
  async edit(actor: StaffActor, course: AuthoredCourse, edit: DraftEdit): Promise<number> {
    const outcome = await this.db.transaction(() => this.tryEdit(actor, course, edit));
    if (typeof outcome === 'number') return outcome;
    throw new DraftConflict(outcome);
  }

  /**
   * The text that an edit would change, before any work is put into what comes with it. Nothing is locked or saved: the
   * edit looks again.
   *
   * @throws NotFound for no such file; DraftConflict when the same part was saved since
   */
  async foresee(draft: OpenDraft, edit: Omit<DraftEdit, 'apply' | 'more'>): Promise<CourseText> {
    const text = await this.parse(draft.files[edit.file]);
    if (edit.revision === draft.revision) return text;
    const yours = partText(await this.baseOf(draft, edit), edit.part);
    const theirs = partText(text, edit.part);
    if (yours === theirs) return text;
    // Nothing was typed: what the author saw stands in the history, at the revision that it had.
    throw new DraftConflict({
      revision: draft.revision,
      yours,
      theirs,
      keptAs: seenRevision(draft, edit.revision),
    });
  }

  /** Puts the draft back to how it stood at a revision; what came since stays in the history. */
  async restore(actor: StaffActor, course: AuthoredCourse, revision: number): Promise<number> {
    return this.db.transaction(async () => {
      const draft = await this.store.lock(course.id);
      if (!Number.isInteger(revision) || revision < 1 || revision > draft.revision)
        throw new NotFound('revision');
      return this.replaceAll(actor, course, draft, await this.store.files(draft, revision), 'restore');
    });
  }

  /** Makes the draft what the folder's files say now, which were put aside when they came. @throws NotFound */
  async takePending(actor: StaffActor, course: AuthoredCourse): Promise<number> {
    const draft = await this.open(actor, course);
    return this.db.transaction(async () => {
      const pending = await this.db.readOne<{ files: SourceFiles }>('draft.pending', PENDING, [course.id]);
      if (!pending) throw new NotFound('files');
      await this.store.lock(course.id);
      await this.db.write('draft.settled', SETTLED, [course.id]);
      return this.replaceAll(actor, course, draft, pending.files, 'files');
    });
  }

  /** Drops what the folder's files say: the published version stands. */
  async dropPending(actor: StaffActor, course: AuthoredCourse): Promise<void> {
    await this.db.transaction(async () => {
      await this.db.write('draft.settled', SETTLED, [course.id]);
      await this.record(actor, course, 'drop-files', {});
    });
  }

  async discard(actor: StaffActor, course: AuthoredCourse): Promise<void> {
    await this.db.transaction(async () => {
      const draft = await this.store.lock(course.id);
      await this.store.close(draft, 'discarded');
      await this.record(actor, course, 'discard', { revision: draft.revision });
    });
  }

  /** @throws NotFound when no draft is open */
  async history(course: AuthoredCourse, before?: number): Promise<Revision[]> {
    const draft = await this.store.find(course.id);
    if (!draft) throw new NotFound('draft');
    return this.store.revisions(draft, before);
  }

  read(course: AuthoredCourse, files: SourceFiles): Promise<DraftReading> {
    return this.reader.read(course.slug, files);
  }

  private async tryEdit(
    actor: StaffActor,
    course: AuthoredCourse,
    edit: DraftEdit,
  ): Promise<number | DraftConflict['conflict']> {
    const draft = await this.store.lock(course.id);
    const files = await this.store.files(draft);
    const text = await this.parse(files[edit.file]);
    const before = text.toString();
    const base = edit.revision === draft.revision ? undefined : await this.baseOf(draft, edit);
    const theirs = partText(text, edit.part);
    if (base !== undefined && partText(base, edit.part) !== theirs) {
      applyOrRefuse(base, edit);
      const yours = partText(base, edit.part);
      if (yours === theirs) return draft.revision;
      const keptAs = await this.store.save(
        draft,
        {},
        { ...noteOf(actor, edit), kind: 'conflict', kept: yours },
      );
      return { revision: keptAs, yours, theirs, keptAs };
    }
    applyOrRefuse(text, edit);
    const after = text.toString();
    const more = typeof edit.more === 'function' ? await edit.more(files) : (edit.more ?? {});
    if (after === before && Object.keys(more).length === 0) return draft.revision;
    const changes = {
      ...droppedAttachments(files, edit.file, before, after),
      ...more,
      [edit.file]: await this.sources.keep(Buffer.from(after)),
    };
    await this.refuseWrong(course, { ...files, ...changes }, edit);
    return this.store.save(draft, changes, { ...noteOf(actor, edit), kind: 'edit' });
  }

  /** Unfinished may be saved; wrong may not, and the field is named. */
  private async refuseWrong(
    course: AuthoredCourse,
    files: Record<string, SourceFile | null>,
    edit: DraftEdit,
  ): Promise<void> {
    const { findings } = await this.reader.read(course.slug, present(files));
    const wrong = findings.filter((finding) => !finding.isGap && isOf(finding, edit));
    if (wrong.length === 0) return;
    throw new InvalidFields(
      wrong.map(({ pointer, code, params, line }) => ({
        pointer: pointer || '/',
        code: `course-${code}`,
        params: { ...params, line },
      })),
    );
  }

  /** What the author had before their eyes. */
  private async baseOf(draft: Draft, edit: Pick<DraftEdit, 'file' | 'revision'>): Promise<CourseText> {
    return this.parse((await this.store.files(draft, seenRevision(draft, edit.revision)))[edit.file]);
  }

  private async parse(source: SourceFile | undefined): Promise<CourseText> {
    if (!source) throw new NotFound('file');
    return CourseText.parse((await this.sources.read(source)).toString('utf8'));
  }

  private async replaceAll(
    actor: StaffActor,
    course: AuthoredCourse,
    draft: Draft,
    files: SourceFiles,
    kind: 'restore' | 'files',
  ): Promise<number> {
    const now = await this.store.files(draft);
    const changes: Record<string, SourceFile | null> = {};
    for (const path of Object.keys(now)) if (!(path in files)) changes[path] = null;
    for (const [path, file] of Object.entries(files))
      if (now[path]?.sha256 !== file.sha256) changes[path] = file;
    const revision = await this.store.save(draft, changes, { kind, accountId: actor.accountId });
    await this.record(actor, course, kind, { revision });
    return revision;
  }

  private async filesOf(course: AuthoredCourse, versionId: string): Promise<SourceFiles> {
    const row = await this.db.readOne<{ files: SourceFiles | null }>('draft.versionFiles', VERSION_FILES, [
      versionId,
      course.id,
    ]);
    if (!row?.files) throw new NotFound('files');
    return row.files;
  }

  private record(
    actor: StaffAuthor,
    course: AuthoredCourse,
    verb: string,
    facts: Record<string, number>,
  ): Promise<void> {
    const subject = { subjectKind: 'course', subjectId: course.id, organisationId: course.organisationId };
    return this.audit.record(actor, { action: `courses.draft.${verb}`, ...subject, facts });
  }
}

function noteOf(
  actor: StaffActor,
  { file, part }: DraftEdit,
): { accountId: string; file: string; part: string } {
  return { accountId: actor.accountId, file, part };
}

/** What was typed may not parse, or name a place that cannot be. */
function applyOrRefuse(text: CourseText, edit: DraftEdit): void {
  try {
    edit.apply(text);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    const params = error instanceof CourseTextInvalid ? { line: error.line } : { line: 1 };
    throw new InvalidFields([{ pointer: '/source', code: 'course-yaml', params }]);
  }
}

/** Files that blocks handed out and no block names any more: they go with the words that named them, and come back with these. */
function droppedAttachments(
  files: SourceFiles,
  file: string,
  before: string,
  after: string,
): Record<string, null> {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const dropped = Object.keys(files).filter((path) => {
    const name = path.slice(folder.length);
    return path.startsWith(folder) && isAttachment(name) && before.includes(name) && !after.includes(name);
  });
  return Object.fromEntries(dropped.map((path) => [path, null]));
}

function isOf(finding: DraftFinding, { file, part }: DraftEdit): boolean {
  return part === WHOLE ? finding.file === file : finding.file === file && finding.part === part;
}

function present(files: Readonly<Record<string, SourceFile | null>>): SourceFiles {
  return Object.fromEntries(
    Object.entries(files).filter((entry): entry is [string, SourceFile] => entry[1] !== null),
  );
}
