import { serveWork } from '../../shared/workers/serve-work.js';
import { plan } from './plan.js';
import type { PlanOutcome, PlanProblem } from './problem.js';

/** A problem, and one shared number where the thread writes how many thousandths are done. */
export interface PlanWork {
  problem: PlanProblem;
  done: Int32Array;
}

serveWork<PlanWork, PlanOutcome>(({ problem, done }) => ({
  output: plan(problem, { progress: (share) => Atomics.store(done, 0, Math.floor(share * 1000)) }),
}));
