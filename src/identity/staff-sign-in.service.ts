import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { type Limit, RateLimiter } from '../shared/limits/rate-limiter.js';
import { TotpRefused, WrongCredentials } from './account.errors.js';
import { normalEmail } from './account.service.js';
import { readCode } from './one-time-code.js';
import { passwordMatches } from './password.js';
import { type IssuedToken, SignInService } from './sign-in.service.js';
import { totpStep } from './totp.js';

const BY_EMAIL = `
  SELECT id, organisation_id AS "organisationId", password_hash AS "passwordHash", totp_secret AS "totpSecret"
    FROM account
   WHERE email = $1 AND disabled_at IS NULL`;

// A code of the authenticator serves once: the step it belongs to must be later than the last one.
const TAKE_STEP = `UPDATE account SET totp_step = $2 WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)`;

const WINDOW_SECONDS = 15 * 60;
/** Tries that failed, in a quarter of an hour: for one account, and from one network address for any. */
const MAX_OF_ACCOUNT = 10;
const MAX_OF_ADDRESS = 60;

interface AccountRow {
  id: string;
  organisationId: string;
  passwordHash: string;
  totpSecret: string | null;
}

/** What a member of the staff gives to sign in. */
export interface StaffCredentials {
  email: string;
  password: string;
  totp?: string | undefined;
}

/** Where a sign-in comes from. */
export interface SignInOrigin {
  address: string;
  userAgent?: string | undefined;
}

/** Staff sign in with e-mail, password, and the code of their authenticator when they have one. */
@Injectable()
export class StaffSignIn {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly limiter: RateLimiter,
    private readonly audit: AuditLog,
    private readonly signIns: SignInService,
  ) {}

  /** @throws WrongCredentials, TotpRefused, TooMany after ten failures in a quarter of an hour */
  async signIn({ email, password, totp }: StaffCredentials, origin: SignInOrigin): Promise<IssuedToken> {
    const limits = limitsOf(normalEmail(email), origin.address);
    // Counted before it is judged, so that a hundred at once are still ten; a right one gives its place back.
    for (const limit of limits) await this.limiter.hit(limit);
    const account = email.includes('\0')
      ? undefined
      : await this.db.readOne<AccountRow>('account.forSignIn', BY_EMAIL, [normalEmail(email)]);
    const isRight = await passwordMatches(account?.passwordHash, password);
    if (!account || !isRight) throw new WrongCredentials();
    const needsTotp = account.totpSecret !== null && !this.config.isDemo;
    if (needsTotp && totp) await this.checkTotp(account, totp);
    for (const limit of limits) await this.limiter.giveBack(limit);
    if (needsTotp && !totp) throw new TotpRefused(true);
    return this.db.transaction(async () => {
      const issued = await this.signIns.issue({ accountId: account.id }, origin.userAgent);
      const { id, organisationId } = account;
      await this.audit.record('system', {
        action: 'identity.staff.sign-in',
        subjectKind: 'account',
        subjectId: id,
        organisationId,
      });
      return issued;
    });
  }

  private async checkTotp({ id, totpSecret }: AccountRow, totp: string): Promise<void> {
    const step = totpStep(totpSecret ?? '', readCode(totp) ?? '', this.clock.now());
    if (step === undefined) throw new TotpRefused(false);
    if ((await this.db.write('account.takeTotpStep', TAKE_STEP, [id, step])) === 0)
      throw new TotpRefused(false);
  }
}

function limitsOf(email: string, address: string): Limit[] {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
  return [
    { bucket: `staff.account:${digest(email)}`, max: MAX_OF_ACCOUNT, windowSeconds: WINDOW_SECONDS },
    { bucket: `staff.address:${digest(address)}`, max: MAX_OF_ADDRESS, windowSeconds: WINDOW_SECONDS },
  ];
}
