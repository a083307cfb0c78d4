import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { StoredFile } from '../shared/files/file-store.js';
import type { CompletionKey, FrozenCertificate } from './certificate.js';

const NEXT_SERIAL = `SELECT nextval('certificate_serial_seq') AS n`;

// One round trip: a batch waits for nothing else. The completion is held until the end of the transaction, so that a
// correction which takes it away comes before this or after it. A person counts in each city they came to; where nothing
// was counted, in the session they are certified for.
const INSERT = `
  WITH held AS (
       SELECT 1 FROM completion WHERE person_id = $1 AND course_id = $2 AND campaign_id = $3 FOR SHARE),
  ready AS (
       SELECT 1 WHERE NOT $4::boolean OR EXISTS (SELECT 1 FROM held)),
  file AS (
       INSERT INTO stored_file (hash, bytes, media_type) SELECT $5, $6, 'application/pdf' FROM ready ON CONFLICT (hash) DO NOTHING),
  counted AS (
       UPDATE participation SET certified_at = coalesce(certified_at, $7)
        WHERE person_id = $1 AND course_id = $2 AND campaign_id = $3 AND (units_attended > 0 OR session_id = $8)
          AND EXISTS (SELECT 1 FROM ready))
  INSERT INTO certificate (id, organisation_id, campaign_id, course_id, person_id, session_id, code, serial, status,
                           frozen, pdf_hash, issued_at, issued_by, status_at, untold)
  SELECT $9, $10, $3, $2, $1, $8, $11, $12, 'valid', $13, $5, $7, $14, $7, $15 FROM ready`;

const REVOKE = `
  UPDATE certificate SET status = 'revoked', revoked_reason = $2, status_at = $3 WHERE id = $1 AND status = 'valid'`;

const REPLACE = `
  UPDATE certificate SET status = 'replaced', replaced_by = $2, status_at = $3 WHERE id = $1 AND status = 'valid'`;

const UNCOUNT = `
  UPDATE participation SET certified_at = NULL WHERE person_id = $1 AND course_id = $2 AND campaign_id = $3`;

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
  /** Nobody is told of it, as of those of the past. */
  silent: boolean;
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

  /**
   * Writes the certificate, its file and what the figures count.
   *
   * @param needsCompletion false for one that takes another's place
   * @returns false when the completion is not there
   * @throws a violation of ONE_VALID when the person has a valid one
   */
  async insert(draft: PrintedDraft, issuedBy: string | null, needsCompletion: boolean): Promise<boolean> {
    const written = await this.db.write('certificate.insert', INSERT, [
      ...[draft.personId, draft.courseId, draft.campaignId, needsCompletion],
      ...[draft.file.hash, draft.file.bytes, draft.issuedAt, draft.sessionId],
      ...[draft.id, draft.organisationId, draft.code, draft.serial, JSON.stringify(draft.frozen)],
      ...[issuedBy, !draft.silent],
    ]);
    return written > 0;
  }

  /** @returns false when it is not valid any more */
  async revoke(id: string, reason: string): Promise<boolean> {
    return (await this.db.write('certificate.revoke', REVOKE, [id, reason, this.clock.now()])) > 0;
  }

  /** @returns false when it is not valid any more */
  async replace(id: string, byId: string): Promise<boolean> {
    return (await this.db.write('certificate.replace', REPLACE, [id, byId, this.clock.now()])) > 0;
  }

  /** Takes the person out of the figures of the certified. */
  async uncount({ personId, courseId, campaignId }: CompletionKey): Promise<void> {
    await this.db.write('certificate.uncount', UNCOUNT, [personId, courseId, campaignId]);
  }
}
