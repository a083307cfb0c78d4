import { createHash } from 'node:crypto';
import type { Limit } from '../../shared/limits/rate-limiter.js';

/** Sign-ups from one network address in an hour: a full hall and its neighbours, not a machine. */
const SIGN_UPS_HOURLY = 2000;

/** The limit on sign-ups of one address, for the form and the API alike. */
export function signUpLimit(address: string): Limit {
  const digest = createHash('sha256').update(address).digest('hex').slice(0, 32);
  return { bucket: `people.signUp:${digest}`, max: SIGN_UPS_HOURLY, windowSeconds: 3600 };
}
