import { Injectable } from '@nestjs/common';
import { type Call, dossierNumber } from '../calls/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { type FieldError, InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { ResultNotice } from './result-notice.js';
import { type ResultRow, ResultStore } from './result.store.js';
import { readNote } from './scores.js';
import { NotFirstOfReserve, OutcomeSame, PlacesTaken, SelectionNotInState } from './selection.errors.js';
import { CHANGE_CODES, type ChangeCode, type Outcome, OUTCOMES } from './selection.js';
import { SelectionStore } from './selection.store.js';

/** What a published result is to become, and why. */
export interface OutcomeChange {
  readonly outcome: Outcome;
  readonly code: ChangeCode;
  readonly note: string | null;
}

/** Reads a change: the code has to be one of those for its outcome. @throws InvalidFields */
export function readOutcomeChange(given: Readonly<Record<string, unknown>>): OutcomeChange {
  const problems: FieldError[] = [];
  const outcome = OUTCOMES.find((known) => known === given['outcome']);
  if (!outcome)
    problems.push({ pointer: '/outcome', code: given['outcome'] == null ? 'required' : 'not-a-choice' });
  const codes: readonly ChangeCode[] = outcome ? CHANGE_CODES[outcome] : [];
  const code = codes.find((known) => known === given['code']);
  if (outcome && !code)
    problems.push({
      pointer: '/code',
      code: given['code'] == null || given['code'] === '' ? 'required' : 'not-a-choice',
    });
  const note = readNote(given['note'], problems);
  if (!outcome || !code || problems.length > 0) throw new InvalidFields(problems);
  return { outcome, code, note };
}

/** Changes of a published result: each has a reason code, stays in the history and is public as a correction. */
@Injectable()
export class ResultChangeService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly selections: SelectionStore,
    private readonly results: ResultStore,
    private readonly notice: ResultNotice,
  ) {}

  /**
   * @throws SelectionNotInState before the publication, OutcomeSame, PlacesTaken for a freed place that is not free,
   *   NotFirstOfReserve
   */
  change(actor: StaffActor, call: Call, id: string, change: OutcomeChange): Promise<ResultRow> {
    return this.db.transaction(async () => {
      const selection = await this.selections.lock(call.id);
      if (selection?.state !== 'published') throw new SelectionNotInState(selection?.state ?? 'none');
      const row = await this.results.lock(id);
      if (!row) throw new NotFound('result');
      const { outcome, code, note } = change;
      if (row.outcome === outcome) throw new OutcomeSame('It has this outcome already');
      if (code === 'place-freed') await this.assertNext(call, row, selection.design.places);
      await this.results.set(id, outcome);
      const at = this.clock.now();
      const { accountId } = actor;
      const noted = { id, at, accountId, from: row.outcome, to: outcome, code, note };
      const k = await this.results.note(call.id, noted);
      await this.notice.send(call.organisationId, [{ ...row, outcome }], k);
      await this.audit.record(actor, {
        ...{ action: 'selection.change', subjectKind: 'application', subjectId: id },
        organisationId: call.organisationId,
        facts: { callId: call.id, number: dossierNumber(row), from: row.outcome, to: outcome, code },
      });
      return { ...row, outcome };
    });
  }

  private async assertNext(call: Call, { id }: ResultRow, places: number): Promise<void> {
    if ((await this.results.selected(call.id)) >= places) throw new PlacesTaken('No place is free');
    const first = await this.results.firstOfReserve(call.id);
    if (first && first.id !== id)
      throw new NotFirstOfReserve(dossierNumber({ callNumber: call.number, n: first.n }));
  }
}
