import { Injectable } from '@nestjs/common';
import { type Journey, journeyBetween } from '../shared/geography/road-matrix.js';
import { ClashQuery } from './clash.query.js';
import { SessionQuery } from './session.query.js';
import type { SessionRow } from './session.row.js';
import { type StopRow, type TeamRow, TourQuery, type TourRow } from './tour.query.js';

/** The way to a stop: from the stop before, or from home. */
export interface BoardLeg {
  /** Slugs; `to` is home at the end of a road. */
  from: string;
  to: string;
  /** Null where no road is listed. */
  journey: Journey | null;
}

export interface BoardTeam {
  team: TeamRow;
  /** In the order of time. */
  stops: StopRow[];
  legs: BoardLeg[];
  /** Driving minutes of the listed ways, from home to home. */
  minutes: number;
}

/** A tour with everything that stands in its plan. */
export interface Board {
  tour: TourRow;
  teams: BoardTeam[];
  stops: StopRow[];
  sessions: SessionRow[];
}

/** Reads the board of a tour. */
@Injectable()
export class BoardQuery {
  constructor(
    private readonly tours: TourQuery,
    private readonly sessions: SessionQuery,
    private readonly clashes: ClashQuery,
  ) {}

  async of(tour: TourRow): Promise<Board> {
    const teams = await this.tours.teams(tour.id);
    const stops = await this.tours.stops(tour.id);
    const sessions = await this.sessions.ofTour(tour.id);
    const roads = await this.clashes.roads();
    return {
      tour,
      stops,
      sessions,
      teams: teams.map((team) => {
        const own = stops.filter(({ teamId }) => teamId === team.id);
        const cities = own.map(({ citySlug }) => citySlug);
        const way = team.home && cities.length > 0 ? [team.home, ...cities, team.home] : cities;
        const legs = way.slice(1).map((to, i) => {
          const from = way[i] ?? to;
          return { from, to, journey: journeyBetween(roads, from, to) ?? null };
        });
        return {
          team,
          stops: own,
          legs,
          minutes: legs.reduce((sum, { journey }) => sum + (journey?.minutes ?? 0), 0),
        };
      }),
    };
  }
}
