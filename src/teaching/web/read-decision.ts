import { InvalidFields } from '../../shared/errors/domain-error.js';
import { LONGEST_REASON } from '../task.js';
import type { Decision } from '../task-review.service.js';

/**
 * A decision from outside: work is returned with words that help.
 *
 * @throws InvalidFields
 */
export function readDecision(given: { handIn: string; decision: string; reason?: string }): Decision {
  const { handIn, decision, reason = '' } = given;
  if (decision !== 'accepted' && decision !== 'returned')
    throw new InvalidFields([{ pointer: '/decision', code: 'not-a-choice' }]);
  const wrong = { pointer: '/reason', params: { max: LONGEST_REASON } };
  if (decision === 'returned' && reason.trim() === '')
    throw new InvalidFields([{ ...wrong, code: 'return-says-why' }]);
  if ([...reason].length > LONGEST_REASON) throw new InvalidFields([{ ...wrong, code: 'longer-than' }]);
  if (/[\0\p{Surrogate}]/u.test(reason)) throw new InvalidFields([{ ...wrong, code: 'not-unicode' }]);
  return { handIn, decision, reason: reason === '' ? null : reason };
}
