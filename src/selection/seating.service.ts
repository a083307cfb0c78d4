import { Injectable } from '@nestjs/common';
import { type Call, dossierNumber } from '../calls/public.js';
import { EnrolmentService } from '../enrolment/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { Clock } from '../shared/clock/clock.js';
import { DomainError, InvalidFields } from '../shared/errors/domain-error.js';
import { SessionQuery, type SessionRow, seatsLeft } from '../tours/public.js';
import { cityOf } from './eligibility.js';
import { SeatingQuery, type ToSeat } from './seating.query.js';
import { SelectionNotInState } from './selection.errors.js';
import { SelectionStore } from './selection.store.js';

/** People that one request enrols at most; whoever gets no seat counts for nothing. The answer says how many are left. */
const AT_ONCE = 200;
/** Sessions of a campaign that are offered. */
const MOST_SESSIONS = 200;

/** What became of those who were to get a seat. */
export interface Seating {
  readonly booked: number;
  readonly waiting: number;
  /** Who had a seat, an offer or a place in the queue of the campaign before. */
  readonly already: number;
  /** By rank: the dossier's number and the code of the refusal, or `no-session-in-city`. */
  readonly refused: ReadonlyArray<{ number: string; code: string }>;
  /** Still to be enrolled: the same once more. */
  readonly left: number;
}

/** Where seats are given: the sessions, and whether also away from somebody's own city. */
export interface SeatingPlan {
  readonly sessions: readonly string[];
  readonly elsewhere: boolean;
}

/** Gives the selected their seats, by rank, through enrolment. */
@Injectable()
export class SeatingService {
  constructor(
    private readonly clock: Clock,
    private readonly selections: SelectionStore,
    private readonly seating: SeatingQuery,
    private readonly sessions: SessionQuery,
    private readonly enrolments: EnrolmentService,
  ) {}

  /** Sessions of the campaign that are planned and have not begun, by their time. */
  async open(campaignId: string): Promise<SessionRow[]> {
    const now = this.clock.now();
    const rows = await this.sessions.ofCampaign({ campaignId }, undefined, MOST_SESSIONS);
    return rows.filter(({ status, startsAt }) => status === 'planned' && startsAt !== null && startsAt > now);
  }

  /**
   * Enrols by rank: in their own city where one of the sessions is there, the first one with a seat left; where all are
   * full, on the waiting list of the first.
   *
   * @throws SelectionNotInState before the publication, InvalidFields for sessions that are not open ones
   */
  async seat(actor: StaffActor, call: Call, plan: SeatingPlan): Promise<Seating> {
    const state = (await this.selections.of(call.id))?.state ?? 'none';
    if (state !== 'published') throw new SelectionNotInState(state);
    const chosen = await this.chosen(call, plan.sessions);
    const left = new Map(chosen.map((row) => [row.id, seatsLeft(row)]));
    const all = await this.seating.toSeat(call.id);
    const open = all.filter(({ sessionId }) => sessionId === null);
    const counts = { booked: 0, waiting: 0 };
    const refused: Array<{ number: string; code: string }> = [];
    let seen = 0;
    for (const one of open) {
      if (counts.booked + counts.waiting >= AT_ONCE) break;
      seen += 1;
      const session = pick(one, chosen, left, plan.elsewhere);
      const answer = session ? await this.enrol(actor, session.id, one) : 'no-session-in-city';
      if (typeof answer === 'string')
        refused.push({ number: dossierNumber({ callNumber: call.number, n: one.n }), code: answer });
      else counts[answer.status] += 1;
      if (session && typeof answer !== 'string')
        left.set(session.id, answer.status === 'booked' ? (left.get(session.id) ?? 1) - 1 : 0);
    }
    return {
      ...counts,
      already: all.length - open.length,
      refused,
      left: open.length - seen,
    };
  }

  private async chosen(call: Call, ids: readonly string[]): Promise<SessionRow[]> {
    if (ids.length === 0) throw new InvalidFields([{ pointer: '/sessions', code: 'required' }]);
    const open = await this.open(call.campaignId);
    const unknown = ids.findIndex((id) => !open.some((row) => row.id === id));
    if (unknown >= 0) throw new InvalidFields([{ pointer: `/sessions/${unknown}`, code: 'not-a-choice' }]);
    return open.filter(({ id }) => ids.includes(id));
  }

  /** @returns the code of a refusal */
  private async enrol(
    actor: StaffActor,
    sessionId: string,
    { personId }: ToSeat,
  ): Promise<{ status: 'booked' | 'waiting' } | string> {
    try {
      const { status } = await this.enrolments.enrol(actor, sessionId, personId);
      return { status: status === 'waiting' ? 'waiting' : 'booked' };
    } catch (error) {
      if (error instanceof DomainError && error.kind !== 'unavailable') return error.code;
      throw error;
    }
  }
}

function pick(
  { communeCode }: ToSeat,
  sessions: readonly SessionRow[],
  left: ReadonlyMap<string, number>,
  elsewhere: boolean,
): SessionRow | undefined {
  const city = cityOf(communeCode);
  const own = sessions.filter(({ citySlug }) => citySlug === city);
  const near = own.length > 0 || !elsewhere ? own : sessions;
  return near.find(({ id }) => (left.get(id) ?? 0) > 0) ?? near[0];
}
