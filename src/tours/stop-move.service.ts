import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { addDays, daysBetween, isLocalDate } from '../shared/clock/local-date.js';
import { Database } from '../shared/database/database.js';
import { violates } from '../shared/database/database.errors.js';
import { InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { checkReasons } from './clash.service.js';
import { type SessionChange, SessionChangeService } from './session-change.service.js';
import { SessionClash, StopChanged, StopExists } from './session.errors.js';
import { SessionQuery } from './session.query.js';
import type { SessionRow } from './session.row.js';
import { saving } from './session.service.js';
import { StopService } from './stop.service.js';
import { type StopRow, TourQuery } from './tour.query.js';

/** Where a stop is to be. */
export interface StopMove {
  /** New day, `YYYY-MM-DD`. */
  localDate: string;
  /** The team's later stops move by as many days. */
  shiftRest: boolean;
  reasons?: Readonly<Record<string, unknown>>;
}

/** A stop with the day it had and the day it gets. */
export interface MovedStop {
  stop: StopRow;
  to: string;
  /** Its sessions that move along; those that were called off stay as they were. */
  sessions: SessionRow[];
}

export interface MovePreview {
  moves: MovedStop[];
  /** Stops of the team after this one that stay where they are. */
  later: number;
  /** People with a seat, an offer or a place in the queue of a session that moves. */
  people: number;
  /** Stands for what was looked at: a confirmation of something else is refused. */
  seen: string;
  /** What is taken or needs a reason. */
  clash: SessionClash | undefined;
}

/** Carries what was seen out of a transaction that must not stand. */
class Undone extends Error {}

const LOCK = `SELECT id FROM stop WHERE tour_id = $1 ORDER BY id FOR UPDATE`;
const MOVE = `UPDATE stop SET local_date = $2 WHERE id = $1`;

/** Moves a stop to another day with its sessions, and the rest of the road where asked. */
@Injectable()
export class StopMoveService {
  constructor(
    private readonly db: Database,
    private readonly audit: AuditLog,
    private readonly stops: StopService,
    private readonly tours: TourQuery,
    private readonly sessions: SessionQuery,
    private readonly changes: SessionChangeService,
  ) {}

  /**
   * What a move would do: it is done for real, looked at, and undone.
   *
   * @throws NotFound, InvalidFields, StopExists, SessionNotEditable
   */
  async rehearse(actor: Actor, stopId: string, move: StopMove): Promise<MovePreview> {
    const plan = await this.planOf(actor, stopId, move);
    let clash: SessionClash | undefined;
    try {
      await this.inTransaction(async () => {
        await this.moveHeld(actor, stopId, move);
        throw new Undone('Rehearsed');
      });
    } catch (error) {
      if (error instanceof SessionClash) clash = error;
      else if (!(error instanceof Undone)) throw error;
    }
    const people = plan.moves
      .flatMap(({ sessions }) => sessions)
      .reduce((sum, { booked, offered, waiting }) => sum + booked + offered + waiting, 0);
    return { ...plan, people, seen: seenOf(plan.moves), clash };
  }

  /**
   * @param seen of the preview that is confirmed; unset: whatever stands now
   * @throws NotFound, InvalidFields, StopExists, StopChanged, SessionNotEditable, SessionClash
   */
  async move(actor: Actor, stopId: string, move: StopMove, seen?: string): Promise<MovedStop[]> {
    checkReasons(move.reasons);
    return this.inTransaction(() => this.moveHeld(actor, stopId, move, seen));
  }

  private async inTransaction<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await saving(() => this.db.transaction(work));
    } catch (error) {
      if (violates(error, 'stop_team_id_city_slug_local_date_key')) throw new StopExists();
      throw error;
    }
  }

  private async moveHeld(actor: Actor, stopId: string, move: StopMove, seen?: string): Promise<MovedStop[]> {
    const { tourId } = await this.stops.stopFor(actor, stopId);
    await this.db.read('stopMove.lock', LOCK, [tourId]);
    const { moves, days } = await this.planOf(actor, stopId, move);
    if (seen !== undefined && seen !== seenOf(moves)) throw new StopChanged();
    // Two stops in one city do not meet on the way: the last one goes first when all go later.
    const order = days > 0 ? moves.toReversed() : moves;
    for (const { stop, to } of order) {
      await this.db.write('stopMove.move', MOVE, [stop.id, to]);
      const facts = { from: stop.localDate, to, city: stop.citySlug };
      const subject = { subjectKind: 'stop', subjectId: stop.id, organisationId: stop.organisationId };
      await this.audit.record(actor, { action: 'tours.stop.move', ...subject, facts });
    }
    const changes = new Map<string, SessionChange>();
    for (const { id, units } of moves.flatMap(({ sessions }) => sessions)) {
      const localDate = addDays(units[0]?.localDate ?? move.localDate, days);
      changes.set(id, { localDate, ...(move.reasons ? { reasons: move.reasons } : {}) });
    }
    if (changes.size > 0) await this.changes.changeHeld(actor, changes);
    return moves;
  }

  /** Which stops go where, in the order of time. */
  private async planOf(
    actor: Actor,
    stopId: string,
    { localDate, shiftRest }: StopMove,
  ): Promise<{ moves: MovedStop[]; later: number; days: number }> {
    if (!isLocalDate(localDate))
      throw new InvalidFields([{ pointer: '/localDate', code: 'not-a-date', params: { date: localDate } }]);
    const stop = await this.stops.stopFor(actor, stopId);
    const days = daysBetween(stop.localDate, localDate);
    if (days === 0) throw new InvalidFields([{ pointer: '/localDate', code: 'same-day' }]);
    const own = (await this.tours.stops(stop.tourId)).filter(({ teamId }) => teamId === stop.teamId);
    const later = own.filter((one) => one.id !== stop.id && one.localDate >= stop.localDate);
    const moved = shiftRest ? own.filter((one) => one.id === stop.id || later.includes(one)) : [stop];
    const sessions = (await this.sessions.ofTour(stop.tourId)).filter(
      ({ status }) => status !== 'cancelled' && status !== 'postponed',
    );
    const moves = moved.map((one) => {
      let to: string;
      try {
        to = addDays(one.localDate, days);
      } catch {
        throw new InvalidFields([{ pointer: '/localDate', code: 'not-a-date', params: { date: localDate } }]);
      }
      return { stop: one, to, sessions: sessions.filter((session) => session.stopId === one.id) };
    });
    if (moves.length === 0) throw new NotFound('stop');
    return { moves, later: shiftRest ? 0 : later.length, days };
  }
}

/** A short mark of the days and plans that were looked at. */
function seenOf(moves: readonly MovedStop[]): string {
  const parts = moves.map(({ stop, to, sessions }) => [
    stop.id,
    stop.localDate,
    to,
    sessions.map(({ id, revision, booked, offered, waiting }) => [id, revision, booked, offered, waiting]),
  ]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
