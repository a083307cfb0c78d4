import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { publicAddress } from '../config/public-address.js';
import type { NewCall } from '../messages/public.js';
import { t } from '../shared/i18n/i18n.js';
import type { Contact } from '../people/public.js';
import { Clock } from '../shared/clock/clock.js';
import type { EnrolmentWithSession } from './my-enrolments.query.js';
import { PersonalLinks } from './personal-link.service.js';
import type { ReminderStep } from './seat-reminder.js';
import { asksBy, type News, receiptFor, type SeatReceipt, seatValues } from './seat-receipt.text.js';

/** The step that asks whether one comes. */
const ASKING: ReminderStep = 'three-days';

/** Writes the text about a seat as it is said now, from this house's address. */
@Injectable()
export class SeatReceiptComposer {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly links: PersonalLinks,
  ) {}

  /** The text with a link of its own where it asks; in the open transaction. Undefined when there is nothing to come to. */
  async compose(
    row: EnrolmentWithSession,
    { untold, wasSoon }: Omit<News, 'now'>,
    contact: Contact,
  ): Promise<SeatReceipt | undefined> {
    const asks = asksBy(untold, row.enrolmentStatus) && contact.canSms;
    const link = asks ? await this.linkFor('offer', row, contact) : undefined;
    return this.text(row, { untold, wasSoon }, contact, link);
  }

  /** The same text as long as it will be, without making a link. */
  sample(row: EnrolmentWithSession, news: Omit<News, 'now'>, contact: Contact): SeatReceipt | undefined {
    const link = asksBy(news.untold, row.enrolmentStatus) ? this.links.sample(contact.language) : undefined;
    return this.text(row, news, contact, link);
  }

  /** A reminder of a seat, without its key; in the open transaction. Undefined when there is nothing to come to. */
  async remind(
    row: EnrolmentWithSession,
    step: ReminderStep,
    contact: Contact,
  ): Promise<Omit<SeatReceipt, 'dedupeKey'> | undefined> {
    const [first] = row.units;
    if (!first) return undefined;
    const { e164, language, personId } = contact;
    const link = step === ASKING ? await this.linkFor('coming', row, contact) : undefined;
    return {
      ...{ recipient: e164, channel: 'sms', language, personId, organisationId: row.organisationId },
      template: `enrolment:sms.remind.${step}`,
      values: seatValues(row, first, language, { origin: publicAddress(this.config), link }),
      ...(link ? { secrets: ['link'] } : {}),
    };
  }

  /** What is said by telephone in place of a reminder, without its key. Undefined when there is nothing to come to. */
  call(row: EnrolmentWithSession, contact: Contact): Omit<NewCall, 'why' | 'dedupeKey'> | undefined {
    const [first] = row.units;
    if (!first) return undefined;
    const { language, personId, e164 } = contact;
    const values = seatValues(row, first, language, { origin: publicAddress(this.config) });
    return {
      ...{ organisationId: row.organisationId, listId: row.id, aboutId: row.enrolmentId, personId, language },
      recipient: e164 || null,
      template: 'enrolment:call.coming',
      body: t(language, 'enrolment:call.coming', values),
    };
  }

  private text(
    row: EnrolmentWithSession,
    { untold, wasSoon }: Omit<News, 'now'>,
    contact: Contact,
    link: string | undefined,
  ): SeatReceipt | undefined {
    const news = { untold, wasSoon, now: this.clock.now() };
    return receiptFor(row, news, contact, { origin: publicAddress(this.config), link });
  }

  /** It opens what stands until the session is over; what it may answer ends with the offer or the start. */
  private linkFor(
    purpose: 'offer' | 'coming',
    { enrolmentId, endsAt }: EnrolmentWithSession,
    { language }: Contact,
  ): Promise<string> {
    return this.links.make({ purpose, enrolmentId }, endsAt, language);
  }
}
