import { Injectable } from '@nestjs/common';
import { type DoorSeat, DoorSeatService } from '../enrolment/public.js';
import { DoorRegistration, isSameName, type PersonName } from '../people/public.js';
import { Database } from '../shared/database/database.js';
import type { Locale } from '../shared/i18n/i18n.js';
import type { WalkIn } from './attendance-event.js';
import type { ReceivedEvent, Reviewed } from './interpretation.js';
import { RawEventQuery } from './raw-event.query.js';
import type { RolledSession } from './rolled-session.query.js';

const AT_DOOR = `
  SELECT e.person_id AS "personId",
         CASE WHEN p.given_fr IS NOT NULL THEN json_build_object('given', p.given_fr, 'family', p.family_fr) END AS fr,
         CASE WHEN p.given_ar IS NOT NULL THEN json_build_object('given', p.given_ar, 'family', p.family_ar) END AS ar
    FROM enrolment e
    JOIN person p ON p.id = e.person_id
   WHERE e.session_id = $1 AND e.at_door AND e.status = 'booked'
   ORDER BY e.id`;

type DoorRow = { personId: string } & Record<keyof PersonName, PersonName['fr'] | null>;

/** Gives people who came without enrolling a record and a seat, so that their presence counts. */
@Injectable()
export class WalkInService {
  constructor(
    private readonly db: Database,
    private readonly people: DoorRegistration,
    private readonly seats: DoorSeatService,
    private readonly events: RawEventQuery,
  ) {}

  /**
   * Part of the transaction that holds the session's row.
   *
   * @returns the event tied to its seat, or why it does not count
   */
  async seat(
    session: RolledSession,
    event: ReceivedEvent,
    walkIn: WalkIn,
  ): Promise<ReceivedEvent | Reviewed> {
    const { id, recordedBy } = event;
    const personId =
      (await this.knownAtDoor(session.sessionId, walkIn)) ?? (await this.register(session, event, walkIn));
    const seat = await this.seats.seat(session.sessionId, personId, recordedBy);
    if ('elsewhere' in seat) {
      const { citySlug: city, localDate: date } = seat.elsewhere;
      return { id, review: 'walk-in-seated-elsewhere', facts: { city, date } };
    }
    await this.events.tie(id, seat.enrolmentId);
    return { ...event, enrolmentId: seat.enrolmentId, flag: event.flag ?? flagOf(seat) };
  }

  private register(session: RolledSession, { recordedBy }: ReceivedEvent, walkIn: WalkIn): Promise<string> {
    const { name, phone, consent } = walkIn;
    return this.people.register({
      name,
      ...(phone === undefined ? {} : { phone }),
      language: session.language as Locale,
      consent: { how: consent, witness: recordedBy },
    });
  }

  /** Without a phone, the same name at the same door is the same person: noted in the morning and in the afternoon. */
  private async knownAtDoor(sessionId: string, { name, phone }: WalkIn): Promise<string | undefined> {
    if (phone !== undefined) return undefined;
    const rows = await this.db.read<DoorRow>('attendance.atDoor', AT_DOOR, [sessionId]);
    return rows.find(({ fr, ar }) => isSameName({ ...(fr ? { fr } : {}), ...(ar ? { ar } : {}) }, name))
      ?.personId;
  }
}

function flagOf({ isBeyond }: DoorSeat): ReceivedEvent['flag'] {
  return isBeyond ? 'over-capacity' : null;
}
