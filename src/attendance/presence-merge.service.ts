import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { minutesOfDay } from '../shared/clock/local-time.js';
import { Database } from '../shared/database/database.js';
import {
  enrolmentsOf,
  interpret,
  type Outcome,
  passesOf,
  type ReceivedEvent,
  type SessionFacts,
} from './interpretation.js';
import { PassService } from './pass.service.js';
import { derivePresence } from './presence.js';
import { PresenceHooks } from './presence-hooks.js';
import { type CountingEvent, type MergedPresence, PresenceQuery } from './presence.query.js';
import { RawEventQuery } from './raw-event.query.js';
import { type RolledSession, type RolledUnit } from './rolled-session.query.js';

const ENROLMENTS = `
  SELECT id, person_id AS "personId", status FROM enrolment WHERE session_id = $1 AND id = ANY($2::uuid[])`;

/** Turns raw events into presence, inside a transaction that holds the session's row. */
@Injectable()
export class PresenceMergeService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: RawEventQuery,
    private readonly passes: PassService,
    private readonly presence: PresenceQuery,
    private readonly hooks: PresenceHooks,
  ) {}

  /** Says of each event whether it counts, and keeps that. @returns persons of whom something was said */
  async understand(session: RolledSession, events: readonly ReceivedEvent[]): Promise<string[]> {
    const facts = await this.factsOf(session, events);
    const outcomes: Outcome[] = events.map((event) => interpret(event, facts));
    await this.events.settle(outcomes, this.clock.now());
    return [...new Set(outcomes.flatMap((one) => (one.review === null ? [one.personId] : [])))].sort();
  }

  /** Derives the presence of these persons in the session anew from all their events. */
  async merge(sessionId: string, personIds: readonly string[]): Promise<void> {
    if (personIds.length === 0) return;
    await this.presence.lockPersons(personIds);
    const merged = mergeAll(await this.presence.counting(sessionId, personIds));
    await this.presence.write(sessionId, personIds, merged);
    await this.hooks.changed(sessionId, personIds);
  }

  private async factsOf(session: RolledSession, events: readonly ReceivedEvent[]): Promise<SessionFacts> {
    const passes = await this.passes.ownersOf(passesOf(events));
    const named = [...enrolmentsOf(events), ...[...passes.values()].map(({ enrolmentId }) => enrolmentId)];
    const enrolments = await this.db.read<{ id: string; personId: string; status: string }>(
      'attendance.enrolments',
      ENROLMENTS,
      [session.sessionId, [...new Set(named)]],
    );
    return {
      sessionId: session.sessionId,
      cancelledAt: session.cancelledAt,
      units: session.units.map((unit) => ({ id: unit.id, n: unit.n, minutes: minutesOfUnit(unit) })),
      closings: closingsOf(session),
      enrolments: new Map(enrolments.map(({ id, personId, status }) => [id, { personId, status }])),
      passes,
    };
  }
}

function closingsOf({ closings, closedAt }: RolledSession): SessionFacts['closings'] {
  const noted = closings.map((one) => ({
    closedAt: new Date(one.closedAt),
    reopenedAt: one.reopenedAt === null ? null : new Date(one.reopenedAt),
  }));
  // A past session is loaded closed, and nobody noted it.
  const isNoted = closedAt === null || noted.some(({ reopenedAt }) => reopenedAt === null);
  return isNoted ? noted : [...noted, { closedAt, reopenedAt: null }];
}

function minutesOfUnit({ localStart, localEnd }: RolledUnit): number {
  return minutesOfDay(localEnd) - minutesOfDay(localStart);
}

function mergeAll(events: readonly CountingEvent[]): MergedPresence[] {
  const sets = new Map<string, CountingEvent[]>();
  for (const event of events) {
    const key = `${event.personId} ${event.unitId}`;
    const set = sets.get(key);
    if (set) set.push(event);
    else sets.set(key, [event]);
  }
  return [...sets.values()].flatMap((set) => {
    const [first] = set;
    const presence = derivePresence(set);
    return first && presence ? [{ personId: first.personId, unitId: first.unitId, ...presence }] : [];
  });
}
