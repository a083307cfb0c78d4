import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { publicAddress } from '../config/public-address.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import type { Locale } from '../shared/i18n/i18n.js';
import { networkOf } from '../shared/limits/network-of.js';
import { RateLimiter } from '../shared/limits/rate-limiter.js';
import { Keys } from '../shared/security/keys.js';

/** What a link may answer, and nothing else. */
export type LinkPurpose = 'offer' | 'coming';

export interface PersonalLink {
  purpose: LinkPurpose;
  enrolmentId: string;
}

/** Small letters and digits that are not mistaken for one another: 5 bits each. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
/** 60 bits. */
const LENGTH = 12;
const CODE = new RegExp(`^[${LETTERS}]{${LENGTH}}$`);
const UNKNOWN_PER_MINUTE = 30;

const INSERT = `
  INSERT INTO personal_link (code_hash, purpose, enrolment_id, expires_at, created_at) VALUES ($1, $2, $3, $4, $5)`;
const FIND = `
  SELECT purpose, enrolment_id AS "enrolmentId" FROM personal_link WHERE code_hash = ANY($1::bytea[]) AND expires_at > $2`;
const FORGET = `DELETE FROM personal_link WHERE expires_at <= $1`;

/** Links in SMS by which a person answers without a sign-in. Only the SMS holds the code: here is its HMAC. */
@Injectable()
export class PersonalLinks {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly config: AppConfig,
    private readonly limits: RateLimiter,
  ) {}

  /** Makes a link in the open transaction. @returns its address */
  async make({ purpose, enrolmentId }: PersonalLink, expiresAt: Date, locale: Locale): Promise<string> {
    const code = [...randomBytes(LENGTH)].map((byte) => LETTERS[byte & 31]).join('');
    const hash = hashOf(this.keys.current('personal-link').secret, code);
    await this.db.write('personalLink.insert', INSERT, [
      hash,
      purpose,
      enrolmentId,
      expiresAt,
      this.clock.now(),
    ]);
    return this.address(code, locale);
  }

  /** An address as long as a real one, for reckoning what an SMS costs. */
  sample(locale: Locale): string {
    return this.address('0'.repeat(LENGTH), locale);
  }

  /**
   * @param address network address of whoever asks
   * @throws NotFound, and TooMany after thirty unknown codes in a minute
   */
  async find(code: string, address: string): Promise<PersonalLink> {
    const read = readCode(code);
    const secrets = read === undefined ? [] : this.keys.all('personal-link');
    const hashes = secrets.map(({ secret }) => hashOf(secret, read ?? ''));
    const link = await this.db.readOne<PersonalLink>('personalLink.find', FIND, [hashes, this.clock.now()]);
    if (link) return link;
    const network = hashOf(this.keys.current('personal-link').secret, networkOf(address)).toString(
      'base64url',
    );
    const bucket = `personal-link.unknown:${network}`;
    await this.limits.hit({ bucket, max: UNKNOWN_PER_MINUTE, windowSeconds: 60 });
    throw new NotFound('link');
  }

  /** Drops what opens nothing any more. @returns how many */
  forgetOld(): Promise<number> {
    return this.db.write('personalLink.forget', FORGET, [this.clock.now()]);
  }

  private address(code: string, locale: Locale): string {
    return `${publicAddress(this.config)}/${locale}/r/${code}`;
  }
}

/** Letters that are taken for others are read as those; undefined for what is no code. */
function readCode(typed: string): string | undefined {
  const code = typed.toLowerCase().replace(/o/g, '0').replace(/[il]/g, '1').replace(/u/g, 'v');
  return CODE.test(code) ? code : undefined;
}

const hashOf = (secret: Buffer, text: string): Buffer => createHmac('sha256', secret).update(text).digest();
