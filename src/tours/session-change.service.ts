import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { ChangeRules } from './change-rules.js';
import { checkReasons, type Judged } from './clash.service.js';
import { PlanTools } from './plan-tools.js';
import { assertNoPlace, remoteUrlOf } from './remote-link.js';
import { SessionPostponed } from './session.errors.js';
import { SessionQuery } from './session.query.js';
import { seatsGiven, type SessionRow, type UnitRow } from './session.row.js';
import { saving, textOrNull } from './session.service.js';
import type { TeachingChange } from './trainer-news/trainer-news.js';
import { planUnits, shiftUnits, type UnitInput, type UnitPlan, type WholeChange } from './unit-plan.js';

/** What may change; what is left out stays. `units` replaces all units. */
export interface SessionChange extends WholeChange {
  course?: string;
  capacity?: number;
  overbookPercent?: number;
  language?: 'ar' | 'fr' | 'en';
  venueId?: string | null;
  venueNote?: string | null;
  /** https address of a session at a distance; null puts it back into a room. */
  remoteUrl?: string | null;
  units?: readonly UnitInput[];
  reasons?: Readonly<Record<string, unknown>>;
  /** Of the session as it was read: a newer one is refused. */
  revision?: number;
}

/** A session's change in the making. */
interface Draft extends Judged {
  before: SessionRow;
  units: UnitPlan[];
  /** The units differ in anything. */
  isReplanned: boolean;
  /** The link that is kept; undefined leaves what there is. */
  remoteUrl: string | null | undefined;
  isRemote: boolean;
  /** It was postponed, and has a date again. */
  isResumed: boolean;
  /** People must come at another time or to another room, or need not come any more. */
  isMoved: boolean;
}

