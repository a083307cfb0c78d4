import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { auditIdOf, type PhoneActor, type StaffAuthor } from '../access/actor.js';
import { Clock } from '../clock/clock.js';
import { Database } from '../database/database.js';
import { Keys } from '../security/keys.js';

const INSERT = `
  INSERT INTO audit_event (at, actor_kind, actor_id, action, subject_kind, subject_id, organisation_id, facts)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;

export interface AuditEntry {
  /** What was done, `feature.verb`. */
  action: string;
  subjectKind: string;
  subjectId: string;
  organisationId?: string | null;
  /** Ids, codes, counts and digests only: never a name, a phone or a free text. */
  facts?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** Writes the audit log: one plain insert in the transaction of the deed, sealed later by a job. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  async record(actor: StaffAuthor | PhoneActor | 'system', entry: AuditEntry): Promise<void> {
    const kind = actor === 'system' ? 'system' : actor.kind === 'staff' ? 'staff' : 'person';
    await this.db.write('audit.insert', INSERT, [
      this.clock.now(),
      kind,
      actor === 'system' ? null : auditIdOf(actor),
      entry.action,
      entry.subjectKind,
      entry.subjectId,
      entry.organisationId ?? null,
      entry.facts ?? {},
    ]);
  }

  /** Keyed digest of a personal value, so that two entries can be compared without holding it. */
  digest(value: string): string {
    return createHmac('sha256', this.keys.current('audit-digest').secret)
      .update(value)
      .digest('hex')
      .slice(0, 32);
  }
}
