import { Injectable } from '@nestjs/common';
import { journeyBetween } from '../../shared/geography/road-matrix.js';
import { ClashQuery } from '../clash.query.js';
import type { PlanProblem } from '../planner/problem.js';
import { TourQuery } from '../tour.query.js';
import { PlanStore } from './plan.store.js';
import { daysOf, stopKey, type WantedPlan } from './wanted-plan.js';

/** Makes of what was asked, and of what is in the plan of everybody today, a problem for the planner. */
@Injectable()
export class PlanProblems {
  constructor(
    private readonly tours: TourQuery,
    private readonly roads: ClashQuery,
    private readonly store: PlanStore,
  ) {}

  async of(tourId: string, wanted: WantedPlan): Promise<PlanProblem> {
    const teams = await this.tours.teams(tourId);
    const busy = await this.store.busy(tourId, wanted.from, wanted.to);
    const roads = await this.roads.roads();
    const cities = [
      ...new Set([
        ...wanted.stops.map(({ city }) => city),
        ...teams.flatMap(({ home }) => (home === null ? [] : [home])),
      ]),
    ];
    return {
      stops: wanted.stops.map((stop, i) => ({ id: stopKey(i), ...stop })),
      days: daysOf(wanted),
      teams: teams.map(({ id, home }) => ({
        id,
        home,
        busy: busy.filter(({ teamId }) => teamId === id).map(({ date, half }) => ({ date, half })),
      })),
      roads: {
        cities,
        minutes: cities.map((a) => cities.map((b) => journeyBetween(roads, a, b)?.minutes ?? Infinity)),
      },
    };
  }
}
