import { Injectable } from '@nestjs/common';
import {
  type CompletionEvidence,
  type CompletionRule,
  CompletionService,
  unitsNeeded,
} from '../completion/public.js';
import type { CompletionKey } from './certificate.js';
import { NotCompleted } from './certificate.errors.js';

/** What there is and what the rule asks for: half-days, modules, or percent. */
function measure(
  rule: CompletionRule,
  { attendance, modules, quiz }: CompletionEvidence,
): { have: number; need: number } {
  switch (rule) {
    case 'attendance':
      return { have: attendance.units, need: unitsNeeded(attendance.of, attendance.share) };
    case 'modules':
      return { have: modules.done, need: modules.of };
    case 'quiz':
      return { have: quiz.percent ?? 0, need: quiz.share };
  }
}

/** Says why somebody may not have a certificate. */
@Injectable()
export class CompletionGate {
  constructor(private readonly completion: CompletionService) {}

  /** @throws NotCompleted with the first rule that fails */
  async refuse(key: CompletionKey): Promise<never> {
    const { personId, courseId, campaignId } = key;
    const standing = await this.completion.standingOf({ courseId, campaignId }, personId);
    // Judged as complete but not yet recorded: the attendance is still on its way.
    const rule = standing.failing[0] ?? 'attendance';
    const { have, need } = measure(rule, standing.evidence);
    throw new NotCompleted(rule, have, need);
  }
}
