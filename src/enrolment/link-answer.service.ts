import { Injectable } from '@nestjs/common';
import { CallList } from '../messages/public.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { EnrolmentOver, SessionPostponed, SessionStarted } from './enrolment.errors.js';
import { type EnrolmentWithSession, MyEnrolmentsQuery } from './my-enrolments.query.js';
import { type PersonalLink, PersonalLinks } from './personal-link.service.js';
import { SeatChangeService } from './seat-change.service.js';

/** A link with the seat it asks about, as it stands now. */
export interface OpenLink extends PersonalLink {
  row: EnrolmentWithSession;
}

const CONFIRM = `
  UPDATE enrolment SET confirmed_at = coalesce(confirmed_at, $2) WHERE id = $1 AND status = 'booked'`;

/** What a person answers by the link of an SMS: the same rules as signed in. */
@Injectable()
export class LinkAnswers {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly links: PersonalLinks,
    private readonly enrolments: MyEnrolmentsQuery,
    private readonly changes: SeatChangeService,
    private readonly calls: CallList,
  ) {}

  /** Reads; nothing changes by it, whoever opens it. @throws NotFound, TooMany */
  async open(code: string, address: string): Promise<OpenLink> {
    const link = await this.links.find(code, address);
    const [row] = await this.enrolments.byIds([link.enrolmentId]);
    if (!row) throw new NotFound('link');
    return { ...link, row };
  }

  /** @throws NoOffer, OfferExpired, OverlappingSeat, EnrolmentOver, SessionStarted */
  async yes({ purpose, enrolmentId, row }: OpenLink): Promise<void> {
    if (purpose === 'offer') {
      await this.changes.accept({ kind: 'link', personId: row.personId }, enrolmentId);
      return;
    }
    if (row.status === 'postponed') throw new SessionPostponed();
    if (row.startsAt <= this.clock.now()) throw new SessionStarted(row.startsAt);
    const confirmed = await this.db.write('link.confirm', CONFIRM, [enrolmentId, this.clock.now()]);
    if (confirmed === 0) throw new EnrolmentOver(row.enrolmentStatus);
    await this.calls.withdraw([enrolmentId]);
  }

  /** @throws NoOffer, EnrolmentOver, SessionStarted */
  async no({ purpose, enrolmentId, row }: OpenLink): Promise<void> {
    const holder = { kind: 'link', personId: row.personId } as const;
    if (purpose === 'offer') await this.changes.decline(holder, enrolmentId);
    else await this.changes.cancel(holder, enrolmentId);
  }
}
