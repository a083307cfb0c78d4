import { Injectable } from '@nestjs/common';
import { CallList, MessageQueue, type NewCall, type OrCall, smsSegments } from '../messages/public.js';
import { type Contact, PersonQuery } from '../people/public.js';
import { Database } from '../shared/database/database.js';
import { isLive } from './enrolment-status.js';
import { type EnrolmentWithSession, MyEnrolmentsQuery } from './my-enrolments.query.js';
import { SeatReceiptComposer } from './seat-receipt.composer.js';
import type { News, SeatReceipt, Untold } from './seat-receipt.text.js';
import type { Reckoned } from './told-cost.js';

const BATCH = 50;
/** News that the next one makes untrue. */
const OF_A_DAY = ['moved', 'postponed', 'offered'];
const NOTHING_MORE = { untold: 'status', wasSoon: false } as const;

// Skipped when a change of the seat is under way: it will be told what it has become.
const CLAIM = `
  SELECT id, untold, is_untold_urgent AS "wasSoon" FROM enrolment WHERE untold IS NOT NULL ORDER BY status_at LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED`;

const TOLD = `UPDATE enrolment SET untold = NULL, is_untold_urgent = false WHERE id = ANY($1::uuid[])`;

/** Writes the messages about seats: what a row says is untold becomes a message in one transaction. */
@Injectable()
export class SeatReceiptService {
  constructor(
    private readonly db: Database,
    private readonly composer: SeatReceiptComposer,
    private readonly enrolments: MyEnrolmentsQuery,
    private readonly people: PersonQuery,
    private readonly messages: MessageQueue,
    private readonly calls: CallList,
  ) {}

  /** Tells everything untold. @returns the number of rows told, those without a number for SMS included */
  async tellAll(): Promise<number> {
    let told = 0;
    for (;;) {
      const batch = await this.db.transaction(() => this.tellSome());
      told += batch;
      if (batch < BATCH) return told;
    }
  }

  /** The message as it would be sent now; undefined when there is nothing to come to. */
  reckon(row: EnrolmentWithSession, untold: Untold, contact: Contact): Reckoned | undefined {
    const message = this.composer.sample(row, { untold, wasSoon: false }, contact);
    if (!message) return undefined;
    const text = this.messages.textOf(message);
    return { message, text, segments: smsSegments(text) };
  }

  /** What still waits would come after the news, and say the old day. */
  private withdrawOutdated(rows: readonly EnrolmentWithSession[]): Promise<void> {
    return this.messages.withdraw(
      rows.map(({ personId }) => personId),
      rows.flatMap(({ enrolmentId }) => [
        `reminder:${enrolmentId}:`,
        ...OF_A_DAY.map((news) => `seat:${enrolmentId}:${news}:`),
      ]),
    );
  }

  private async tellSome(): Promise<number> {
    const claimed = await this.db.read<{ id: string } & Omit<News, 'now'>>('enrolment.untold', CLAIM);
    if (claimed.length === 0) return 0;
    const untold = new Map(claimed.map((row) => [row.id, row]));
    const rows = await this.enrolments.byIds([...untold.keys()]);
    const contacts = await this.people.contacts(rows.map(({ personId }) => personId));
    const gone = rows.filter(({ enrolmentStatus }) => !isLive(enrolmentStatus));
    await this.calls.withdraw(gone.map(({ enrolmentId }) => enrolmentId));
    await this.withdrawOutdated(rows.filter((row) => isOutdated(row, untold.get(row.enrolmentId))));
    for (const row of rows) {
      const contact = contacts.get(row.personId);
      const claim = untold.get(row.enrolmentId) ?? NOTHING_MORE;
      const receipt = await this.composer.compose(row, claim, contact ?? nobody(row));
      if (receipt && contact?.canSms) await this.messages.send(receipt);
      else if (receipt?.orCall) await this.calls.add(callFor(receipt, receipt.orCall, contact));
    }
    await this.db.write('enrolment.told', TOLD, [[...untold.keys()]]);
    return claimed.length;
  }
}

function isOutdated(
  { enrolmentStatus }: EnrolmentWithSession,
  claim: { untold: Untold } | undefined,
): boolean {
  return !isLive(enrolmentStatus) || (claim !== undefined && claim.untold !== 'status');
}

/** Somebody without a number is still called: by a neighbour's, or at the next session. */
export function nobody({ personId, language }: EnrolmentWithSession): Contact {
  return { personId, e164: '', canSms: false, language };
}

function callFor(receipt: SeatReceipt, orCall: OrCall, contact: Contact | undefined): NewCall {
  const { organisationId, personId, template, language, dedupeKey } = receipt;
  return {
    ...{ organisationId, personId, template, language, dedupeKey },
    ...orCall,
    why: 'no-sms',
    recipient: contact?.e164 ?? null,
  };
}
