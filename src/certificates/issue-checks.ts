import { Injectable } from '@nestjs/common';
import { NotFound } from '../shared/errors/domain-error.js';
import type { CompletionKey } from './certificate.js';
import { NameNotConfirmed } from './certificate.errors.js';
import { CompletionGate } from './completion-gate.js';
import { NameConfirmationService, type NameState } from './name-confirmation.service.js';

/** What must hold before a sheet is printed: the course is completed, and the name is right. */
@Injectable()
export class IssueChecks {
  constructor(
    private readonly gate: CompletionGate,
    private readonly names: NameConfirmationService,
  ) {}

  /**
   * Whether a certificate may be printed, and under which name.
   *
   * @param confirmName the staff says that the name is right
   * @throws NotFound, NotCompleted, NameNotConfirmed
   */
  async nameToPrint(key: CompletionKey, confirmName: boolean): Promise<NameState> {
    const state = await this.names.stateOf(key.personId);
    if (!state) throw new NotFound('person');
    await this.gate.assertCompleted(key);
    if (!state.confirmed && !confirmName) throw new NameNotConfirmed();
    return state;
  }

  /** Keeps that the staff said so, where nobody had. */
  async keepConfirmation(personId: string, state: NameState, accountId: string | null): Promise<void> {
    if (!state.confirmed) await this.names.confirm(personId, state.name, accountId);
  }
}
