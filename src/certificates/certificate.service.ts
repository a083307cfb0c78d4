import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { violates } from '../shared/database/database.errors.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { AlreadyCertified, NotValidAnyMore, SameName } from './certificate.errors.js';
import { CertificateIssuer } from './certificate.issuer.js';
import { CertificateJournal } from './certificate.journal.js';
import { CertificateQuery } from './certificate.query.js';
import { CertificateStore, ONE_VALID } from './certificate.store.js';
import type { CertificateRow, CompletionKey, PrintedName } from './certificate.js';
import { IssueChecks } from './issue-checks.js';
import { isSameName } from './printed-name.js';

/** What one person of the staff does with one certificate: issue, revoke, replace. */
@Injectable()
export class CertificateService {
  constructor(
    private readonly db: Database,
    private readonly query: CertificateQuery,
    private readonly store: CertificateStore,
    private readonly issuer: CertificateIssuer,
    private readonly checks: IssueChecks,
    private readonly journal: CertificateJournal,
  ) {}

  /**
   * Issues one certificate, also after an earlier one was revoked: that is a deliberate act.
   *
   * @throws NotFound, AlreadyCertified, NotCompleted, NameNotConfirmed, NotPrintable
   */
  async issue(actor: StaffActor, key: CompletionKey, confirmName: boolean): Promise<CertificateRow> {
    const latest = await this.query.ofCompletion(key);
    if (latest?.status === 'valid') throw new AlreadyCertified(latest.code);
    const state = await this.checks.nameToPrint(key, confirmName);
    const draft = await this.issuer.draft(key);
    try {
      await this.db.transaction(async () => {
        await this.checks.keepConfirmation(key.personId, state, actor.accountId);
        await this.issuer.issue(draft, actor.accountId);
        await this.journal.issued(actor, draft);
      });
    } catch (error) {
      if (!violates(error, ONE_VALID)) throw error;
      throw new AlreadyCertified((await this.query.ofCompletion(key))?.code ?? '');
    }
    return this.reload(draft.code);
  }

  /** Takes a certificate back; the reason stays with the staff. @throws NotValidAnyMore */
  async revoke(actor: StaffActor, certificate: CertificateRow, reason: string): Promise<CertificateRow> {
    await this.db.transaction(async () => {
      if (!(await this.store.revoke(certificate.id, reason))) await this.refuseNotValid(certificate.code);
      await this.store.markCertified(certificate, null, certificate.sessionId);
      await this.journal.revoked(actor, certificate, reason);
    });
    return this.reload(certificate.code);
  }

  /**
   * The same certificate with the name put right: a new code and serial, everything else as it was frozen.
   *
   * @throws SameName, NotValidAnyMore, NotPrintable
   */
  async replace(actor: StaffActor, certificate: CertificateRow, name: PrintedName): Promise<CertificateRow> {
    if (certificate.status !== 'valid') throw new NotValidAnyMore(certificate.status);
    if (isSameName(certificate.frozen.name, name)) throw new SameName();
    const frozen = { ...certificate.frozen, name, issuedOn: this.issuer.today() };
    const draft = await this.issuer.print(certificate, frozen);
    await this.db.transaction(async () => {
      if (!(await this.store.replace(certificate.id, draft.id))) await this.refuseNotValid(certificate.code);
      await this.store.insert(draft, actor.accountId);
      await this.journal.replaced(actor, certificate, draft);
    });
    return this.reload(draft.code);
  }

  private async refuseNotValid(code: string): Promise<never> {
    throw new NotValidAnyMore((await this.reload(code)).status);
  }

  private async reload(code: string): Promise<CertificateRow> {
    const row = await this.query.byCode(code);
    if (!row) throw new NotFound('certificate');
    return row;
  }
}
