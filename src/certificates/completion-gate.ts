import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { CompletionKey } from './certificate.js';

/** What a course asks before it is completed, in the order in which it is told. */
export const COMPLETION_RULES = ['attendance', 'modules', 'quiz'] as const;
export type CompletionRule = (typeof COMPLETION_RULES)[number];

/** Completed, or the first rule that fails. */
export type CompletionRuling =
  { completed: true } | { completed: false; rule: CompletionRule; have: number; need: number };

const COMPLETED = `
  SELECT completed_at AS "completedAt" FROM completion WHERE person_id = $1 AND course_id = $2 AND campaign_id = $3 FOR SHARE`;

const UNITS = `
  SELECT count(DISTINCT u.n) FILTER (WHERE pr.state IN ('present', 'partial'))::int AS have,
         ceil(count(DISTINCT u.n) * c.attendance_share / 100.0)::int AS need
    FROM campaign c
    JOIN session s ON s.campaign_id = c.id AND s.course_id = $2
    JOIN unit u ON u.session_id = s.id AND u.live
    LEFT JOIN presence pr ON pr.unit_id = u.id AND pr.person_id = $1
   WHERE c.id = $3
   GROUP BY c.id`;

/** Asks whether a person completed a course of a campaign. */
@Injectable()
export class CompletionGate {
  constructor(private readonly db: Database) {}

  /** Inside a transaction a completion that is found stays until its end. */
  async isCompleted(key: CompletionKey): Promise<boolean> {
    const row = await this.db.readOne('certificate.completed', COMPLETED, [
      key.personId,
      key.courseId,
      key.campaignId,
    ]);
    return row !== undefined;
  }

  async ruling(key: CompletionKey): Promise<CompletionRuling> {
    if (await this.isCompleted(key)) return { completed: true };
    const units = await this.db.readOne<{ have: number; need: number }>('certificate.units', UNITS, [
      key.personId,
      key.courseId,
      key.campaignId,
    ]);
    return { completed: false, rule: 'attendance', have: units?.have ?? 0, need: units?.need ?? 1 };
  }
}