/** Changes sessions, one or several in one transaction: what they pass through on the way does not matter. */
@Injectable()
export class SessionChangeService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly sessions: SessionQuery,
    private readonly rules: ChangeRules,
    private readonly plan: PlanTools,
  ) {}

  /** @throws NotFound, InvalidFields, SessionNotEditable, SessionChanged, SessionClash */
  async change(actor: Actor, changes: ReadonlyMap<string, SessionChange>): Promise<void> {
    for (const { reasons } of changes.values()) checkReasons(reasons);
    await saving(() => this.db.transaction(() => this.changeHeld(actor, changes)));
  }

  /** The same inside a transaction of the caller, who answers for what the database refuses. */
  async changeHeld(actor: Actor, changes: ReadonlyMap<string, SessionChange>): Promise<void> {
    const rows = await this.sessions.lock([...changes.keys()]);
    if (rows.length < changes.size) throw new NotFound('session');
    for (const row of rows) this.rules.assertEditable(actor, row, changes.get(row.id)?.revision);
    await this.plan.store.deferClashes();
    const drafts: Draft[] = [];
    for (const row of rows) drafts.push(await this.draft(row, changes.get(row.id) ?? {}));
    await this.plan.store.lockResources(drafts.flatMap(({ units }) => units));
    for (const draft of drafts) await this.save(draft, changes.get(draft.sessionId) ?? {});
    await this.judge(actor, drafts);
    await this.plan.store.check();
    for (const draft of drafts) await this.tell(actor, draft);
    await this.rules.tellTrainers(actor, drafts.map(teachingOf));
    for (const draft of drafts) await this.rules.settle(actor, teachingOf(draft), isRetimed(draft));
  }

  /** Locks a session's row for the open transaction; nothing happens to one that does not exist. */
  async hold(id: string): Promise<void> {
    await this.sessions.lock([id]);
  }

  private async draft(before: SessionRow, change: SessionChange): Promise<Draft> {
    const existing = before.units.map(planOf);
    const inputs = change.units ?? shiftUnits(existing, change);
    const units = planUnits(inputs, existing, {
      localDate: existing[0]?.localDate ?? '',
      ...defaultsOf(change),
    });
    const isReplanned = JSON.stringify(units) !== JSON.stringify(existing);
    const isReplaced = JSON.stringify(units.map(whenAndWhere)) !== JSON.stringify(existing.map(whenAndWhere));
    const remoteUrl = remoteUrlOf(change.remoteUrl);
    const isRemote = remoteUrl === undefined ? before.isRemote : remoteUrl !== null;
    if (isRemote) assertNoPlace(units, change);
    const isResumed = before.status === 'postponed' && hasDate(change);
    // While it has no date nobody need come anywhere: what changes of it then is told with the new day.
    const hasPeopleToTell = before.status !== 'postponed' || isResumed;
    const isMoved = hasPeopleToTell && (isReplaced || isResumed || isRemote !== before.isRemote);
    if (
      (isResumed || (isReplaced && hasPeopleToTell)) &&
      units.every(({ endsAt }) => endsAt <= this.clock.now())
    ) {
      throw new InvalidFields([{ pointer: '/units/0/localDate', code: 'in-the-past' }]);
    }
    const capacity = change.capacity ?? before.capacity;
    const overbookPercent = change.overbookPercent ?? before.overbookPercent;
    const accepted = (await this.rules.softBefore(before)).filter(({ code }) => before.softReasons[code]);
    return {
      before,
      units,
      isReplanned,
      isMoved,
      isResumed,
      ...{ remoteUrl, isRemote },
      sessionId: before.id,
      capacity,
      overbookPercent,
      accepted,
      reasons: checkReasons(change.reasons),
    };
  }

  private async save(draft: Draft, change: SessionChange): Promise<void> {
    const { before, units, isReplanned, isResumed, isRemote, remoteUrl, capacity, overbookPercent } = draft;
    const { choices, store } = this.plan;
    const courseId =
      change.course === undefined ? before.course.id : await choices.course(before, change.course);
    const roomChanged = units.some((unit, i) => unit.roomId !== before.units[i]?.roomId);
    // Rooms elsewhere bring their venue; without any room the place stays what it was.
    const isElsewhere = roomChanged && units.some(({ roomId }) => roomId !== null);
    const keptVenue = isElsewhere ? undefined : (before.venue?.id ?? null);
    const placeId = await choices.place(
      before,
      units,
      change.venueId !== undefined ? change.venueId : keptVenue,
    );
    const note = change.venueNote === undefined ? before.venueNote : textOrNull(change.venueNote);
    const [venueId, venueNote] = isRemote ? [null, null] : [placeId, note];
    const language = change.language ?? before.language;
    const values = { courseId, venueId, venueNote, remoteUrl, language, capacity, overbookPercent };
    await store.update(before.id, values, this.clock.now());
    if (isResumed) await store.resume(before.id);
    if (isReplanned || isResumed) await store.putUnits(before.id, units);
  }

  private async judge(actor: Actor, drafts: readonly Draft[]): Promise<void> {
    const found = await this.rules.judge(actor, drafts);
    for (const [i, { sessionId, before, reasons }] of drafts.entries()) {
      const codes = [...new Set((found[i] ?? []).map(({ code }) => code))];
      const kept = Object.fromEntries(
        codes.map((code) => [code, reasons[code] ?? before.softReasons[code] ?? '']),
      );
      await this.plan.store.setReasons(sessionId, kept);
    }
  }

  private async tell(actor: Actor, draft: Draft): Promise<void> {
    const { before, sessionId, capacity, overbookPercent, isMoved, isResumed, isRemote, reasons } = draft;
    const facts = {
      moved: isMoved,
      resumed: isResumed,
      remote: isRemote,
      capacity,
      capacityBefore: before.capacity,
      overbookPercent,
      reasons: this.audit.digest(JSON.stringify(reasons)),
    };
    const subject = { subjectKind: 'session', subjectId: sessionId, organisationId: before.organisationId };
    await this.audit.record(actor, {
      action: 'tours.session.change',
      ...subject,
      facts: { ...facts, passed: Object.keys(reasons) },
    });
    const isRaised = seatsGiven(draft) > seatsGiven(before) || isResumed;
    await this.rules.hooks(before, { isMoved, isRaised });
  }

  /**
   * Takes a session's date away: it keeps its seats, and whoever is booked or waiting is told that a new day will come.
   *
   * @param revision of the session as it was read: a newer one is refused
   * @throws NotFound, SessionNotEditable, SessionPostponed, SessionChanged
   */
  async postpone(actor: Actor, id: string, reason: string, revision?: number): Promise<void> {
    await this.db.transaction(() => this.postponeHeld(actor, id, reason, revision));
  }

  /** The same inside a transaction of the caller; the system asks nobody. */
  async postponeHeld(
    actor: Actor | 'system',
    id: string,
    reason: string | null,
    revision?: number,
  ): Promise<void> {
    const [row] = await this.sessions.lock([id]);
    if (!row) throw new NotFound('session');
    if (actor !== 'system') this.rules.assertEditable(actor, row, revision);
    if (row.status !== 'planned') throw new SessionPostponed();
    await this.plan.store.postpone(id, reason, this.clock.now());
    const subject = { subjectKind: 'session', subjectId: id, organisationId: row.organisationId };
    const facts = { booked: row.booked, waiting: row.waiting, reason: this.audit.digest(reason ?? '') };
    await this.audit.record(actor, { action: 'tours.session.postpone', ...subject, facts });
    await this.rules.postponed(actor, row);
  }

  /**
   * Calls a session off: it stays in history, frees what it held, and whoever is booked or waiting is told by enrolment.
   *
   * @param revision of the session as it was read: a newer one is refused
   * @throws NotFound, SessionNotEditable, SessionChanged
   */
  async cancel(actor: Actor, id: string, reason: string, revision?: number): Promise<void> {
    await this.db.transaction(() => this.cancelHeld(actor, id, reason, revision));
  }

  /** The same inside a transaction of the caller. */
  async cancelHeld(actor: Actor, id: string, reason: string, revision?: number): Promise<void> {
    const [row] = await this.sessions.lock([id]);
    if (!row) throw new NotFound('session');
    this.rules.assertEditable(actor, row, revision);
    await this.plan.store.cancel(id, reason, this.clock.now());
    const subject = { subjectKind: 'session', subjectId: id, organisationId: row.organisationId };
    const facts = { booked: row.booked, waiting: row.waiting, reason: this.audit.digest(reason) };
    await this.audit.record(actor, { action: 'tours.session.cancel', ...subject, facts });
    await this.rules.cancelled(actor, row);
  }
}

