import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { PHOTO_TYPE } from '../shared/files/photo.js';
import { isUuid } from '../shared/new-id.js';
import { type Page, pageOf, type Position } from '../shared/paging/cursor.js';
import type { Task, TaskState, TaskStep } from './task.js';

export const TASK_COLUMNS = `
  SELECT t.id, t.person_id AS "personId", t.course_id AS "courseId", c.slug AS "courseSlug", t.module_id AS "moduleId",
         m.slug AS "moduleSlug", t.block, t.state, t.changed_at AS "changedAt"
    FROM task t JOIN module m ON m.id = t.module_id JOIN course c ON c.id = t.course_id`;
const BY_ID = `${TASK_COLUMNS} WHERE t.id = $1`;
const OF_BLOCK = `${TASK_COLUMNS} WHERE t.person_id = $1 AND t.module_id = $2 AND t.block = $3`;
const OF_PERSON = `
  ${TASK_COLUMNS}
   WHERE t.person_id = $1 AND ($2::timestamptz IS NULL OR (t.changed_at, t.id) < ($2, $3::uuid))
   ORDER BY t.changed_at DESC, t.id DESC LIMIT $4`;
const STEPS = `
  SELECT s.task_id AS "taskId", s.id, s.kind, s.at, s.proof, s.link, s.photo, s.note, s.of_step AS "ofStep", s.reason, a.name AS by
    FROM task_step s LEFT JOIN account a ON a.id = s.account_id
   WHERE s.task_id = ANY($1::uuid[])
   ORDER BY s.task_id, s.n`;
const OPEN = `
  INSERT INTO task (id, person_id, course_id, module_id, block, state, changed_at)
  VALUES ($1, $2, $3, $4, $5, 'handed-in', $6)
  ON CONFLICT ON CONSTRAINT task_person_id_module_id_block_key DO NOTHING`;
const LOCK_BLOCK = `SELECT id FROM task WHERE person_id = $1 AND module_id = $2 AND block = $3 FOR UPDATE`;
const LOCK = `SELECT id FROM task WHERE id = $1 FOR UPDATE`;
const FILE = `INSERT INTO stored_file (hash, bytes, media_type) VALUES ($1, $2, '${PHOTO_TYPE}') ON CONFLICT (hash) DO NOTHING`;
const ADD = `
  WITH changed AS (UPDATE task SET state = $3, changed_at = $4 WHERE id = $1)
  INSERT INTO task_step (task_id, id, n, kind, at, version_id, proof, link, photo, note, of_step, reason, account_id)
  VALUES ($1, $2, (SELECT coalesce(max(n), 0) + 1 FROM task_step WHERE task_id = $1), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

/** A task without its steps. */
export type TaskRow = Omit<Task, 'steps'>;

/** A step to be written. */
export interface NewStep {
  readonly id: string;
  readonly kind: TaskState;
  readonly at: Date;
  readonly versionId?: string;
  readonly proof?: string;
  readonly link?: string | null;
  readonly photo?: string | null;
  readonly note?: string | null;
  readonly ofStep?: string;
  readonly reason?: string | null;
  readonly accountId?: string;
}

/** Where a task belongs. */
export interface TaskPlace {
  readonly personId: string;
  readonly courseId: string;
  readonly moduleId: string;
  readonly block: string;
}

/** Tasks and their steps in the database; steps are only ever added. */
@Injectable()
export class TaskStore {
  constructor(private readonly db: Database) {}

  /** @returns undefined when there is none */
  async byId(id: string): Promise<Task | undefined> {
    const row = isUuid(id) ? await this.db.readOne<TaskRow>('task.byId', BY_ID, [id]) : undefined;
    return row && (await this.withSteps([row]))[0];
  }

  /** What a person handed in for one exercise; undefined before the first time. */
  async of(personId: string, moduleId: string, block: string): Promise<Task | undefined> {
    const row = await this.db.readOne<TaskRow>('task.ofBlock', OF_BLOCK, [personId, moduleId, block]);
    return row && (await this.withSteps([row]))[0];
  }

  /** A person's own tasks, the latest change first. */
  async ofPerson(personId: string, after: Position | undefined, limit: number): Promise<Page<Task>> {
    const values = [personId, after?.at ?? null, after?.id ?? null, limit + 1];
    const rows = await this.db.read<TaskRow>('task.ofPerson', OF_PERSON, values);
    return pageOf(await this.withSteps(rows), limit, ({ changedAt, id }) => ({ at: changedAt, id }));
  }

  /** The same rows, each with its steps. */
  async withSteps<T extends TaskRow>(rows: readonly T[]): Promise<(T & Task)[]> {
    if (rows.length === 0) return [];
    const steps = await this.db.read<TaskStep & { taskId: string }>('task.steps', STEPS, [
      rows.map(({ id }) => id),
    ]);
    return rows.map((row) => ({ ...row, steps: steps.filter(({ taskId }) => taskId === row.id) }));
  }

  /** Opens the task of an exercise where there is none, and holds its row until the transaction ends. */
  async open(newTaskId: string, { personId, courseId, moduleId, block }: TaskPlace, at: Date): Promise<Task> {
    await this.db.write('task.open', OPEN, [newTaskId, personId, courseId, moduleId, block, at]);
    await this.db.read('task.lockBlock', LOCK_BLOCK, [personId, moduleId, block]);
    const task = await this.of(personId, moduleId, block);
    if (!task) throw new Error(`Task ${newTaskId} was not opened`);
    return task;
  }

  /** Holds the row of a task until the transaction ends. */
  async lock(id: string): Promise<Task | undefined> {
    await this.db.read('task.lock', LOCK, [id]);
    return this.byId(id);
  }

  /** Writes down that a picture is in the store. */
  async addFile({ hash, bytes }: { hash: string; bytes: number }): Promise<void> {
    await this.db.write('task.file', FILE, [hash, bytes]);
  }

  /** Adds a step to a task that is held; it is now in the step's state. */
  async add(taskId: string, step: NewStep): Promise<void> {
    const { id, kind, at, versionId, proof, link, photo, note, ofStep, reason, accountId } = step;
    const said = [versionId, proof, link, photo, note, ofStep, reason, accountId];
    await this.db.write('task.add', ADD, [taskId, id, kind, at, ...said.map((value) => value ?? null)]);
  }
}
