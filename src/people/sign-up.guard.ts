import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TooMany } from '../shared/errors/domain-error.js';
import { RateLimiter } from '../shared/limits/rate-limiter.js';
import { parsePhone } from './phone-number.js';

/** Sign-ups from one network address in an hour: a full hall and its neighbours, not a machine. */
const SIGN_UPS_HOURLY = 2000;
/** Time to look at an unusual number again, in seconds. */
const SECOND_LOOK_SECONDS = 15 * 60;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** What stands before a sign-up: a limit per network address, and one question about an unusual number. */
@Injectable()
export class SignUpGuard {
  constructor(private readonly limiter: RateLimiter) {}

  /** @throws TooMany beyond what one address may sign up in an hour */
  async admit(address: string): Promise<void> {
    await this.limiter.hit({
      bucket: `people.signUp:${digest(address)}`,
      max: SIGN_UPS_HOURLY,
      windowSeconds: 3600,
    });
  }

  /** Sending the same unusual number again says that it is right. True when the number needs no question, or was sent before. */
  async isConfirmed(typed: string): Promise<boolean> {
    const phone = parsePhone(typed);
    if (phone.invalid || !phone.unusual) return true;
    try {
      const bucket = `people.unusual:${digest(phone.e164)}`;
      await this.limiter.hit({ bucket, max: 1, windowSeconds: SECOND_LOOK_SECONDS });
      return false;
    } catch (error) {
      if (error instanceof TooMany) return true;
      throw error;
    }
  }
}
