import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';

const LIVE = `
  SELECT s.id, s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt", s.user_agent AS "userAgent"
    FROM sign_in s
    JOIN sign_in mine ON mine.id = $1 AND (s.account_id = mine.account_id OR s.phone_id = mine.phone_id)
                     AND (NOT mine.for_one OR s.person_id = mine.person_id)
   WHERE s.revoked_at IS NULL AND s.expires_at > $2
   ORDER BY s.last_seen_at DESC
   LIMIT 50`;

/** One device that is signed in. */
export interface LiveSignIn {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  userAgent: string | null;
}

/** Where an account or a phone is signed in; a sign-in of one person of a phone sees that person's only. */
@Injectable()
export class SignInQuery {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** @param signInId any sign-in of the account, phone or person */
  live(signInId: string): Promise<LiveSignIn[]> {
    return this.db.read<LiveSignIn>('signIn.live', LIVE, [signInId, this.clock.now()]);
  }
}
