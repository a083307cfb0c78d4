import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { newId } from '../shared/new-id.js';
import { Keys } from '../shared/security/keys.js';
import { lateCode } from './challenge.errors.js';
import { codeHmac, newCode, readCode, sameHmac } from './one-time-code.js';
import { RoomCodeForStaff, RoomCodesSpent } from './room-code.errors.js';
import {
  LIMITS_LOOK_BACK_MS,
  PERSON_DAILY,
  ROOM_CODE_LIFE_MS,
  ROOM_CODE_TRIES,
  secondsUntilNext,
  STAFF_ROLES,
} from './room-code.rules.js';

const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended($1, 0)) AS locked`;

const SHOWN = `
  SELECT created_at AS "createdAt" FROM room_code
   WHERE person_id = $1 AND created_at > $2
   ORDER BY created_at DESC
   LIMIT ${PERSON_DAILY}`;

const HOLDS = `
  SELECT EXISTS (SELECT 1 FROM role_grant g
                  WHERE g.person_id = $1 AND g.role = ANY ($2) AND (g.ends_at IS NULL OR g.ends_at > $3)) AS holds`;

const REPLACE = `UPDATE room_code SET replaced_at = $2 WHERE person_id = $1 AND used_at IS NULL AND replaced_at IS NULL`;

const INSERT = `
  INSERT INTO room_code (id, organisation_id, person_id, session_id, shown_by, code_hmac, created_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;

// As with an SMS, the try is counted before the code is looked at, under the rows' locks: twenty at once are five.
const TRY = `
  WITH live AS (
    SELECT id FROM room_code
     WHERE person_id = ANY ($1) AND used_at IS NULL AND replaced_at IS NULL AND expires_at > $2 AND tries < ${ROOM_CODE_TRIES}
     ORDER BY id
       FOR UPDATE
  )
  UPDATE room_code r SET tries = r.tries + 1
    FROM live
   WHERE r.id = live.id
  RETURNING r.id, r.person_id AS "personId", r.code_hmac AS "codeHmac"`;

const GIVE_BACK = `
  WITH tried AS (SELECT id FROM room_code WHERE id = ANY ($1) ORDER BY id FOR UPDATE)
  UPDATE room_code r SET tries = r.tries - 1 FROM tried WHERE r.id = tried.id AND r.tries > 0`;

const USE = `
  UPDATE room_code r SET used_at = $2
   WHERE r.id = $1 AND r.used_at IS NULL AND r.replaced_at IS NULL AND r.expires_at > $2
     AND NOT EXISTS (SELECT 1 FROM role_grant g
                      WHERE g.person_id = r.person_id AND g.role = ANY ($3) AND (g.ends_at IS NULL OR g.ends_at > $2))
  RETURNING r.organisation_id AS "organisationId", r.session_id AS "sessionId", r.shown_by AS "shownBy"`;

interface TriedRow {
  id: string;
  personId: string;
  codeHmac: Buffer;
}

/** To whom a code is shown, and at which session. */
export interface RoomCodeFor {
  personId: string;
  sessionId: string;
  /** Of the session. */
  organisationId: string;
}

/** A code as its person reads it off the screen; nobody can read it a second time. */
export interface ShownRoomCode {
  code: string;
  expiresAt: Date;
}

/** The room code that was typed. */
export interface RightRoomCode {
  id: string;
  personId: string;
}

/** One try at the live codes of some people: which one it was, and which others counted it as a wrong one. */
export interface RoomCodeTry {
  right: RightRoomCode | undefined;
  wrong: readonly string[];
}

/** Codes that staff show to a person in front of them: ten minutes, one live one each, single use, five tries, kept as keyed hashes. */
@Injectable()
export class RoomCodeService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Draws a code; the person's earlier one is dead. The caller has checked that this member of the staff may.
   *
   * @throws RoomCodeForStaff, RoomCodesSpent beyond 5 an hour and 15 a day
   */
  async show({ personId, sessionId, organisationId }: RoomCodeFor, by: StaffActor): Promise<ShownRoomCode> {
    return this.db.transaction(async () => {
      await this.db.read('roomCode.lock', LOCK, [`room-code:${personId}`]);
      if (await this.isForStaff(personId)) throw new RoomCodeForStaff();
      const now = this.clock.now();
      await this.assertLimits(personId, now);
      const id = newId();
      const code = newCode();
      const expiresAt = new Date(now.getTime() + ROOM_CODE_LIFE_MS);
      await this.db.write('roomCode.replace', REPLACE, [personId, now]);
      await this.db.write('roomCode.insert', INSERT, [
        ...[id, organisationId, personId, sessionId, by.accountId],
        ...[codeHmac(this.keys.current('room-code'), id, code), now, expiresAt],
      ]);
      await this.audit.record(by, {
        action: 'identity.room-code.show',
        subjectKind: 'person',
        subjectId: personId,
        organisationId,
        facts: { roomCode: id, session: sessionId },
      });
      return { code, expiresAt };
    });
  }

  /** True for whoever holds a grant of the staff in force: no code is shown to them. */
  async isForStaff(personId: string): Promise<boolean> {
    const row = await this.db.readOne<{ holds: boolean }>('roomCode.holds', HOLDS, [
      personId,
      STAFF_ROLES,
      this.clock.now(),
    ]);
    return row?.holds === true;
  }

  /**
   * Counts a try at every live code of these people and judges it. Call it outside of a transaction: a refused try must
   * stay counted. What cannot be a code counts nowhere.
   */
  async tryCode(personIds: readonly string[], typed: string): Promise<RoomCodeTry> {
    const code = readCode(typed);
    if (code === undefined) return { right: undefined, wrong: [] };
    const tried = await this.db.read<TriedRow>('roomCode.try', TRY, [personIds, this.clock.now()]);
    const keys = this.keys.all('room-code');
    const found = tried.find(({ id, codeHmac: kept }) =>
      keys.some((key) => sameHmac(codeHmac(key, id, code), kept)),
    );
    const wrong = tried.filter((row) => row !== found).map(({ id }) => id);
    return { right: found && { id: found.id, personId: found.personId }, wrong };
  }

  /** Takes a try back: the code was the right one of somebody else, or of an SMS. */
  async giveBack(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.db.write('roomCode.giveBack', GIVE_BACK, [ids]);
  }

  /**
   * Part of the transaction of what the code opens.
   *
   * @throws InvalidFields when another request was first, a newer code was shown, or the person has joined the staff
   */
  async use({ id, personId }: RightRoomCode): Promise<void> {
    const used = await this.db.readOne<{ organisationId: string; sessionId: string; shownBy: string }>(
      'roomCode.use',
      USE,
      [id, this.clock.now(), STAFF_ROLES],
    );
    if (!used) throw lateCode();
    const { organisationId, sessionId, shownBy } = used;
    await this.audit.record('system', {
      action: 'identity.room-code.use',
      subjectKind: 'person',
      subjectId: personId,
      organisationId,
      facts: { roomCode: id, session: sessionId, shownBy },
    });
  }

  private async assertLimits(personId: string, now: Date): Promise<void> {
    const since = new Date(now.getTime() - LIMITS_LOOK_BACK_MS);
    const rows = await this.db.read<{ createdAt: Date }>('roomCode.shown', SHOWN, [personId, since]);
    const seconds = secondsUntilNext(
      rows.map(({ createdAt }) => createdAt),
      now,
    );
    if (seconds > 0) throw new RoomCodesSpent(seconds);
  }
}
