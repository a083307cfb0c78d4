import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { AttendedUnit, CompletionEvidence, CompletionShares } from './completion.rule.js';

const COURSE_OF = `
  SELECT s.course_id AS "courseId", s.campaign_id AS "campaignId"
    FROM session s
   WHERE s.id = $1`;
const SHARES = `
  SELECT attendance_share::int AS attendance, quiz_share::int AS quiz FROM campaign WHERE id = $1`;
// A cancelled session's half-days could not be attended, so they are asked of nobody.
const ATTENDED = `
  SELECT w.id AS "personId",
         coalesce((SELECT max((SELECT count(*) FROM unit u WHERE u.session_id = s.id))
                     FROM session s
                    WHERE s.course_id = $2 AND s.campaign_id = $3
                      AND (EXISTS (SELECT 1 FROM presence q
                                    WHERE q.session_id = s.id AND q.person_id = w.id AND q.state <> 'absent')
                           OR s.status <> 'cancelled'
                              AND EXISTS (SELECT 1 FROM enrolment e
                                           WHERE e.session_id = s.id AND e.person_id = w.id AND e.status = 'booked'))), 0)::int AS units,
         (SELECT coalesce(json_agg(json_build_object('sessionId', u.session_id, 'n', u.n, 'endsAt', upper(u.during))
                                   ORDER BY u.session_id, u.n), '[]')
            FROM presence q
            JOIN unit u ON u.id = q.unit_id
            JOIN session s ON s.id = u.session_id
           WHERE q.person_id = w.id AND q.state <> 'absent' AND s.course_id = $2 AND s.campaign_id = $3) AS attended
    FROM unnest($1::uuid[]) AS w (id)`;
const LIVE = `
  SELECT person_id AS "personId", completed_at AS "completedAt", evidence
    FROM completion
   WHERE course_id = $1 AND campaign_id = $2 AND person_id = ANY($3::uuid[])`;
const WITHDRAW = `
  DELETE FROM completion WHERE course_id = $1 AND campaign_id = $2 AND person_id = ANY($3::uuid[])`;
const COMPLETE = `
  INSERT INTO completion AS c (person_id, course_id, campaign_id, completed_at, evidence)
  SELECT d."personId", $1, $2, d."completedAt", d.evidence
    FROM jsonb_to_recordset($3::jsonb) AS d ("personId" uuid, "completedAt" timestamptz, evidence jsonb)
  ON CONFLICT (person_id, course_id, campaign_id) DO UPDATE SET evidence = excluded.evidence
  WHERE c.evidence IS DISTINCT FROM excluded.evidence`;
const REMEMBER = `
  INSERT INTO completion_change (id, person_id, course_id, campaign_id, kind, at, completed_at, evidence)
  SELECT d.id, d."personId", $1, $2, d.kind, $3, d."completedAt", d.evidence
    FROM jsonb_to_recordset($4::jsonb) AS d (id uuid, "personId" uuid, kind text, "completedAt" timestamptz, evidence jsonb)`;
// Shown on every session of the course that the person was in; a session they missed stays without.
const KEEP_IN_STEP = `
  UPDATE participation p
     SET completed_at = n.completed_at
    FROM (SELECT q.person_id, q.session_id,
                 CASE WHEN q.units_attended > 0 THEN c.completed_at END AS completed_at
            FROM participation q
            LEFT JOIN completion c ON c.person_id = q.person_id AND c.course_id = q.course_id AND c.campaign_id = q.campaign_id
           WHERE q.person_id = ANY($3::uuid[]) AND q.course_id = $1 AND q.campaign_id = $2) n
   WHERE p.person_id = n.person_id AND p.session_id = n.session_id
     AND p.completed_at IS DISTINCT FROM n.completed_at`;

const CAMPAIGNS_WITHOUT = `
  SELECT DISTINCT p.campaign_id AS "campaignId"
    FROM participation p
   WHERE p.person_id = $1 AND p.course_id = $2 AND p.units_attended > 0 AND p.completed_at IS NULL`;

/** A course within a campaign: what is completed. */
export interface CourseOfCampaign {
  courseId: string;
  campaignId: string;
}

export interface LiveCompletion {
  personId: string;
  completedAt: Date;
  evidence: CompletionEvidence;
}

export interface CompletionChange extends LiveCompletion {
  id: string;
  kind: 'completed' | 'withdrawn';
}

/** Statements on completion. */
@Injectable()
export class CompletionQuery {
  constructor(private readonly db: Database) {}

  /** Campaigns in which the person attended the course without having completed it. */
  async campaignsWithout(personId: string, courseId: string): Promise<string[]> {
    const rows = await this.db.read<{ campaignId: string }>(
      'completion.campaignsWithout',
      CAMPAIGNS_WITHOUT,
      [personId, courseId],
    );
    return rows.map(({ campaignId }) => campaignId);
  }

  async courseOf(sessionId: string): Promise<CourseOfCampaign | undefined> {
    return this.db.readOne('completion.courseOf', COURSE_OF, [sessionId]);
  }

  async sharesOf(campaignId: string): Promise<CompletionShares | undefined> {
    return this.db.readOne('completion.shares', SHARES, [campaignId]);
  }

  async attendedBy(
    { courseId, campaignId }: CourseOfCampaign,
    personIds: readonly string[],
  ): Promise<Array<{ personId: string; units: number; attended: AttendedUnit[] }>> {
    const rows = await this.db.read<{
      personId: string;
      units: number;
      attended: Array<Omit<AttendedUnit, 'endsAt'> & { endsAt: string }>;
    }>('completion.attended', ATTENDED, [personIds, courseId, campaignId]);
    return rows.map(({ attended, ...row }) => ({
      ...row,
      attended: attended.map((unit) => ({ ...unit, endsAt: new Date(unit.endsAt) })),
    }));
  }

  async live(
    { courseId, campaignId }: CourseOfCampaign,
    personIds: readonly string[],
  ): Promise<LiveCompletion[]> {
    return this.db.read('completion.live', LIVE, [courseId, campaignId, personIds]);
  }

  async withdraw({ courseId, campaignId }: CourseOfCampaign, personIds: readonly string[]): Promise<void> {
    await this.db.write('completion.withdraw', WITHDRAW, [courseId, campaignId, personIds]);
  }

  /** Adds completions, and renews the evidence of those that stand; their instant stays. */
  async complete(
    { courseId, campaignId }: CourseOfCampaign,
    completions: readonly LiveCompletion[],
  ): Promise<void> {
    await this.db.write('completion.complete', COMPLETE, [courseId, campaignId, JSON.stringify(completions)]);
  }

  async remember(
    { courseId, campaignId }: CourseOfCampaign,
    changes: readonly CompletionChange[],
    at: Date,
  ): Promise<void> {
    await this.db.write('completion.remember', REMEMBER, [courseId, campaignId, at, JSON.stringify(changes)]);
  }

  async keepInStep({ courseId, campaignId }: CourseOfCampaign, personIds: readonly string[]): Promise<void> {
    await this.db.write('completion.keepInStep', KEEP_IN_STEP, [courseId, campaignId, personIds]);
  }
}