/** Whether a change says when the session is. */
function hasDate({ units, localDate, localStart, localEnd }: SessionChange): boolean {
  return [units, localDate, localStart, localEnd].some((given) => given !== undefined);
}

function teachingOf({ sessionId, before, units, isMoved }: Draft): TeachingChange {
  return {
    sessionId,
    before: new Set(before.units.flatMap(({ trainers }) => trainers.map(({ id }) => id))),
    after: new Set(units.flatMap(({ trainerIds }) => trainerIds)),
    isMoved,
  };
}

/** Another day or other hours than those to which somebody could not come. */
function isRetimed({ before, units, isResumed }: Draft): boolean {
  const times = (all: ReadonlyArray<{ startsAt: Date; endsAt: Date }>): string =>
    JSON.stringify(all.map(({ startsAt, endsAt }) => [startsAt, endsAt]));
  return isResumed || times(units) !== times(before.units.map(planOf));
}

function planOf(unit: UnitRow): UnitPlan {
  const { id, n, localDate, localStart, localEnd, zone, roomId, kitIds } = unit;
  const instants = { startsAt: new Date(unit.startsAt), endsAt: new Date(unit.endsAt) };
  return {
    id,
    localDate,
    localStart,
    localEnd,
    zone,
    ...instants,
    roomId,
    trainerIds: unit.trainers.map((one) => one.id),
    kitIds,
    n,
  };
}

function defaultsOf({
  roomId,
  trainerIds,
  kitIds,
}: WholeChange): Partial<Pick<UnitPlan, 'roomId' | 'trainerIds' | 'kitIds'>> {
  return {
    ...(roomId !== undefined ? { roomId } : {}),
    ...(trainerIds ? { trainerIds } : {}),
    ...(kitIds ? { kitIds } : {}),
  };
}

function whenAndWhere({
  id,
  startsAt,
  endsAt,
  roomId,
}: UnitPlan): Pick<UnitPlan, 'id' | 'startsAt' | 'endsAt' | 'roomId'> {
  return { id, startsAt, endsAt, roomId };
}
