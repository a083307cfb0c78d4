import { Injectable } from '@nestjs/common';
import { mayManage, mayReadPlan } from '../../campaigns/public.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { assertPlanned } from '../change-rules.js';
import { ClashQuery } from '../clash.query.js';
import { checkReasons } from '../clash.service.js';
import { ImpedimentStore } from '../impediments/impediment.store.js';
import { type SessionChange, SessionChangeService } from '../session-change.service.js';
import { SessionQuery } from '../session.query.js';
import type { SessionRow, UnitRow } from '../session.row.js';
import { saving } from '../session.service.js';
import { TourQuery } from '../tour.query.js';
import { judgeCandidates, type Judgement, type TaughtUnit } from './candidate.js';
import { CandidateQuery, type CandidateUnit } from './candidate.query.js';

/** Who is replaced, and by whom. */
export interface Replacement {
  /** Whose half-days that are not over go to somebody else. */
  trainerId: string;
  replacementId: string;
  reasons?: Readonly<Record<string, unknown>>;
  /** Of the session as it was read: a newer one is refused. */
  revision?: number;
}

/** Those who can step in, and those who cannot with why, for the half-days that are not over. */
export interface Replacements extends Judgement {
  session: SessionRow;
  trainer: { id: string; name: string };
  units: UnitRow[];
}

/** What looking for somebody needs to read. */
@Injectable()
export class ReplacementReads {
  constructor(
    readonly sessions: SessionQuery,
    readonly candidates: CandidateQuery,
    readonly tours: TourQuery,
    readonly clashes: ClashQuery,
    readonly impediments: ImpedimentStore,
  ) {}
}

/** Finds who can step in for a trainer, and puts them in. */
@Injectable()
export class ReplacementService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly reads: ReplacementReads,
    private readonly changes: SessionChangeService,
  ) {}

  /**
   * @throws NotFound for somebody else's session, or a trainer who does not teach it
   * @throws SessionNotEditable when it is closed, called off or over; SessionPostponed while it has no date
   */
  async candidates(actor: StaffActor, sessionId: string, trainerId: string): Promise<Replacements> {
    const session = await this.editable(actor, sessionId);
    const { trainer, units } = this.partOf(session, trainerId);
    const [first, last] = [units[0]?.localDate ?? '', units.at(-1)?.localDate ?? ''];
    const days = { from: first, to: last };
    const now = this.clock.now();
    const pool = await this.reads.tours.trainers(session, now);
    const ids = pool.map(({ id }) => id).filter((id) => id !== trainerId);
    const people = await this.reads.candidates.people(ids, session.course.id, days);
    const taken = await this.reads.candidates.units(ids, days);
    const roads = await this.reads.clashes.roads();
    const isOpen = (unit: CandidateUnit): boolean => mayReadPlan(actor.grants, unit);
    const known = people.map((person) => ({
      ...person,
      units: (taken.get(person.id) ?? []).map((unit) => ({ ...unit, isOpen: isOpen(unit) })),
    }));
    return { session, trainer, units, ...judgeCandidates(known, wantedOf(session, units), { roads, now }) };
  }

  /**
   * Puts somebody in for the half-days that are not over; whoever was to teach them is told, and so is the new one.
   *
   * @throws NotFound, InvalidFields, SessionNotEditable, SessionChanged, SessionClash
   */
  async replace(actor: StaffActor, sessionId: string, given: Replacement): Promise<void> {
    checkReasons(given.reasons);
    const { id } = await this.editable(actor, sessionId);
    await saving(() => this.db.transaction(() => this.replaceHeld(actor, id, given)));
  }

  private async replaceHeld(
    actor: StaffActor,
    sessionId: string,
    { trainerId, replacementId, ...rest }: Replacement,
  ): Promise<void> {
    await this.changes.hold(sessionId);
    const session = await this.reads.sessions.get(sessionId);
    const { units } = this.partOf(session, trainerId);
    if (replacementId === trainerId)
      throw new InvalidFields([{ pointer: '/replacementId', code: 'not-a-choice' }]);
    const pool = await this.reads.tours.trainers(session, this.clock.now());
    if (!pool.some(({ id }) => id === replacementId))
      throw new InvalidFields([{ pointer: '/replacementId', code: 'not-a-choice' }]);
    const change: SessionChange = {
      ...rest,
      units: session.units.map((unit) => ({
        ...unitInput(unit),
        trainerIds: units.includes(unit) ? swapped(unit, trainerId, replacementId) : idsOf(unit),
      })),
    };
    await this.changes.changeHeld(actor, new Map([[session.id, change]]));
    // They may have taught the first half-day: that they were replaced is said here, not read from the plan.
    await this.reads.impediments.answer(session.id, 'replaced', actor.accountId, [trainerId]);
    await this.audit.record(actor, {
      action: 'tours.trainer.replace',
      subjectKind: 'session',
      subjectId: session.id,
      organisationId: session.organisationId,
      facts: { trainerId, replacementId, units: units.length },
    });
  }

  private async editable(actor: StaffActor, sessionId: string): Promise<SessionRow> {
    const session = await this.reads.sessions.get(sessionId);
    if (!mayManage(actor.grants, session)) throw new NotFound('session');
    assertPlanned(session, this.clock.now());
    return session;
  }

  /** What a trainer still has to teach of a session. */
  private partOf(
    session: SessionRow,
    trainerId: string,
  ): { trainer: { id: string; name: string }; units: UnitRow[] } {
    const now = this.clock.now();
    const units = session.units.filter((unit) => new Date(unit.endsAt) > now && teaches(unit, trainerId));
    const trainer = units[0]?.trainers.find(({ id }) => id === trainerId);
    if (!trainer) throw new NotFound('trainer');
    return { trainer, units };
  }
}

const teaches = (unit: UnitRow, trainerId: string): boolean => idsOf(unit).includes(trainerId);
const idsOf = (unit: UnitRow): string[] => unit.trainers.map(({ id }) => id);

function swapped(unit: UnitRow, out: string, into: string): string[] {
  return [...new Set(idsOf(unit).map((id) => (id === out ? into : id)))];
}

function unitInput({ id, localDate, localStart, localEnd, zone, roomId, kitIds }: UnitRow) {
  return { id, localDate, localStart, localEnd, zone, roomId, kitIds };
}

function wantedOf({ citySlug, isRemote }: SessionRow, units: readonly UnitRow[]): TaughtUnit[] {
  return units.map(({ localDate, localStart, localEnd, startsAt, endsAt }) => ({
    city: isRemote ? null : citySlug,
    ...{ localDate, localStart, localEnd },
    ...{ startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
  }));
}
