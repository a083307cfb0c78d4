import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { TooMany } from '../shared/errors/domain-error.js';
import { RateLimiter } from '../shared/limits/rate-limiter.js';
import { Keys } from '../shared/security/keys.js';
import { CodesSpent } from './challenge.errors.js';
import { hourlyBudget } from './code-countries.js';

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Codes to one phone, in any 60 minutes and any 24 hours. */
export const PHONE_HOURLY = 5;
export const PHONE_DAILY = 15;
/** Numbers nobody has seen before that one network address may ask a code for, in any 60 minutes. */
export const ADDRESS_HOURLY = 5;

const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended($1, 0)) AS locked`;

// The fifth newest within the hour, the fifteenth newest within the day: when it leaves the window, one more may go.
const OF_PHONE = `
  SELECT (SELECT created_at FROM challenge WHERE e164 = $1 AND created_at > $2 ORDER BY created_at DESC OFFSET ${PHONE_HOURLY - 1} LIMIT 1) AS hourly,
         (SELECT created_at FROM challenge WHERE e164 = $1 AND created_at > $3 ORDER BY created_at DESC OFFSET ${PHONE_DAILY - 1} LIMIT 1) AS daily`;

const OF_ADDRESS = `SELECT count(*)::int AS asked FROM challenge WHERE address_digest = $1 AND never_seen AND created_at > $2`;

/** The limits on sending codes, counted in sliding windows over the challenges themselves. */
@Injectable()
export class ChallengeLimits {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly limiter: RateLimiter,
    private readonly keys: Keys,
  ) {}

  /** Keyed digest of a network address: the address itself is never stored. */
  addressDigest(address: string): Buffer {
    return createHmac('sha256', this.keys.current('challenge').secret).update(`address:${address}`).digest();
  }

  /** From here to the end of the transaction, requests for one phone come one after another. */
  async lockPhone(e164: string): Promise<void> {
    await this.db.read('challenge.lock', LOCK, [`challenge:${e164}`]);
  }

  /** @throws CodesSpent when the phone has had 5 in this hour or 15 in this day */
  async assertPhone(e164: string): Promise<void> {
    const now = this.clock.now().getTime();
    const row = await this.db.readOne<{ hourly: Date | null; daily: Date | null }>(
      'challenge.ofPhone',
      OF_PHONE,
      [e164, new Date(now - HOUR_MS), new Date(now - DAY_MS)],
    );
    const free = Math.max(
      row?.hourly ? row.hourly.getTime() + HOUR_MS : 0,
      row?.daily ? row.daily.getTime() + DAY_MS : 0,
    );
    if (free > now) throw new CodesSpent(Math.ceil((free - now) / 1000));
  }

  /** False when the address has asked for too many numbers that nobody knows: it gets the usual answer and no SMS. */
  async mayReachUnseen(digest: Buffer): Promise<boolean> {
    await this.db.read('challenge.lock', LOCK, [`challenge:${digest.toString('hex')}`]);
    const since = new Date(this.clock.now().getTime() - HOUR_MS);
    const row = await this.db.readOne<{ asked: number }>('challenge.ofAddress', OF_ADDRESS, [digest, since]);
    return (row?.asked ?? 0) < ADDRESS_HOURLY;
  }

  /** @throws CodesSpent when the country's budget of this hour is used up */
  async spend(country: string | null): Promise<void> {
    const max = hourlyBudget(country);
    try {
      await this.limiter.hit({ bucket: `codes:${country ?? ''}`, max, windowSeconds: 3600 });
    } catch (error) {
      throw error instanceof TooMany ? new CodesSpent(error.retryAfterSeconds) : error;
    }
  }
}
