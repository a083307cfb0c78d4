import { Injectable } from '@nestjs/common';
import { JobQuery } from '../../shared/jobs/job.query.js';
import { type CheckedPlan, checkPlan } from '../planner/check.js';
import type { PlanProblem } from '../planner/problem.js';
import { type TeamRow, TourQuery, type TourRow } from '../tour.query.js';
import { PlanProblems } from './plan-problem.js';
import type { PlanRow } from './plan.store.js';

/** A plan with all that is said of it: as everybody's plans stand now, not as they stood when it was looked for. */
export interface PlanView {
  row: PlanRow;
  tour: TourRow | undefined;
  teams: TeamRow[];
  problem: PlanProblem;
  /** Undefined as long as it is looked for. */
  checked: CheckedPlan | undefined;
  state: 'looking' | 'failed' | 'found' | 'saved';
  /** Share of the search that is done, 0 to 1. */
  done: number;
}

/** Reads plans with their figures. */
@Injectable()
export class PlanViews {
  constructor(
    private readonly tours: TourQuery,
    private readonly problems: PlanProblems,
    private readonly jobs: JobQuery,
  ) {}

  async of(row: PlanRow): Promise<PlanView> {
    const tour = await this.tours.tour(row.tourId);
    const teams = await this.tours.teams(row.tourId);
    const problem = await this.problems.of(row.tourId, row.wanted);
    // The stops of a saved plan hold its days: it is looked at as if nobody did.
    const free = { ...problem, teams: problem.teams.map((team) => ({ ...team, busy: [] })) };
    const checked = row.placements ? checkPlan(row.savedAt ? free : problem, row.placements) : undefined;
    const job = row.jobId && !row.found ? await this.jobs.status(row.jobId) : undefined;
    const waiting = job?.state === 'dead' ? ('failed' as const) : ('looking' as const);
    const state = row.savedAt ? 'saved' : row.found ? 'found' : waiting;
    return { row, tour, teams, problem, checked, state, done: job?.total ? job.done / job.total : 0 };
  }
}
