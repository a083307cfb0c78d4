import { Injectable } from '@nestjs/common';
import { type CompletionEvidence, type CompletionRule, CompletionService } from '../completion/public.js';
import { Database } from '../shared/database/database.js';
import type { CompletionKey } from './certificate.js';
import { NotCompleted } from './certificate.errors.js';

// A correction that takes the completion away waits until the certificate is written, and the other way round.
const HOLD = `SELECT completed_at AS "completedAt" FROM completion WHERE person_id = $1 AND course_id = $2 AND campaign_id = $3 FOR SHARE`;

/** What there is and what the rule asks for: half-days, modules, or percent. */
function measure(
  rule: CompletionRule,
  { attendance, modules, quiz }: CompletionEvidence,
): { have: number; need: number } {
  switch (rule) {
    case 'attendance':
      return {
        have: attendance.units,
        need: Math.max(1, Math.ceil((attendance.of * attendance.share) / 100)),
      };
    case 'modules':
      return { have: modules.done, need: modules.of };
    case 'quiz':
      return { have: quiz.percent ?? 0, need: quiz.share };
  }
}

/** Lets only those pass who completed the course. */
@Injectable()
export class CompletionGate {
  constructor(
    private readonly db: Database,
    private readonly completion: CompletionService,
  ) {}

  /** Inside a transaction the completion stays until its end. @throws NotCompleted with the first rule that fails */
  async assertCompleted(key: CompletionKey): Promise<void> {
    const { personId, courseId, campaignId } = key;
    if (await this.db.readOne('certificate.holdCompletion', HOLD, [personId, courseId, campaignId])) return;
    const standing = await this.completion.standingOf({ courseId, campaignId }, personId);
    // Judged as complete but not yet recorded counts as attendance that is still on its way.
    const rule = standing.failing[0] ?? 'attendance';
    const { have, need } = measure(rule, standing.evidence);
    throw new NotCompleted(rule, have, need);
  }
}
