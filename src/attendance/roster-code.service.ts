import { Injectable } from '@nestjs/common';
import { RoomCodeForStaff, RoomCodeService, type ShownRoomCode } from '../identity/public.js';
import { type PersonPhone, PersonQuery } from '../people/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { Clock } from '../shared/clock/clock.js';
import { type DomainError, NotFound } from '../shared/errors/domain-error.js';
import type { Locale } from '../shared/i18n/i18n.js';
import { roomCodeRefusal } from './room-code.policy.js';
import type { RolledSession } from './rolled-session.query.js';
import type { RosterRow } from './roster.query.js';
import { RosterService } from './roster.service.js';

/** Somebody of a session's list, for whom a code may be asked. */
export interface RosterPerson {
  session: RolledSession;
  row: RosterRow;
  /** Their numbers: with one of them they type the code. */
  phones: readonly PersonPhone[];
}

/** Which place of which list. */
export interface RosterPlace {
  sessionId: string;
  enrolmentId: string;
}

/** Sign-in codes for the people of a list, shown by whoever calls its roll. */
@Injectable()
export class RosterCodes {
  constructor(
    private readonly rosters: RosterService,
    private readonly people: PersonQuery,
    private readonly roomCodes: RoomCodeService,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound also for somebody else's session, and for whoever is not on its list */
  async find(staff: StaffActor, place: RosterPlace, locale: Locale): Promise<RosterPerson> {
    const { session, rows } = await this.rosters.of(staff, place.sessionId, locale);
    const row = rows.find(({ enrolmentId }) => enrolmentId === place.enrolmentId.toLowerCase());
    if (!row) throw new NotFound('enrolment');
    return { session, row, phones: await this.people.phones(row.personId) };
  }

  /** Why this person is shown no code at all; undefined when they may be. */
  async refusalOf({ session, row, phones }: RosterPerson): Promise<DomainError | undefined> {
    if (await this.roomCodes.isForStaff(row.personId)) return new RoomCodeForStaff();
    return roomCodeRefusal({ session, atDoor: row.atDoor, phones }, this.clock.now());
  }

  /**
   * Draws a code for somebody of the list; an earlier one is dead.
   *
   * @throws RoomCodeForStaff, RoomCodeNotNow, RoomCodeNeedsPhone, RoomCodeNumberProved, RoomCodesSpent
   */
  async show(staff: StaffActor, person: RosterPerson): Promise<ShownRoomCode> {
    const refusal = await this.refusalOf(person);
    if (refusal) throw refusal;
    const { sessionId, organisationId } = person.session;
    return this.roomCodes.show({ personId: person.row.personId, sessionId, organisationId }, staff);
  }
}
