import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type JobControl, type JobHandler, JobImpossible, type JobPayload } from '../../shared/jobs/job.js';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { compiledScript, WorkerPool } from '../../shared/workers/worker-pool.js';
import { PlanProblems } from '../plans/plan-problem.js';
import { PLAN_KIND } from '../plans/plan.service.js';
import { PlanStore } from '../plans/plan.store.js';
import type { PlanWork } from '../planner/planner.worker.js';
import type { PlanOutcome } from '../planner/problem.js';

const IDLE_MS = 30_000;
const HEAP_MB = 256;
/** The largest plan takes some twenty seconds on a free core. */
const LONGEST_MS = 180_000;
const PROGRESS_MS = 500;
const WHOLE = 1000;

/** Looks for a plan in a thread of its own, saying how far it is. Running again finds the same. */
@Injectable()
export class PlanHandler implements JobHandler, OnModuleInit, OnModuleDestroy {
  readonly kind = PLAN_KIND;
  private readonly threads = new WorkerPool<PlanWork, PlanOutcome>({
    script: compiledScript(import.meta.url, '../planner/planner.worker.js'),
    threads: 1,
    idleMs: IDLE_MS,
    heapMb: HEAP_MB,
    longestMs: LONGEST_MS,
  });

  constructor(
    private readonly runner: JobRunner,
    private readonly store: PlanStore,
    private readonly problems: PlanProblems,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  onModuleDestroy(): Promise<void> {
    return this.threads.close();
  }

  async run(payload: JobPayload, control: JobControl): Promise<JobPayload> {
    const id = typeof payload['planId'] === 'string' ? payload['planId'] : '';
    const row = await this.store.byId(id);
    if (!row) throw new JobImpossible('The plan is gone');
    const problem = await this.problems.of(row.tourId, row.wanted);
    const done = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    let shown = -1;
    const show = setInterval(() => {
      const now = Atomics.load(done, 0);
      if (now === shown) return;
      shown = now;
      void control.progress(now, WHOLE).catch(() => undefined);
    }, PROGRESS_MS);
    try {
      const { placements, ...found } = await this.threads.run({ problem, done });
      await control.commit(() => this.store.setFound(id, found, placements));
    } finally {
      clearInterval(show);
    }
    await control.progress(WHOLE, WHOLE);
    return { planId: id };
  }
}
