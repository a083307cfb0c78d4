import { Injectable } from '@nestjs/common';
import { Database } from '../../shared/database/database.js';
import { isUuid } from '../../shared/new-id.js';
import type { Half, Placement, Unplaced } from '../planner/problem.js';
import type { WantedPlan } from './wanted-plan.js';

/** What the planner found. */
export interface FoundPlan {
  minutes: number;
  nights: number;
  bound: number;
  isExact: boolean;
  unplaced: readonly Unplaced[];
}

/** A plan of a tour until it is saved as stops. */
export interface PlanRow {
  id: string;
  tourId: string;
  campaignId: string;
  organisationId: string;
  jobId: string | null;
  wanted: WantedPlan;
  /** Null as long as it is looked for. */
  found: FoundPlan | null;
  /** As found, or as put right by hand. */
  placements: Placement[] | null;
  revision: number;
  createdAt: Date;
  savedAt: Date | null;
}

/** A half-day on which a trainer or the kit of a team is taken, or a stop of the team's. */
export interface BusyRow {
  teamId: string;
  date: string;
  half: Half;
}

const COLUMNS = `
  SELECT p.id, p.tour_id AS "tourId", t.campaign_id AS "campaignId", p.organisation_id AS "organisationId", p.job_id AS "jobId",
         p.wanted, p.found, p.placements, p.revision, p.created_at AS "createdAt", p.saved_at AS "savedAt"
    FROM tour_plan p
    JOIN tour t ON t.id = p.tour_id`;
const BY_ID = `${COLUMNS} WHERE p.id = $1`;
const LOCK = `${COLUMNS} WHERE p.id = $1 FOR UPDATE OF p`;
const OF_TOUR = `${COLUMNS} WHERE p.tour_id = $1 ORDER BY p.created_at DESC, p.id LIMIT 50`;
const INSERT = `
  INSERT INTO tour_plan (id, organisation_id, tour_id, wanted, created_at) VALUES ($1, $2, $3, $4, $5)`;
const SET_JOB = `UPDATE tour_plan SET job_id = $2 WHERE id = $1`;
const SET_FOUND = `
  UPDATE tour_plan SET found = $2, placements = $3, revision = revision + 1 WHERE id = $1 AND found IS NULL`;
const SET_PLACEMENTS = `UPDATE tour_plan SET placements = $2, revision = revision + 1 WHERE id = $1`;
const SET_SAVED = `UPDATE tour_plan SET saved_at = $2, revision = revision + 1 WHERE id = $1`;

// Noon divides the day: a half-day that crosses it takes both.
const BUSY = `
  SELECT DISTINCT te.id AS "teamId", u.local_date AS date, h.half
    FROM team te
    JOIN unit_resource x ON x.live AND (x.resource_id = te.id
         OR x.resource_id IN (SELECT tt.account_id FROM team_trainer tt WHERE tt.team_id = te.id))
    JOIN unit u ON u.id = x.unit_id
    JOIN (VALUES (0, time '00:00', time '13:00'), (1, time '13:00', time '24:00')) AS h (half, opens, closes)
      ON u.local_start < h.closes AND u.local_end > h.opens
   WHERE te.tour_id = $1
     AND u.local_date BETWEEN $2 AND $3
  UNION
  SELECT st.team_id, st.local_date, h.half
    FROM stop st
   CROSS JOIN (VALUES (0), (1)) AS h (half)
   WHERE st.tour_id = $1
     AND st.local_date BETWEEN $2 AND $3`;

/** Rows of plans. */
@Injectable()
export class PlanStore {
  constructor(private readonly db: Database) {}

  async byId(id: string): Promise<PlanRow | undefined> {
    return isUuid(id) ? this.db.readOne('tourPlan.byId', BY_ID, [id]) : undefined;
  }

  /** Locked for the open transaction. */
  async lock(id: string): Promise<PlanRow | undefined> {
    return isUuid(id) ? this.db.readOne('tourPlan.lock', LOCK, [id]) : undefined;
  }

  ofTour(tourId: string): Promise<PlanRow[]> {
    return this.db.read('tourPlan.ofTour', OF_TOUR, [tourId]);
  }

  async insert(
    row: Pick<PlanRow, 'id' | 'organisationId' | 'tourId' | 'wanted' | 'createdAt'>,
  ): Promise<void> {
    const { id, organisationId, tourId, wanted, createdAt } = row;
    await this.db.write('tourPlan.insert', INSERT, [
      id,
      organisationId,
      tourId,
      JSON.stringify(wanted),
      createdAt,
    ]);
  }

  async setJob(id: string, jobId: string): Promise<void> {
    await this.db.write('tourPlan.setJob', SET_JOB, [id, jobId]);
  }

  /** Nothing happens to a plan that was found before. */
  async setFound(id: string, found: FoundPlan, placements: readonly Placement[]): Promise<void> {
    await this.db.write('tourPlan.setFound', SET_FOUND, [
      id,
      JSON.stringify(found),
      JSON.stringify(placements),
    ]);
  }

  async setPlacements(id: string, placements: readonly Placement[]): Promise<void> {
    await this.db.write('tourPlan.setPlacements', SET_PLACEMENTS, [id, JSON.stringify(placements)]);
  }

  async setSaved(id: string, at: Date): Promise<void> {
    await this.db.write('tourPlan.setSaved', SET_SAVED, [id, at]);
  }

  /** Half-days on which the teams of a tour cannot go anywhere. */
  busy(tourId: string, from: string, to: string): Promise<BusyRow[]> {
    return this.db.read('tourPlan.busy', BUSY, [tourId, from, to]);
  }
}
