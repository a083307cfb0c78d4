import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { postgresFailure, violates } from '../shared/database/database.errors.js';
import { newId } from '../shared/new-id.js';
import { checkReasons, ClashService, type Judged } from './clash.service.js';
import { PlanTools } from './plan-tools.js';
import { SessionClash, UnitHasAttendance } from './session.errors.js';
import { assertNoPlace, remoteUrlOf } from './remote-link.js';
import type { SessionValues } from './session.store.js';
import type { StopRow } from './tour.query.js';
import type { TeachingChange } from './trainer-news/trainer-news.js';
import { TrainerNewsService } from './trainer-news/trainer-news.service.js';
import { planUnits, type UnitInput, type UnitPlan } from './unit-plan.js';

/** What a coordinator gives to make a session. */
export interface NewSession {
  /** Id or slug of a course of the campaign. */
  course: string;
  capacity: number;
  /** Seats given beyond the capacity, in percent of it; needs a reason. */
  overbookPercent?: number;
  language?: 'ar' | 'fr' | 'en';
  venueId?: string | null;
  venueNote?: string | null;
  /** https address of a session at a distance, which has no room and no place. */
  remoteUrl?: string | null;
  /** For every unit that names none of its own. */
  roomId?: string | null;
  trainerIds?: readonly string[];
  kitIds?: readonly string[];
  units: readonly UnitInput[];
  reasons?: Readonly<Record<string, unknown>>;
}

/** A session in the making. */
interface Draft extends Judged {
  stop: StopRow;
  units: UnitPlan[];
  values: SessionValues;
}

/** Keeps a text only when it says something. */
export function textOrNull(text: string | null | undefined): string | null {
  return text?.trim() ? text : null;
}

/**
 * Runs a saving transaction; what the database refused at the statement or at COMMIT becomes the domain's error. A
 * clash that only the constraint saw was a race: the second look finds the winner and names it.
 */
export async function saving<T>(work: () => Promise<T>): Promise<T> {
  const isRace = (error: unknown): boolean =>
    violates(error, 'unit_resource_one_place_at_a_time') || violates(error, 'enrolment_one_place_at_a_time');
  try {
    return await work().catch((error: unknown) => {
      if (isRace(error)) return work();
      throw error;
    });
  } catch (error) {
    if (isRace(error)) throw new SessionClash([], []);
    if (postgresFailure(error)?.constraint === 'presence_unit_id_fkey') throw new UnitHasAttendance();
    throw error;
  }
}

/** Makes sessions at a stop. */
@Injectable()
export class SessionService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly clashes: ClashService,
    private readonly plan: PlanTools,
    private readonly trainers: TrainerNewsService,
  ) {}

  /**
   * @returns the id of the new session
   * @throws NotFound, InvalidFields, SessionClash
   */
  async create(actor: Actor, stopId: string, given: NewSession): Promise<string> {
    checkReasons(given.reasons);
    return saving(() =>
      this.db.transaction(async () => (await this.createHeld(actor, [{ stopId, given }]))[0] ?? ''),
    );
  }

  /**
   * Makes several sessions inside a transaction of the caller, who answers for what the database refuses; all clashes
   * of all of them are told at once.
   *
   * @returns their ids, in the order given
   * @throws NotFound, InvalidFields, SessionClash
   */
  async createHeld(
    actor: Actor,
    wanted: ReadonlyArray<{ stopId: string; given: NewSession }>,
  ): Promise<string[]> {
    const { store } = this.plan;
    const drafts: Draft[] = [];
    for (const { stopId, given } of wanted) drafts.push(await this.draft(actor, stopId, given));
    await store.lockResources(drafts.flatMap(({ units }) => units));
    await store.deferClashes();
    for (const { sessionId, stop, values, units } of drafts) {
      await store.insert(sessionId, stop.id, values, this.clock.now());
      await store.putUnits(sessionId, units);
    }
    const soft = await this.clashes.judge(actor, drafts);
    const passed = soft.map((clashes) => [...new Set(clashes.map(({ code }) => code))]);
    for (const [i, { sessionId, reasons }] of drafts.entries())
      await store.setReasons(
        sessionId,
        Object.fromEntries((passed[i] ?? []).map((code) => [code, reasons[code] ?? ''])),
      );
    await store.check();
    for (const [i, draft] of drafts.entries()) await this.note(actor, draft, passed[i] ?? []);
    await this.trainers.changed(actor, drafts.map(newlyTaught));
    return drafts.map(({ sessionId }) => sessionId);
  }

  private async draft(actor: Actor, stopId: string, given: NewSession): Promise<Draft> {
    const { stops, choices } = this.plan;
    const stop = await stops.stopFor(actor, stopId);
    const courseId = await choices.course(stop, given.course);
    const { roomId, trainerIds, kitIds } = given;
    const defaults = {
      localDate: stop.localDate,
      ...(roomId ? { roomId } : {}),
      ...(trainerIds ? { trainerIds } : {}),
      ...(kitIds ? { kitIds } : {}),
    };
    const units = planUnits(given.units.map(withoutId), [], defaults);
    const remoteUrl = remoteUrlOf(given.remoteUrl) ?? null;
    if (remoteUrl !== null) assertNoPlace(units, given);
    const venueId = await choices.place(stop, units, given.venueId);
    const { capacity, overbookPercent = 0, language = 'fr' } = given;
    const size = { capacity, overbookPercent };
    const values = {
      courseId,
      venueId,
      venueNote: textOrNull(given.venueNote),
      remoteUrl,
      language,
      ...size,
    };
    const reasons = checkReasons(given.reasons);
    return { sessionId: newId(), stop, units, values, ...size, reasons, accepted: [] };
  }

  private async note(
    actor: Actor,
    { sessionId, stop, units, values, capacity, overbookPercent, reasons }: Draft,
    passed: readonly string[],
  ): Promise<void> {
    const facts = {
      units: units.length,
      remote: values.remoteUrl !== null,
      ...{ capacity, overbookPercent },
      passed,
      reasons: this.audit.digest(JSON.stringify(reasons)),
    };
    const subject = { subjectKind: 'session', subjectId: sessionId, organisationId: stop.organisationId };
    await this.audit.record(actor, { action: 'tours.session.create', ...subject, facts });
  }
}

function newlyTaught({ sessionId, units }: Draft): TeachingChange {
  const after = new Set(units.flatMap(({ trainerIds }) => trainerIds));
  return { sessionId, before: new Set(), after, isMoved: false };
}

function withoutId({ id: _, n: __, ...unit }: UnitInput): UnitInput {
  return unit;
}
