import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import type { PrintedDraft } from './certificate.store.js';

/** What an entry says of a certificate. */
type Subject = Pick<PrintedDraft, 'id' | 'organisationId' | 'serial'>;
type Facts = Readonly<Record<string, string>>;

/** Keeps what was done with certificates, always in the transaction of the deed. */
@Injectable()
export class CertificateJournal {
  constructor(private readonly audit: AuditLog) {}

  /** A certificate was written. */
  issued(by: StaffActor | 'system', draft: PrintedDraft, facts: Facts = {}): Promise<void> {
    return this.record(by, 'certificates.issue', draft, facts);
  }

  /** Another one took its place. */
  replaced(by: StaffActor, old: Subject, draft: PrintedDraft): Promise<void> {
    return this.record(by, 'certificates.replace', old, { by: draft.serial });
  }

  /** It was taken back; of the reason only a digest is kept here. */
  revoked(by: StaffActor, subject: Subject, reason: string): Promise<void> {
    return this.record(by, 'certificates.revoke', subject, { reason: this.audit.digest(reason) });
  }

  private record(by: StaffActor | 'system', action: string, subject: Subject, facts: Facts): Promise<void> {
    const { id, organisationId, serial } = subject;
    return this.audit.record(by, {
      action,
      subjectKind: 'certificate',
      subjectId: id,
      organisationId,
      facts: { serial, ...facts },
    });
  }
}
