import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { newId } from '../shared/new-id.js';
import type { Task } from './task.js';
import { TaskChanged, TaskDecided } from './task.errors.js';
import { reviewReach } from './task.policy.js';
import { type ReviewedTask, TaskReviewQuery } from './task-review.query.js';
import { TaskNotice } from './task-notice.js';
import { TaskStore } from './task.store.js';

/** What somebody decides on what was handed in. */
export interface Decision {
  /** The step that was looked at. */
  readonly handIn: string;
  readonly decision: 'accepted' | 'returned';
  readonly reason: string | null;
}

/** Accepting and returning what was handed in. */
@Injectable()
export class TaskReviewService {
  constructor(
    private readonly db: Database,
    private readonly store: TaskStore,
    private readonly query: TaskReviewQuery,
    private readonly notice: TaskNotice,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound also for somebody else's */
  async get(staff: StaffActor, id: string): Promise<ReviewedTask> {
    const task = await this.query.one(reviewReach(staff), id);
    if (!task) throw new NotFound('task');
    return task;
  }

  /**
   * Decides once: of two who decide at the same time the second learns what the first decided.
   *
   * @throws NotFound; TaskDecided; TaskChanged when something newer was handed in
   */
  async decide(
    staff: StaffActor,
    taskId: string,
    { handIn, decision, reason }: Decision,
  ): Promise<ReviewedTask> {
    await this.get(staff, taskId);
    await this.db.transaction(async () => {
      const task = await this.store.lock(taskId);
      if (!task) throw new NotFound('task');
      assertOpen(task, handIn);
      const at = this.clock.now();
      const { accountId } = staff;
      await this.store.add(taskId, { id: newId(), kind: decision, at, ofStep: handIn, reason, accountId });
      await this.audit.record(staff, {
        action: decision === 'accepted' ? 'teaching.task.accept' : 'teaching.task.return',
        subjectKind: 'task',
        subjectId: taskId,
        organisationId: staff.organisationId,
        facts: { handIn, personId: task.personId },
      });
      if (decision === 'returned') await this.notice.returned(task, handIn);
    });
    return this.get(staff, taskId);
  }
}

function assertOpen({ steps }: Task, handIn: string): void {
  const decided = steps.find(({ ofStep }) => ofStep === handIn);
  if (decided) throw new TaskDecided(decided);
  const latest = steps.findLast(({ kind }) => kind === 'handed-in');
  if (!latest || !steps.some(({ id, kind }) => id === handIn && kind === 'handed-in'))
    throw new NotFound('step');
  if (latest.id !== handIn) throw new TaskChanged(latest.id);
}
