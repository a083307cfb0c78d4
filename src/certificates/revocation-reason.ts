import { InvalidFields } from '../shared/errors/domain-error.js';

/** Shortest and longest reason, in code points. */
export const REASON_LENGTH = { min: 3, max: 500 } as const;

/** Why a certificate is taken back, as it was typed. @throws InvalidFields at `/reason` */
export function readReason(text: string): string {
  const length = [...text].length;
  const refuse = (code: string, params = {}): never => {
    throw new InvalidFields([{ pointer: '/reason', code, params }]);
  };
  if (!/[^\s\p{Cc}\p{Cf}]/u.test(text)) refuse('required');
  if (/[\0\p{Surrogate}]/u.test(text)) refuse('not-unicode');
  if (length < REASON_LENGTH.min || length > REASON_LENGTH.max) refuse('reason-length', REASON_LENGTH);
  return text;
}
