import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor, Grant } from '../shared/access/actor.js';
import { ActorSource } from '../shared/access/actor-source.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { Locale } from '../shared/i18n/i18n.js';
import { newId } from '../shared/new-id.js';
import { Keys } from '../shared/security/keys.js';

const TOKEN_BYTES = 32;
const DAY_MS = 24 * 3600 * 1000;
/** A device is noted as seen once in this time, so that reading a page stays reading. */
const SEEN_EVERY_MS = 3600 * 1000;
/** A phone stays signed in for a campaign; staff sign in each working day. */
const LIFE_MS = { phone: 90 * DAY_MS, staff: DAY_MS } as const;

const INSERT = `
  INSERT INTO sign_in (id, token_hash, account_id, phone_id, person_id, created_at, expires_at, last_seen_at, user_agent, for_one)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $6, $8, $9)`;

// One read for every signed-in request: the token, whoever holds it, and their grants.
const BY_TOKEN = `
  SELECT asked.slot::int AS slot, s.id AS "signInId", s.account_id AS "accountId", s.phone_id AS "phoneId", s.person_id AS "personId",
         s.for_one AS "isForOne", s.last_seen_at AS "lastSeenAt", a.organisation_id AS "organisationId", a.name, coalesce(a.language, p.language, 'fr') AS language,
         p.given_fr AS "givenFr", p.family_fr AS "familyFr", p.given_ar AS "givenAr", p.family_ar AS "familyAr",
         coalesce((SELECT json_agg(json_build_object('role', g.role, 'scopeKind', g.scope_kind, 'scopeId', g.scope_id))
                     FROM role_grant g
                    WHERE (g.account_id = s.account_id OR g.person_id = s.person_id)
                      AND (g.ends_at IS NULL OR g.ends_at > asked.at)), '[]') AS grants
    FROM unnest($1::bytea[], $2::bytea[], $3::timestamptz[]) WITH ORDINALITY AS asked(hash, former_hash, at, slot)
    JOIN sign_in s ON s.token_hash = ANY (ARRAY[asked.hash, asked.former_hash])
    LEFT JOIN account a ON a.id = s.account_id
    LEFT JOIN person p ON p.id = s.person_id
   WHERE s.revoked_at IS NULL
     AND s.expires_at > asked.at
     AND a.disabled_at IS NULL`;

const SEEN = `UPDATE sign_in SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2`;
const PICK = `
  UPDATE sign_in SET person_id = $2
   WHERE id = $1 AND phone_id IS NOT NULL AND revoked_at IS NULL AND (NOT for_one OR person_id = $2)`;
const REVOKE = `UPDATE sign_in SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL`;
const REVOKE_ALL = `
  UPDATE sign_in s SET revoked_at = $2
    FROM sign_in mine
   WHERE mine.id = $1
     AND (s.account_id = mine.account_id OR s.phone_id = mine.phone_id)
     AND (NOT mine.for_one OR s.person_id = mine.person_id)
     AND s.revoked_at IS NULL`;

interface SignInRow {
  slot: number;
  signInId: string;
  lastSeenAt: Date;
  accountId: string | null;
  phoneId: string | null;
  personId: string | null;
  isForOne: boolean;
  organisationId: string | null;
  name: string | null;
  language: Locale;
  givenFr: string | null;
  familyFr: string | null;
  givenAr: string | null;
  familyAr: string | null;
  grants: Grant[];
}

/**
 * Who signs in: a staff account, or a phone with the person when there is only one. `isForOne` ties the sign-in to that
 * person: whoever else the phone serves stays closed to it.
 */
export type Holder = { accountId: string } | { phoneId: string; personId: string | null; isForOne?: boolean };

export interface IssuedToken {
  token: string;
  expiresAt: Date;
}

/** Sign-ins: opaque tokens of 256 bits, kept as keyed hashes, so a stolen table opens nothing. */
@Injectable()
export class SignInService extends ActorSource {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {
    super();
  }

  async issue(holder: Holder, userAgent?: string): Promise<IssuedToken> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = this.clock.now();
    const isStaff = 'accountId' in holder;
    const expiresAt = new Date(now.getTime() + (isStaff ? LIFE_MS.staff : LIFE_MS.phone));
    const owner = isStaff ? [holder.accountId, null, null] : [null, holder.phoneId, holder.personId];
    const [hash] = this.hashes(token);
    await this.db.write('signIn.insert', INSERT, [
      newId(),
      hash,
      ...owner,
      now,
      expiresAt,
      userAgent?.slice(0, 200) ?? null,
      !isStaff && holder.isForOne === true,
    ]);
    return { token, expiresAt };
  }

  async actorOf(token: string, via: Actor['via']): Promise<Actor | undefined> {
    const now = this.clock.now();
    const [hash, formerHash = null] = this.hashes(token);
    const row = await this.db.readGathered<SignInRow>('signIn.byToken', BY_TOKEN, [hash, formerHash, now]);
    if (!row) return undefined;
    if (now.getTime() - row.lastSeenAt.getTime() > SEEN_EVERY_MS) {
      await this.db.write('signIn.seen', SEEN, [row.signInId, now]);
    }
    return presentActor(row, via);
  }

  /**
   * Says which person of the phone is speaking; the caller has checked that the phone serves them.
   *
   * @returns false when this sign-in may not speak for them: it is one person's, or it has ended
   */
  async pickPerson(signInId: string, personId: string): Promise<boolean> {
    return (await this.db.write('signIn.pick', PICK, [signInId, personId])) > 0;
  }

  async revoke(signInId: string): Promise<void> {
    await this.db.write('signIn.revoke', REVOKE, [signInId, this.clock.now()]);
  }

  /** Signs out everywhere: every sign-in of the same account or phone; of one person of a phone, that person's. */
  async revokeAll(signInId: string): Promise<number> {
    return this.db.write('signIn.revokeAll', REVOKE_ALL, [signInId, this.clock.now()]);
  }

  private hashes(token: string): Buffer[] {
    return this.keys.all('sign-in').map(({ secret }) => createHmac('sha256', secret).update(token).digest());
  }
}

function presentActor(row: SignInRow, via: Actor['via']): Actor {
  const { signInId, language, grants } = row;
  if (row.accountId && row.organisationId) {
    const staff = { accountId: row.accountId, organisationId: row.organisationId, name: row.name ?? '' };
    return { kind: 'staff', signInId, language, grants, via, ...staff };
  }
  const latin = [row.givenFr, row.familyFr].filter(Boolean).join(' ');
  const arabic = [row.givenAr, row.familyAr].filter(Boolean).join(' ');
  const name = language === 'ar' ? arabic || latin : latin || arabic;
  const person = row.personId ? { id: row.personId, name } : null;
  const only = row.isForOne ? { isForOne: true as const } : {};
  return { kind: 'phone', signInId, language, grants, via, phoneId: row.phoneId ?? '', person, ...only };
}
