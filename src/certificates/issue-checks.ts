import { Injectable } from '@nestjs/common';
import { NotFound } from '../shared/errors/domain-error.js';
import type { CompletionKey } from './certificate.js';
import { NameNotConfirmed } from './certificate.errors.js';
import { CertificateQuery, type IssueFacts } from './certificate.query.js';
import { CompletionGate } from './completion-gate.js';
import { NameConfirmationService } from './name-confirmation.service.js';
import { nameStateOf } from './name-state.js';

/** What must hold before a sheet is printed: the course is completed, and the name is right. */
@Injectable()
export class IssueChecks {
  constructor(
    private readonly query: CertificateQuery,
    private readonly gate: CompletionGate,
    private readonly names: NameConfirmationService,
  ) {}

  /**
   * Everything that will be printed, read at once: the name that is printed is the one that was confirmed.
   *
   * @param confirmName the staff says that the name is right
   * @throws NotFound, NotCompleted, NameNotConfirmed
   */
  async factsToPrint(key: CompletionKey, confirmName: boolean): Promise<IssueFacts> {
    const facts = await this.query.issueFacts(key);
    if (!facts) throw new NotFound('person or course');
    if (!facts.completed) await this.gate.refuse(key);
    if (!confirmName && !nameStateOf(facts).confirmed) throw new NameNotConfirmed();
    return facts;
  }

  /** Keeps that the staff said so, where nobody had. */
  async keepConfirmation(personId: string, facts: IssueFacts, accountId: string | null): Promise<void> {
    const { name, confirmed } = nameStateOf(facts);
    if (!confirmed) await this.names.confirm(personId, name, accountId);
  }
}
