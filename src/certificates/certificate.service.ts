import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { violates } from '../shared/database/database.errors.js';
import { Database } from '../shared/database/database.js';
import type { CertificateRow, CompletionKey } from './certificate.js';
import { AlreadyCertified } from './certificate.errors.js';
import { CertificateIssuer } from './certificate.issuer.js';
import { CertificateJournal } from './certificate.journal.js';
import { CertificateNotice } from './certificate-notice.js';
import { CertificateQuery } from './certificate.query.js';
import { ONE_VALID } from './certificate.store.js';
import { IssueChecks } from './issue-checks.js';

/** One certificate for one person, by somebody of the staff. */
@Injectable()
export class CertificateService {
  constructor(
    private readonly db: Database,
    private readonly query: CertificateQuery,
    private readonly issuer: CertificateIssuer,
    private readonly checks: IssueChecks,
    private readonly journal: CertificateJournal,
    private readonly notice: CertificateNotice,
  ) {}

  /**
   * Issues one certificate, also after an earlier one was revoked: that is a deliberate act.
   *
   * @param confirmName the staff says that the name is right
   * @throws NotFound, AlreadyCertified, NotCompleted, NameNotConfirmed, NotPrintable
   */
  async issue(actor: StaffActor, key: CompletionKey, confirmName: boolean): Promise<CertificateRow> {
    const latest = await this.query.ofCompletion(key);
    if (latest?.status === 'valid') throw new AlreadyCertified(latest.code);
    const facts = await this.checks.factsToPrint(key, confirmName);
    const draft = await this.issuer.draftFrom(key, facts);
    try {
      await this.db.transaction(async () => {
        await this.checks.keepConfirmation(key.personId, facts, actor.accountId);
        await this.issuer.issue(draft, actor.accountId);
        await this.journal.issued(actor, draft);
      });
    } catch (error) {
      if (!violates(error, ONE_VALID)) throw error;
      throw new AlreadyCertified((await this.query.ofCompletion(key))?.code ?? '');
    }
    await this.notice.ring();
    return this.query.existing(draft.code);
  }
}
