import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { publicAddress } from '../config/public-address.js';
import type { Contact } from '../people/public.js';
import { Clock } from '../shared/clock/clock.js';
import type { EnrolmentWithSession } from './my-enrolments.query.js';
import { type ReminderStep } from './seat-reminder.js';
import { type News, receiptFor, type SeatReceipt, seatValues } from './seat-receipt.text.js';

/** Writes the text about a seat as it is said now, from this house's address. */
@Injectable()
export class SeatReceiptComposer {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** Undefined when there is nothing to come to. */
  compose(
    row: EnrolmentWithSession,
    { untold, wasSoon }: Omit<News, 'now'>,
    contact: Contact,
  ): SeatReceipt | undefined {
    return receiptFor(row, { untold, wasSoon, now: this.clock.now() }, contact, publicAddress(this.config));
  }

  /** A reminder of a seat, without its key; undefined when there is nothing to come to. */
  remind(
    row: EnrolmentWithSession,
    step: ReminderStep,
    { e164, language, personId }: Contact,
  ): Omit<SeatReceipt, 'dedupeKey'> | undefined {
    const [first] = row.units;
    if (!first) return undefined;
    return {
      ...{ recipient: e164, channel: 'sms', language, personId, organisationId: row.organisationId },
      template: `enrolment:sms.remind.${step}`,
      values: seatValues(row, first, language, publicAddress(this.config)),
    };
  }
}
