import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { newId } from '../shared/new-id.js';
import { Keys } from '../shared/security/keys.js';
import { lateCode, shapelessCode, TriesSpent, wrongCode } from './challenge.errors.js';
import { ChallengeLimits } from './challenge.limits.js';
import { hourlyBudget } from './code-countries.js';
import { codeHmac, newCode, noCodeHmac, readCode, sameHmac } from './one-time-code.js';

/** Life of a code, and the wait before another may be sent for the same sign-in, in milliseconds. */
export const CODE_LIFE_MS = 10 * 60 * 1000;
export const RESEND_MS = 60 * 1000;
export const MAX_TRIES = 5;

const WAITING = `
  SELECT id, resend_at AS "resendAt"
    FROM challenge
   WHERE e164 = $1 AND used_at IS NULL AND expires_at > $2 AND resend_at > $2
   ORDER BY created_at DESC
   LIMIT 1`;

const INSERT = `
  INSERT INTO challenge (id, e164, purpose, code_hmac, created_at, expires_at, resend_at, address_digest, never_seen)
  VALUES ($1, $2, 'sign-in', $3, $4, $5, $6, $7, $8)`;

const ALLOW_NEW = `UPDATE challenge SET resend_at = $2 WHERE e164 = $1 AND resend_at > $2`;

const LATEST = `SELECT id FROM challenge WHERE e164 = $1 ORDER BY created_at DESC, id DESC LIMIT 1`;

// The try is counted before the code is looked at, on the row and under its lock: twenty at once are five.
const TRY = `
  UPDATE challenge SET tries = tries + 1
   WHERE id = $1 AND e164 = $2 AND used_at IS NULL AND expires_at > $3 AND tries < ${MAX_TRIES}
  RETURNING code_hmac AS "codeHmac"`;

const STATE = `
  SELECT tries, used_at AS "usedAt", expires_at AS "expiresAt", resend_at AS "resendAt"
    FROM challenge
   WHERE id = $1 AND e164 = $2`;

const USE = `UPDATE challenge SET used_at = $2 WHERE id = $1 AND used_at IS NULL`;

const PHONE_OF = `SELECT e164, expires_at > $2 AND used_at IS NULL AS "isWaiting" FROM challenge WHERE id = $1`;

/** Who asks for a code, and what is known of the number. */
export interface CodeRequest {
  e164: string;
  country: string | null;
  canSms: boolean;
  /** Somebody can sign in with this number. */
  isKnown: boolean;
  /** The number is in no table at all. */
  isNeverSeen: boolean;
  /** Network address of the request. */
  address: string;
}

/** A challenge as its asker sees it: the same whether the number is known or not. */
export interface Challenge {
  id: string;
  /** `sms`, or `none` where no SMS can go: a line without SMS, or a country without codes. */
  delivery: 'sms' | 'none';
  resendAfterSeconds: number;
  /** Something is to be sent now; false within the wait before a second one. */
  isNew: boolean;
  /** The code, for a known number only: everybody else is sent words without one. */
  code?: string;
}

/** One try at a code. Without a challenge it is the phone's latest. */
export interface CodeTry {
  e164: string;
  code: string;
  challengeId?: string | undefined;
}

