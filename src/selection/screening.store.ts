import { Injectable } from '@nestjs/common';
import type { Answers } from '../calls/public.js';
import type { Category, Gender, Sector } from '../people/public.js';
import { Database } from '../shared/database/database.js';
import type { Locale } from '../shared/i18n/i18n.js';
import type { Ineligibility } from './selection.js';
import type { Scores } from './scoring.js';

const CANDIDATES = `
  SELECT a.id, a.n, c.number AS "callNumber", a.version, a.person_id AS "personId", a.answers, a.commune_code AS "communeCode",
         p.gender, p.birth_year AS "birthYear", p.category, p.sector, p.language
    FROM application a JOIN call c ON c.id = a.call_id JOIN person p ON p.id = a.person_id
   WHERE a.call_id = $1 AND a.state = 'sent' ORDER BY a.n`;
const DROP_GONE = `
  DELETE FROM screening_dossier d USING application a
   WHERE d.call_id = $1 AND a.id = d.application_id AND a.state <> 'sent'`;
// What was scored of another version of the answers was not a score of these.
const DROP_STALE = `
  DELETE FROM screening_score s USING screening_dossier d, application a
   WHERE d.call_id = $1 AND a.id = d.application_id AND s.application_id = d.application_id AND s.version <> a.version`;
const ENTER = `
  INSERT INTO screening_dossier AS d (application_id, call_id, n, version, eligible, reasons)
  SELECT x."id", $1, x."n", x."version", x."reasons" = '[]', x."reasons"
    FROM jsonb_to_recordset($2::jsonb) AS x("id" uuid, "n" integer, "version" integer, "reasons" jsonb)
  ON CONFLICT (application_id) DO UPDATE SET version = excluded.version, eligible = excluded.eligible, reasons = excluded.reasons
   WHERE (d.version, d.eligible, d.reasons) IS DISTINCT FROM (excluded.version, excluded.eligible, excluded.reasons)`;
const OUTDATED = `
  SELECT EXISTS (
    SELECT FROM application a LEFT JOIN screening_dossier d ON d.application_id = a.id
     WHERE a.call_id = $1 AND (CASE WHEN a.state = 'sent' THEN d.version IS DISTINCT FROM a.version ELSE d.application_id IS NOT NULL END)
  ) AS outdated`;
const LEASED = `
  SELECT application_id AS id FROM screening_dossier
   WHERE call_id = $1 AND lease_account = $2 AND lease_until > $3`;
const FORGET_LEASE = `
  UPDATE screening_dossier SET lease_account = NULL, lease_until = NULL WHERE call_id = $1 AND lease_account = $2`;
// Whoever asks at the same moment skips the row that is being taken.
const LEASE_NEXT = `
  UPDATE screening_dossier SET lease_account = $2, lease_until = $4
   WHERE application_id = (
     SELECT d.application_id FROM screening_dossier d
      WHERE d.call_id = $1 AND d.eligible AND (d.lease_until IS NULL OR d.lease_until <= $3)
        AND (SELECT count(*) FROM screening_score s WHERE s.application_id = d.application_id) < $5
        AND NOT EXISTS (SELECT FROM screening_score s WHERE s.application_id = d.application_id AND s.account_id = $2)
      ORDER BY d.n LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING application_id AS id`;
const LOCK = `
  SELECT application_id AS id, call_id AS "callId", version, eligible, lease_account AS "leaseAccount", lease_until AS "leaseUntil"
    FROM screening_dossier WHERE application_id = $1 FOR UPDATE`;
const LOOKS = `
  SELECT s.slot, s.account_id AS "accountId", a.name AS by, s.scores, s.points, s.note, s.at
    FROM screening_score s JOIN account a ON a.id = s.account_id
   WHERE s.application_id = $1 ORDER BY s.slot`;
const PUT = `
  INSERT INTO screening_score (application_id, slot, account_id, version, scores, points, note, at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (application_id, slot) DO UPDATE SET scores = excluded.scores, points = excluded.points, note = excluded.note,
                                                  at = excluded.at, version = excluded.version`;
