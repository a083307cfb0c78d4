import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { MessageQueue } from '../messages/public.js';
import { PersonQuery } from '../people/public.js';
import { Database } from '../shared/database/database.js';
import { MyEnrolmentsQuery } from './my-enrolments.query.js';
import { receiptFor, type Untold } from './seat-receipt.text.js';

const BATCH = 50;

// Skipped when a change of the seat is under way: it will be told what it has become.
const CLAIM = `
  SELECT id, untold FROM enrolment WHERE untold IS NOT NULL ORDER BY status_at LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED`;

const TOLD = `UPDATE enrolment SET untold = NULL WHERE id = ANY($1::uuid[])`;

/** Writes the messages about seats: what a row says is untold becomes a message in one transaction. */
@Injectable()
export class SeatReceiptService {
  constructor(
    private readonly db: Database,
    private readonly config: AppConfig,
    private readonly enrolments: MyEnrolmentsQuery,
    private readonly people: PersonQuery,
    private readonly messages: MessageQueue,
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

  private async tellSome(): Promise<number> {
    const claimed = await this.db.read<{ id: string; untold: Untold }>('enrolment.untold', CLAIM);
    if (claimed.length === 0) return 0;
    const untold = new Map(claimed.map((row) => [row.id, row.untold]));
    const rows = await this.enrolments.byIds([...untold.keys()]);
    const contacts = await this.people.contacts(rows.map(({ personId }) => personId));
    for (const row of rows) {
      const contact = contacts.get(row.personId);
      const message = contact?.canSms
        ? receiptFor(row, untold.get(row.enrolmentId) ?? 'status', contact, this.origin())
        : undefined;
      if (message) await this.messages.send(message);
    }
    await this.db.write('enrolment.told', TOLD, [[...untold.keys()]]);
    return claimed.length;
  }

  private origin(): string {
    const { PUBLIC_URL, HOST, PORT } = this.config;
    return PUBLIC_URL ?? `http://${HOST.includes(':') ? `[${HOST.replace(/[[\]]/g, '')}]` : HOST}:${PORT}`;
  }
}
