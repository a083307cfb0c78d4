import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { StoredFile } from '../shared/files/file-store.js';
import type { CompletionKey, FrozenCertificate } from './certificate.js';

const NEXT_SERIAL = `SELECT nextval('certificate_serial_seq') AS n`;

const INSERT_FILE = `
  INSERT INTO stored_file (hash, bytes, media_type) VALUES ($1, $2, 'application/pdf') ON CONFLICT (hash) DO NOTHING`;

const INSERT = `
  INSERT INTO certificate (id, organisation_id, campaign_id, course_id, person_id, session_id, code, serial, status,
                           frozen, pdf_hash, issued_at, issued_by, status_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'valid', $9, $10, $11, $12, $11)`;

const REVOKE = `
  UPDATE certificate SET status = 'revoked', revoked_reason = $2, status_at = $3 WHERE id = $1 AND status = 'valid'`;

const REPLACE = `
  UPDATE certificate SET status = 'replaced', replaced_by = $2, status_at = $3 WHERE id = $1 AND status = 'valid'`;

// A person counts in the session of each city they came to; where nothing was counted, in the one they are certified for.
const CERTIFIED = `
  UPDATE participation SET certified_at = CASE WHEN $4::timestamptz IS NOT NULL THEN coalesce(certified_at, $4) END
   WHERE person_id = $1 AND course_id = $2 AND campaign_id = $3 AND (units_attended > 0 OR session_id = $5 OR $4::timestamptz IS NULL)`;

/** A certificate that is printed and not yet issued. */
export interface PrintedDraft extends CompletionKey {
  id: string;
  organisationId: string;
  sessionId: string | null;
  code: string;
  serial: string;
  frozen: FrozenCertificate;
  file: StoredFile;
  issuedAt: Date;
}

/** Name of the index that lets nobody have two. */
export const ONE_VALID = 'certificate_person_course_campaign_valid_key';

/** The writes of certificates; each belongs to a transaction of the caller. */
@Injectable()
export class CertificateStore {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** `2027-000042`: the year of issue and a number of its own; a draft that is thrown away leaves a gap. */
  async nextSerial(year: string): Promise<string> {
    const row = await this.db.readOne<{ n: number | string }>('certificate.nextSerial', NEXT_SERIAL);
    return `${year}-${String(row?.n).padStart(6, '0')}`;
  }

  /** @throws a violation of ONE_VALID when the person has a valid one */
  async insert(draft: PrintedDraft, issuedBy: string | null): Promise<void> {
    await this.db.write('certificate.insertFile', INSERT_FILE, [draft.file.hash, draft.file.bytes]);
    await this.db.write('certificate.insert', INSERT, [
      ...[draft.id, draft.organisationId, draft.campaignId, draft.courseId, draft.personId, draft.sessionId],
      ...[draft.code, draft.serial, JSON.stringify(draft.frozen), draft.file.hash, draft.issuedAt, issuedBy],
    ]);
    await this.markCertified(draft, draft.issuedAt, draft.sessionId);
  }

  /** @returns false when it is not valid any more */
  async revoke(id: string, reason: string): Promise<boolean> {
    return (await this.db.write('certificate.revoke', REVOKE, [id, reason, this.clock.now()])) > 0;
  }

  /** @returns false when it is not valid any more */
  async replace(id: string, byId: string): Promise<boolean> {
    return (await this.db.write('certificate.replace', REPLACE, [id, byId, this.clock.now()])) > 0;
  }

  /** What the figures count: set at issue, taken away by a revocation. */
  async markCertified(key: CompletionKey, at: Date | null, sessionId: string | null): Promise<void> {
    const values = [key.personId, key.courseId, key.campaignId, at, sessionId];
    await this.db.write('certificate.markCertified', CERTIFIED, values);
  }
}
