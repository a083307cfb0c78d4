import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { wallTimeOf } from '../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../shared/clock/zone-data.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { newId } from '../shared/new-id.js';
import { newCertificateCode } from './certificate-code.js';
import type { CompletionKey, FrozenCertificate, PrintedName } from './certificate.js';
import { CertificatePrinter } from './certificate.printer.js';
import { CertificateQuery, type IssueFacts } from './certificate.query.js';
import { CertificateStore, type PrintedDraft } from './certificate.store.js';
import { printedTexts } from './certificate-texts.js';
import { CompletionGate } from './completion-gate.js';
import { printedName } from './printed-name.js';

function freeze(facts: IssueFacts, name: PrintedName, issuedOn: string): FrozenCertificate {
  const { course, campaign, organisation, funders, city, minutes, signatories, logos } = facts;
  const texts = printedTexts(facts.texts);
  const dates = facts.first && facts.last ? { first: facts.first, last: facts.last } : null;
  return {
    ...{ name, course, campaign, organisation, funders, city, dates, minutes, issuedOn },
    ...{ signatories, texts, logos },
  };
}

/** For certificates of the past, such as invented ones. */
export interface DraftOptions {
  /** When it was issued; now, unless said otherwise. Nobody is told of a certificate of the past. */
  at?: Date;
  /** Its code; drawn, unless said otherwise. */
  code?: string;
}

/**
 * Makes certificates: freezes the data, prints, and writes the row. Printing comes before the transaction, so that a
 * row is never held for as long as a sheet takes; a draft that loses a race is a file without a row.
 */
@Injectable()
export class CertificateIssuer {
  constructor(
    private readonly query: CertificateQuery,
    private readonly store: CertificateStore,
    private readonly printer: CertificatePrinter,
    private readonly gate: CompletionGate,
    private readonly clock: Clock,
  ) {}

  /** Prints the certificate of a completion. @throws NotFound, NotPrintable */
  async draft(key: CompletionKey, options: DraftOptions = {}): Promise<PrintedDraft> {
    const facts = await this.query.issueFacts(key);
    if (!facts) throw new NotFound('person or course');
    return this.draftFrom(key, facts, options);
  }

  /** Prints what was read. @throws NotPrintable */
  draftFrom(key: CompletionKey, facts: IssueFacts, options: DraftOptions = {}): Promise<PrintedDraft> {
    const { organisationId, sessionId } = facts;
    const frozen = freeze(facts, printedName(facts), this.today(options.at));
    return this.print({ ...key, organisationId, sessionId }, frozen, options);
  }

  /** Prints frozen data again under a new code and serial, for the same completion. */
  async print(
    owner: CompletionKey & { organisationId: string; sessionId: string | null },
    frozen: FrozenCertificate,
    options: DraftOptions = {},
  ): Promise<PrintedDraft> {
    const code = options.code ?? newCertificateCode();
    const issuedAt = options.at ?? this.clock.now();
    const serial = await this.store.nextSerial(frozen.issuedOn.slice(0, 4));
    const file = await this.printer.print(frozen, code, serial);
    const { personId, courseId, campaignId, organisationId, sessionId } = owner;
    return {
      id: newId(),
      ...{ personId, courseId, campaignId, organisationId, sessionId },
      ...{ code, serial, frozen, file, issuedAt, silent: options.at !== undefined },
    };
  }

  /**
   * Writes the row, in the caller's transaction.
   *
   * @param issuedBy account; null for the system
   * @throws NotCompleted when a correction took the completion away in the meantime
   */
  async issue(draft: PrintedDraft, issuedBy: string | null): Promise<void> {
    if (!(await this.store.insert(draft, issuedBy, true))) await this.gate.refuse(draft);
  }

  /** Today where the training is. */
  today(at = this.clock.now()): string {
    return wallTimeOf(at, DEFAULT_ZONE).localDate;
  }
}
