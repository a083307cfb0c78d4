import { Injectable } from '@nestjs/common';
import { MessageQueue } from '../messages/public.js';
import { type Contact, PersonQuery } from '../people/public.js';
import { Database } from '../shared/database/database.js';
import { JobQueue } from '../shared/jobs/job.queue.js';
import type { CertificateStatus, FrozenCertificate } from './certificate.js';
import { CertificateLink } from './certificate-link.js';
import { inReader } from './printed-words.js';

/** Kind of the job that tells people of their certificates. */
export const TELL_KIND = 'certificates.tell';
const CHUNK = 50;

const CLAIM = `
  SELECT id, organisation_id AS "organisationId", person_id AS "personId", code, status, frozen
    FROM certificate
   WHERE untold
   ORDER BY issued_at, id
   LIMIT ${CHUNK}
     FOR NO KEY UPDATE SKIP LOCKED`;

const TOLD = `UPDATE certificate SET untold = false WHERE id = ANY($1::uuid[])`;

interface Untold {
  id: string;
  organisationId: string;
  personId: string;
  code: string;
  status: CertificateStatus;
  frozen: FrozenCertificate;
}

/** Tells people that their certificate is there, with the link that opens the PDF. The rows say who is still untold. */
@Injectable()
export class CertificateNotice {
  constructor(
    private readonly db: Database,
    private readonly jobs: JobQueue,
    private readonly people: PersonQuery,
    private readonly messages: MessageQueue,
    private readonly link: CertificateLink,
  ) {}

  /** Asks for the telling; joins the transaction that is open. A ring that is lost costs a minute. */
  async ring(): Promise<void> {
    await this.jobs.enqueue({ kind: TELL_KIND, dedupeKey: TELL_KIND, maxAttempts: 3 });
  }

  /** Tells everybody who is untold. @returns how many rows were dealt with, those without a number for SMS included */
  async tellAll(): Promise<number> {
    let told = 0;
    for (;;) {
      const some = await this.db.transaction(() => this.tellSome());
      told += some;
      if (some < CHUNK) return told;
    }
  }

  private async tellSome(): Promise<number> {
    const rows = await this.db.read<Untold>('certificate.untold', CLAIM);
    if (rows.length === 0) return 0;
    const contacts = await this.people.contacts(rows.map(({ personId }) => personId));
    for (const row of rows) {
      const contact = contacts.get(row.personId);
      // One that was replaced or revoked in the meantime is no news.
      if (contact?.canSms && row.status === 'valid') await this.tell(row, contact);
    }
    await this.db.write('certificate.told', TOLD, [rows.map(({ id }) => id)]);
    return rows.length;
  }

  private async tell(row: Untold, { language, e164 }: Contact): Promise<void> {
    await this.messages.send({
      recipient: e164,
      channel: 'sms',
      template: 'certificates:sms.issued',
      language,
      values: { course: inReader(row.frozen.course, language), link: this.link.pageAddress(row.code) },
      personId: row.personId,
      organisationId: row.organisationId,
      dedupeKey: `certificate:${row.id}`,
    });
  }
}
