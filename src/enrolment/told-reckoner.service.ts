import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { PersonQuery } from '../people/public.js';
import {
  SessionQuery,
  type SessionRow,
  type ToldPreview,
  ToldReckoner,
  ToldReckoning,
} from '../tours/public.js';
import { SeatReceiptService } from './seat-receipt.service.js';
import { addUp, type ToldPerson } from './told-cost.js';
import { type LiveSeat, ToldQuery } from './told.query.js';

/** Says who would be told of a change of a session, from the very rows that the change would mark. */
@Injectable()
export class ToldReckonerService extends ToldReckoner implements OnModuleInit {
  constructor(
    private readonly config: AppConfig,
    private readonly reckoning: ToldReckoning,
    private readonly told: ToldQuery,
    private readonly sessions: SessionQuery,
    private readonly people: PersonQuery,
    private readonly receipts: SeatReceiptService,
  ) {
    super();
  }

  onModuleInit(): void {
    this.reckoning.register(this);
  }

  async begin(sessionId: string): Promise<() => Promise<ToldPreview>> {
    const look = await this.watch(sessionId);
    return async () => this.addUp(await look());
  }

  /** The same with the people themselves: what two sessions send is added up once. */
  async watch(sessionId: string): Promise<() => Promise<ToldPerson[]>> {
    const before = new Map(
      (await this.told.live(sessionId)).map((seat) => [seat.enrolmentId, stateOf(seat)]),
    );
    return async () => {
      const after = await this.told.live(sessionId);
      // Whoever is about to be told something anyway reads the new day there, and costs nothing more.
      const seats = after.filter(
        (seat) => seat.untold !== null && stateOf(seat) !== before.get(seat.enrolmentId),
      );
      return this.reckon(await this.sessions.get(sessionId), seats);
    };
  }

  addUp(people: readonly ToldPerson[]): ToldPreview {
    return addUp(people, this.config.QAFILA_SMS_CENTIMES);
  }

  private async reckon(session: SessionRow, seats: readonly LiveSeat[]): Promise<ToldPerson[]> {
    const contacts = await this.people.contacts(seats.map(({ personId }) => personId));
    return seats.flatMap((seat): ToldPerson[] => {
      const status = seat.enrolmentStatus;
      const contact = contacts.get(seat.personId);
      // An offer is told by SMS only: nobody is called for it.
      if (!contact?.canSms && seat.untold === 'status') return [];
      if (!contact) return [{ status, way: 'noNumber' }];
      if (!contact.canSms) return [{ status, way: 'landline' }];
      const way = this.receipts.reckon(
        { ...session, ...seat, confirmedAt: null, movedFrom: null, isMovedOn: false },
        seat.untold ?? 'status',
        contact,
      );
      return way ? [{ status, way }] : [];
    });
  }
}

function stateOf({ untold, enrolmentStatus }: LiveSeat): string {
  return `${enrolmentStatus} ${untold ?? ''}`;
}