const RELEASE = `UPDATE screening_dossier SET lease_account = NULL, lease_until = NULL WHERE application_id = $1`;
const ALL = `
  SELECT d.application_id AS id, d.n, d.reasons,
         coalesce((SELECT json_agg(json_build_object('slot', s.slot, 'points', s.points, 'accountId', s.account_id) ORDER BY s.slot)
                     FROM screening_score s WHERE s.application_id = d.application_id), '[]') AS looks
    FROM screening_dossier d WHERE d.call_id = $1 ORDER BY d.n`;

/** A dossier that was sent, with what rules and quotas look at. */
export interface CandidateRow {
  readonly id: string;
  readonly n: number;
  readonly callNumber: number;
  readonly version: number;
  readonly personId: string;
  readonly answers: Answers;
  readonly communeCode: string | null;
  readonly gender: Gender;
  readonly birthYear: number | null;
  readonly category: Category | null;
  readonly sector: Sector | null;
  readonly language: Locale;
}

export interface ScreeningDossier {
  readonly id: string;
  readonly callId: string;
  readonly version: number;
  readonly eligible: boolean;
  readonly leaseAccount: string | null;
  readonly leaseUntil: Date | null;
}

/** What one scorer gave. */
export interface LookRow {
  readonly slot: number;
  readonly accountId: string;
  readonly by: string;
  readonly scores: Scores;
  readonly points: number;
  readonly note: string | null;
  readonly at: Date;
}

export type NewLook = Omit<LookRow, 'by'> & { readonly version: number };

/** A dossier of the screening with what was given so far. */
export interface ScreenedRow {
  readonly id: string;
  readonly n: number;
  readonly reasons: readonly Ineligibility[];
  readonly looks: ReadonlyArray<{ slot: number; points: number; accountId: string }>;
}

/** The screening in the database; changes are part of the caller's transaction. */
@Injectable()
export class ScreeningStore {
  constructor(private readonly db: Database) {}

  candidates(callId: string): Promise<CandidateRow[]> {
    return this.db.read('screening.candidates', CANDIDATES, [callId]);
  }

  /** True when dossiers were sent, changed or taken back since they were entered. */
  async isOutdated(callId: string): Promise<boolean> {
    const row = await this.db.readOne<{ outdated: boolean }>('screening.outdated', OUTDATED, [callId]);
    return row?.outdated ?? false;
  }

  /** Enters the dossiers as they stand; what is gone goes, and scores of answers that changed. */
  async enter(
    callId: string,
    dossiers: ReadonlyArray<{ id: string; n: number; version: number; reasons: readonly Ineligibility[] }>,
  ): Promise<void> {
    await this.db.write('screening.dropGone', DROP_GONE, [callId]);
    await this.db.write('screening.dropStale', DROP_STALE, [callId]);
    await this.db.write('screening.enter', ENTER, [callId, JSON.stringify(dossiers)]);
  }

  /** The dossier that a scorer has in hand. */
  async leased(callId: string, accountId: string, now: Date): Promise<string | undefined> {
    return (await this.db.readOne<{ id: string }>('screening.leased', LEASED, [callId, accountId, now]))?.id;
  }

  async forgetLease(callId: string, accountId: string): Promise<void> {
    await this.db.write('screening.forgetLease', FORGET_LEASE, [callId, accountId]);
  }

  /** Takes the first dossier that nobody has in hand and that this scorer has not scored. */
  async leaseNext(
    callId: string,
    accountId: string,
    { now, until, scorers }: { now: Date; until: Date; scorers: number },
  ): Promise<string | undefined> {
    const values = [callId, accountId, now, until, scorers];
    return (await this.db.readOne<{ id: string }>('screening.leaseNext', LEASE_NEXT, values))?.id;
  }

  lock(applicationId: string): Promise<ScreeningDossier | undefined> {
    return this.db.readOne('screening.lock', LOCK, [applicationId]);
  }

  /** By their slots. */
  looks(applicationId: string): Promise<LookRow[]> {
    return this.db.read('screening.looks', LOOKS, [applicationId]);
  }

  async put(applicationId: string, look: NewLook): Promise<void> {
    const { slot, accountId, version, scores, points, note, at } = look;
    const values = [applicationId, slot, accountId, version, JSON.stringify(scores), points, note, at];
    await this.db.write('screening.put', PUT, values);
  }

  async release(applicationId: string): Promise<void> {
    await this.db.write('screening.release', RELEASE, [applicationId]);
  }

  all(callId: string): Promise<ScreenedRow[]> {
    return this.db.read('screening.all', ALL, [callId]);
  }
}
