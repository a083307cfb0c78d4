import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { toAsciiDigits } from '../shared/text/digits.js';
import type { DerivedKey } from '../shared/security/keys.js';

/** Digits of a code that is sent to a phone. */
export const CODE_DIGITS = 6;

export function newCode(): string {
  return String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
}

/** Keyed hash of a code, bound to its challenge: a code of one challenge is nothing in another. */
export function codeHmac(key: DerivedKey, challengeId: string, code: string): Buffer {
  return createHmac('sha256', key.secret).update(`${challengeId}:${code}`).digest();
}

/** What stands in the place of a code that nobody was sent: no code has it. */
export function noCodeHmac(): Buffer {
  return randomBytes(32);
}

export function sameHmac(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The digits of a code as people type it: with spaces, dashes, Arabic or Persian digits. Undefined when it is none. */
export function readCode(typed: string): string | undefined {
  if (typed.length > 40) return undefined;
  const digits = toAsciiDigits(typed).replace(/[\s\p{Cf}.-]/gu, '');
  return /^\d{6}$/.test(digits) ? digits : undefined;
}
