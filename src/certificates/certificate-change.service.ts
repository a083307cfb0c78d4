import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { Database } from '../shared/database/database.js';
import type { CertificateRow, PrintedName } from './certificate.js';
import { NotValidAnyMore, SameName } from './certificate.errors.js';
import { CertificateIssuer } from './certificate.issuer.js';
import { CertificateJournal } from './certificate.journal.js';
import { CertificateNotice } from './certificate-notice.js';
import { CertificateQuery } from './certificate.query.js';
import { CertificateStore } from './certificate.store.js';
import { printedTexts } from './certificate-texts.js';
import { isSameName } from './printed-name.js';

/** What is done with a certificate once it is out: take it back, or put the name right. */
@Injectable()
export class CertificateChangeService {
  constructor(
    private readonly db: Database,
    private readonly query: CertificateQuery,
    private readonly store: CertificateStore,
    private readonly issuer: CertificateIssuer,
    private readonly journal: CertificateJournal,
    private readonly notice: CertificateNotice,
  ) {}

  /** Takes a certificate back; the reason stays with the staff. @throws NotValidAnyMore */
  async revoke(actor: StaffActor, certificate: CertificateRow, reason: string): Promise<CertificateRow> {
    await this.db.transaction(async () => {
      if (!(await this.store.revoke(certificate.id, reason))) await this.refuseNotValid(certificate.code);
      await this.store.uncount(certificate);
      await this.journal.revoked(actor, certificate, reason);
    });
    return this.query.existing(certificate.code);
  }

  /**
   * The same certificate with the name put right: a new code and serial, everything else as it was frozen.
   *
   * @throws SameName, NotValidAnyMore, NotPrintable
   */
  async replace(actor: StaffActor, certificate: CertificateRow, name: PrintedName): Promise<CertificateRow> {
    if (certificate.status !== 'valid') throw new NotValidAnyMore(certificate.status);
    if (isSameName(certificate.frozen.name, name)) throw new SameName();
    // What was printed before texts were frozen was printed with our words.
    const texts = certificate.frozen.texts ?? printedTexts(null);
    const frozen = { ...certificate.frozen, texts, name, issuedOn: this.issuer.today() };
    const draft = await this.issuer.print(certificate, frozen);
    await this.db.transaction(async () => {
      if (!(await this.store.replace(certificate.id, draft.id))) await this.refuseNotValid(certificate.code);
      await this.store.insert(draft, actor.accountId, false);
      await this.journal.replaced(actor, certificate, draft);
    });
    await this.notice.ring();
    return this.query.existing(draft.code);
  }

  private async refuseNotValid(code: string): Promise<never> {
    throw new NotValidAnyMore((await this.query.existing(code)).status);
  }
}
