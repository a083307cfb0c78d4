import { Injectable } from '@nestjs/common';
import { displayName, PersonQuery } from '../../people/public.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { Database } from '../../shared/database/database.js';
import { violates } from '../../shared/database/database.errors.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { SessionQuery, type SessionRow, type ToldPreview } from '../../tours/public.js';
import { SeatContended } from '../enrolment.errors.js';
import { handlesSeats } from '../enrolment.policy.js';
import { ToldReckonerService } from '../told-reckoner.service.js';
import type { Live, MoveLine } from './seat-move.plan.js';
import { type Moved, SeatMoveService, type Wanted } from './seat-move.service.js';

/** Everybody who may be moved. */
export const ALL_LIVE: readonly Live[] = ['booked', 'offered', 'waiting'];

/** What the desk asks for. */
export interface MoveRequest {
  from: string;
  to: string;
  statuses?: readonly Live[] | undefined;
  enrolmentIds?: readonly string[] | undefined;
  whenFull?: 'stay' | 'wait' | undefined;
  plan?: string | undefined;
}

/** A line with the person's name in the reader's language. */
export type NamedLine = MoveLine & { name: string };

/** What would happen, who would be told and for how much. */
export interface MovePreview {
  lines: NamedLine[];
  plan: string;
  told: ToldPreview;
}

/** Carries what was seen out of a transaction that must not stand. */
class Undone extends Error {
  constructor(readonly seen: Moved & { told: ToldPreview }) {
    super('Rehearsed');
  }
}

/** Moving many people at once, for those who handle the seats of both sessions. */
@Injectable()
export class SeatMoves {
  constructor(
    private readonly db: Database,
    private readonly sessions: SessionQuery,
    private readonly service: SeatMoveService,
    private readonly told: ToldReckonerService,
    private readonly people: PersonQuery,
  ) {}

  /** A session whose seats the actor handles. @throws NotFound */
  async session(actor: StaffActor, id: string): Promise<SessionRow> {
    const row = await this.sessions.get(id);
    if (!handlesSeats(actor, row)) throw new NotFound('session');
    return row;
  }

  /** The same deed, done and undone. @throws what {@link move} throws */
  async preview(actor: StaffActor, request: MoveRequest, locale: Locale): Promise<MovePreview> {
    const wanted = await this.wanted(actor, request);
    try {
      return await this.saving(async () => {
        const looks = [await this.told.watch(wanted.to.id), await this.told.watch(wanted.from.id)];
        const moved = await this.service.moveHeld(actor, wanted);
        const people = [];
        for (const look of looks) people.push(...(await look()));
        throw new Undone({ ...moved, told: this.told.addUp(people) });
      });
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
      const { lines, plan, told } = error.seen;
      return { lines: await this.named(lines, locale), plan, told };
    }
  }

  /**
   * Moves them, all who fit.
   *
   * @throws NotFound, InvalidFields, SameSession, SessionStarted, SessionClosed, SessionCancelled, MoveChanged
   */
  async move(
    actor: StaffActor,
    request: MoveRequest,
    locale: Locale,
  ): Promise<{ lines: NamedLine[]; plan: string }> {
    const wanted = await this.wanted(actor, request);
    const { lines, plan } = await this.saving(() => this.service.moveHeld(actor, wanted));
    return { lines: await this.named(lines, locale), plan };
  }

  private async wanted(actor: StaffActor, request: MoveRequest): Promise<Wanted> {
    const from = await this.session(actor, request.from);
    const to = await this.session(actor, request.to).catch(() => undefined);
    if (to?.campaignId !== from.campaignId)
      throw new InvalidFields([{ pointer: '/to', code: 'not-a-choice' }]);
    const { statuses = ALL_LIVE, enrolmentIds, whenFull = 'stay', plan } = request;
    return { sessionId: from.id, from, to, statuses, enrolmentIds, whenFull, plan };
  }

  private async saving<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.db.transaction(work);
    } catch (error) {
      // Another session of theirs was moved onto this time at this very moment.
      throw violates(error, 'enrolment_one_place_at_a_time') ? new SeatContended() : error;
    }
  }

  private async named(lines: readonly MoveLine[], locale: Locale): Promise<NamedLine[]> {
    const names = await this.people.names(lines.map(({ personId }) => personId));
    return lines.map((line) => {
      const name = names.get(line.personId);
      return { ...line, name: name ? displayName(name, locale) : '' };
    });
  }
}