/** Codes by SMS: single use, ten minutes, five tries, kept as keyed hashes. */
@Injectable()
export class ChallengeService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly limits: ChallengeLimits,
  ) {}

  /**
   * Opens a challenge, or gives back the one that waits when it is younger than 60 seconds.
   *
   * @throws CodesSpent beyond the limits of the phone or the country
   */
  async issue(request: CodeRequest): Promise<Challenge> {
    const { e164, country, canSms } = request;
    const delivery = canSms && hourlyBudget(country) > 0 ? 'sms' : 'none';
    return this.db.transaction(async () => {
      await this.limits.lockPhone(e164);
      const now = this.clock.now();
      const waiting = await this.db.readOne<{ id: string; resendAt: Date }>('challenge.waiting', WAITING, [
        e164,
        now,
      ]);
      if (waiting) {
        const waitMs = waiting.resendAt.getTime() - now.getTime();
        return { id: waiting.id, delivery, resendAfterSeconds: Math.ceil(waitMs / 1000), isNew: false };
      }
      await this.limits.assertPhone(e164);
      return this.open(request, delivery, now);
    });
  }

  /** Whoever has just signed up may have a code at once; codes already sent keep working. */
  async allowNewCode(e164: string): Promise<void> {
    await this.db.write('challenge.allowNew', ALLOW_NEW, [e164, this.clock.now()]);
  }

  /**
   * Counts a try and judges it. Call it outside of a transaction: a refused try must stay counted.
   *
   * @returns the challenge, to be given to `use` in the transaction of what the code opens
   * @throws InvalidFields for a wrong, late or shapeless code, TriesSpent from the sixth try on
   */
  async tryCode({ e164, code: typed, challengeId }: CodeTry): Promise<string> {
    const code = readCode(typed);
    if (code === undefined) throw shapelessCode();
    const id = challengeId ?? (await this.db.readOne<{ id: string }>('challenge.latest', LATEST, [e164]))?.id;
    if (id === undefined) throw wrongCode();
    const row = await this.db.readOne<{ codeHmac: Buffer }>('challenge.try', TRY, [
      id,
      e164,
      this.clock.now(),
    ]);
    // Without its challenge a code may be one of the room: that an SMS was used says nothing of it, and would tell that
    // somebody has this number.
    if (!row) throw await this.whyNot(id, e164, challengeId !== undefined);
    const isRight = this.keys.all('challenge').some((key) => sameHmac(codeHmac(key, id, code), row.codeHmac));
    if (!isRight) throw wrongCode();
    return id;
  }

  /** @throws InvalidFields when another request has used the code first */
  async use(challengeId: string): Promise<void> {
    const used = await this.db.write('challenge.use', USE, [challengeId, this.clock.now()]);
    if (used === 0) throw lateCode();
  }

  /** The phone of a challenge, and whether it still waits for its code. Undefined for an unknown one. */
  phoneOf(challengeId: string): Promise<{ e164: string; isWaiting: boolean } | undefined> {
    return this.db.readOne('challenge.phoneOf', PHONE_OF, [challengeId, this.clock.now()]);
  }

  private async open(request: CodeRequest, delivery: 'sms' | 'none', now: Date): Promise<Challenge> {
    const { e164, isKnown, isNeverSeen } = request;
    const digest = this.limits.addressDigest(request.address);
    const isReachable = !isNeverSeen || (await this.limits.mayReachUnseen(digest));
    const isSent = delivery === 'sms' && isReachable;
    if (isSent) await this.limits.spend(request.country);
    const id = newId();
    const code = newCode();
    await this.db.write('challenge.insert', INSERT, [
      id,
      e164,
      isKnown ? codeHmac(this.keys.current('challenge'), id, code) : noCodeHmac(),
      now,
      new Date(now.getTime() + CODE_LIFE_MS),
      new Date(now.getTime() + RESEND_MS),
      digest,
      isNeverSeen,
    ]);
    return {
      id,
      delivery,
      resendAfterSeconds: RESEND_MS / 1000,
      isNew: isSent,
      ...(isKnown ? { code } : {}),
    };
  }

  private async whyNot(id: string, e164: string, isNamed: boolean): Promise<Error> {
    const row = await this.db.readOne<{
      tries: number;
      usedAt: Date | null;
      expiresAt: Date;
      resendAt: Date | null;
    }>('challenge.state', STATE, [id, e164]);
    const now = this.clock.now();
    if (!row) return wrongCode();
    if (row.usedAt && !isNamed) return wrongCode();
    if (row.usedAt || row.expiresAt <= now) return lateCode();
    const waitMs = (row.resendAt?.getTime() ?? 0) - now.getTime();
    return new TriesSpent(Math.max(1, Math.ceil(waitMs / 1000)));
  }
}
