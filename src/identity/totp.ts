import { createHmac } from 'node:crypto';
import { sameHmac } from './one-time-code.js';

/** RFC 6238 as authenticator apps know it: SHA-1, 30 seconds, 6 digits. */
const STEP_SECONDS = 30;
const DIGITS = 6;
/** Steps before and after now that are taken too: clocks of phones differ. */
const DRIFT_STEPS = 1;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes of a base32 secret (RFC 4648), with or without spaces and padding. */
export function fromBase32(text: string): Buffer {
  let bits = '';
  for (const letter of text.toUpperCase().replace(/[\s=]/g, '')) {
    const value = BASE32.indexOf(letter);
    if (value < 0) throw new RangeError('Not base32');
    bits += value.toString(2).padStart(5, '0');
  }
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** The code of one time step (RFC 4226, dynamic truncation). */
export function totpAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** @returns the time step whose code this is, within one step of now; undefined when it is none */
export function totpStep(base32Secret: string, code: string, now: Date): number | undefined {
  const secret = fromBase32(base32Secret);
  const current = Math.floor(now.getTime() / 1000 / STEP_SECONDS);
  const steps = Array.from({ length: 2 * DRIFT_STEPS + 1 }, (_, i) => current - DRIFT_STEPS + i);
  return steps.find((step) => sameHmac(Buffer.from(totpAt(secret, step)), Buffer.from(code)));
}
