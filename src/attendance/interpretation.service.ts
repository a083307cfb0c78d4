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
  type Reviewed,
  type SessionFacts,
} from './interpretation.js';
import { PassService } from './pass.service.js';
import { RawEventQuery } from './raw-event.query.js';
import { type RolledSession, type RolledUnit } from './rolled-session.query.js';
import { WalkInService } from './walk-in.service.js';

const ENROLMENTS = `
  SELECT id, person_id AS "personId", status FROM enrolment WHERE session_id = $1 AND id = ANY($2::uuid[])`;

/** Reads raw events with the facts of their session, inside a transaction that holds the session's row. */
@Injectable()
export class InterpretationService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: RawEventQuery,
    private readonly passes: PassService,
    private readonly walkIns: WalkInService,
  ) {}

  /** Says of each event whether it counts, and keeps that. @returns persons of whom something was said */
  async understand(session: RolledSession, events: readonly ReceivedEvent[]): Promise<string[]> {
    const outcomes = await this.interpretAll(session, events);
    await this.events.settle(outcomes, this.clock.now());
    return [...new Set(outcomes.flatMap((one) => (one.review === null ? [one.personId] : [])))].sort();
  }

  private async interpretAll(session: RolledSession, events: readonly ReceivedEvent[]): Promise<Outcome[]> {
    const facts = await this.factsOf(session, events);
    const read = events.map((event) => ({ event, outcome: interpret(event, facts) }));
    const settled = read.flatMap(({ outcome }) => ('walkIn' in outcome ? [] : [outcome]));
    const atTheDoor: Array<ReceivedEvent | Reviewed> = [];
    // One after the other: the second event of one person meets the seat of the first.
    for (const { event, outcome } of read) {
      if ('walkIn' in outcome) atTheDoor.push(await this.walkIns.seat(session, event, outcome.walkIn));
    }
    if (atTheDoor.length === 0) return settled;
    const seated = atTheDoor.flatMap((one) => ('review' in one ? [] : [one]));
    const refused = atTheDoor.flatMap((one) => ('review' in one ? [one] : []));
    return [...settled, ...refused, ...(await this.interpretAll(session, seated))];
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
      notHeldSince: session.notHeldSince,
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
