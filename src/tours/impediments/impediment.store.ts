import { Injectable } from '@nestjs/common';
import type { Reach } from '../../campaigns/public.js';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { isUuid } from '../../shared/new-id.js';
import type { Impediment, ImpedimentAnswer } from './impediment.js';

/** What a list shows at most. */
const SHOWN = 200;

const SELECT = `
  SELECT i.id, i.session_id AS "sessionId", json_build_object('id', a.id, 'name', a.name) AS trainer, i.reason, i.note,
         i.reported_at AS "reportedAt", i.due_at AS "dueAt", json_build_object('from', lower(i.days), 'to', upper(i.days) - 1) AS days, i.answer, i.answered_at AS "answeredAt"
    FROM impediment i
    JOIN account a ON a.id = i.account_id`;
const BY_ID = `${SELECT} WHERE i.id = $1`;
const OF_SESSION = `${SELECT} WHERE i.session_id = $1 ORDER BY i.reported_at DESC, i.id LIMIT ${SHOWN}`;
const OPEN_WITHIN = `${SELECT}
    JOIN session s ON s.id = i.session_id
   WHERE i.answer IS NULL
     AND ($1 OR s.organisation_id = ANY($2::uuid[]) OR s.campaign_id = ANY($3::uuid[]))
   ORDER BY i.due_at, i.id
   LIMIT ${SHOWN}`;
const INSERT = `
  INSERT INTO impediment (id, session_id, account_id, reason, note, reported_at, due_at, days)
  VALUES ($1, $2, $3, $4, $5, $6, $7, daterange($8::date, $9::date, '[]'))
  ON CONFLICT (session_id, account_id) WHERE answer IS NULL DO NOTHING`;
const DUE = `SELECT DISTINCT session_id AS "sessionId" FROM impediment WHERE answer IS NULL AND due_at <= $1 ORDER BY session_id`;
const ANSWER = `
  UPDATE impediment SET answer = $2, answered_at = $3, answered_by = $4
   WHERE session_id = $1 AND answer IS NULL AND ($5::uuid[] IS NULL OR account_id = ANY($5))`;

/** Rows of impediments. They change only while their session's row is held. */
@Injectable()
export class ImpedimentStore {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns whether it is a new one, and not a second word of the same */
  async insert({
    id,
    sessionId,
    trainer,
    reason,
    note,
    reportedAt,
    dueAt,
    days,
  }: Impediment): Promise<boolean> {
    const values = [id, sessionId, trainer.id, reason, note, reportedAt, dueAt, days.from, days.to];
    return (await this.db.write('impediment.insert', INSERT, values)) > 0;
  }

  async byId(id: string): Promise<Impediment | undefined> {
    return isUuid(id) ? this.db.readOne('impediment.byId', BY_ID, [id]) : undefined;
  }

  /** The latest first. */
  ofSession(sessionId: string): Promise<Impediment[]> {
    return this.db.read('impediment.ofSession', OF_SESSION, [sessionId]);
  }

  /** Those that wait for an answer, the most urgent first. */
  openWithin({ everything, organisationIds, campaignIds }: Reach): Promise<Impediment[]> {
    return this.db.read('impediment.openWithin', OPEN_WITHIN, [everything, organisationIds, campaignIds]);
  }

  /** Sessions of which something should have been answered. */
  due(): Promise<Array<{ sessionId: string }>> {
    return this.db.read('impediment.due', DUE, [this.clock.now()]);
  }

  /**
   * Answers what is open of a session, of all its trainers or of some.
   *
   * @param by account of whoever answered; null for the system
   */
  async answer(
    sessionId: string,
    answer: ImpedimentAnswer,
    by: string | null,
    trainers?: readonly string[],
  ): Promise<number> {
    const values = [sessionId, answer, this.clock.now(), by, trainers ?? null];
    return this.db.write('impediment.answer', ANSWER, values);
  }
}
