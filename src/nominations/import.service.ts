import { Injectable } from '@nestjs/common';
import type { CampaignScope } from '../campaigns/public.js';
import { NominatedPeople } from '../people/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { isUuid, newId } from '../shared/new-id.js';
import { TableReader } from '../shared/tables/table-reader.js';
import { columnsProblem, guessColumns, type ImportColumns } from './import-columns.js';
import { judge, type Judged, type Outcome } from './import-judge.js';
import { readRow, type ReadRow } from './import-row.js';
import { type ImportRecord, type ImportRow, ImportStore } from './import.store.js';
import { type Deed, ImportWriter } from './import-writer.js';
import { mayNominate } from './nomination.policy.js';
import { NominationStore } from './nomination.store.js';
import { ImportHasErrors, ImportNotOpen } from './nominations.errors.js';
import { SeenPeople } from './seen-people.query.js';

/** An import waits so long to be confirmed, and can be undone so long, in milliseconds. */
export const OPEN_MS = 24 * 3600 * 1000;

/** Which rows are taken: all of them or none, or those without an error. */
export type WhichRows = 'all' | 'valid';

/** Who imports: a member of the staff, or the operator at the command line, for whom nobody signs. */
export type Importer = StaffActor | 'system';

/** Imports of people into a campaign: read, looked at, confirmed, undone. Before `confirm` no person is written. */
@Injectable()
export class ImportService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly tables: TableReader,
    private readonly store: ImportStore,
    private readonly seen: SeenPeople,
    private readonly people: NominatedPeople,
    private readonly nominations: NominationStore,
    private readonly writer: ImportWriter,
  ) {}

  /** Reads a file and keeps its rows for 24 hours. @throws TableTooLarge, TableUnreadable */
  async begin(by: Importer, campaign: CampaignScope, file: Uint8Array): Promise<ImportRecord> {
    const { header, rows } = await this.tables.read(file);
    const id = newId();
    await this.db.transaction(async () => {
      const { organisationId, campaignId } = campaign;
      const accountId = by === 'system' ? null : by.accountId;
      const createdAt = this.clock.now();
      await this.store.insert(
        { id, organisationId, campaignId, accountId, header: header.cells, createdAt },
        rows,
      );
      await this.judgeAgain(id, campaignId, guessColumns(header.cells));
    });
    return this.known(id);
  }

  /** @throws NotFound for an unknown import, and for one of a campaign that is not the actor's */
  async get(by: Importer, id: string): Promise<ImportRecord> {
    const record = isUuid(id) ? await this.store.find(id) : undefined;
    if (!record || (by !== 'system' && !mayNominate(by, record))) throw new NotFound('import');
    return record;
  }

  rows(id: string, outcome: Outcome | undefined, after: number, limit: number): Promise<ImportRow[]> {
    return this.store.rows(id, outcome, after, limit);
  }

  recent(campaignId: string): Promise<ImportRecord[]> {
    return this.store.recent(campaignId);
  }

  /** Says what each column holds. @throws InvalidFields, ImportNotOpen */
  async chooseColumns(by: Importer, id: string, columns: ImportColumns): Promise<ImportRecord> {
    const { header } = await this.get(by, id);
    assertColumns(columns);
    if (columns.length !== header.length)
      throw new InvalidFields([{ pointer: '/columns', code: 'wrong-shape' }]);
    await this.db.transaction(async () => {
      const { campaignId } = await this.lockOpen(id);
      await this.judgeAgain(id, campaignId, columns);
    });
    return this.known(id);
  }

  /**
   * Writes the rows: judged anew, since the base may have changed after the preview.
   *
   * @throws ImportNotOpen for the second of two, ImportHasErrors when all were asked for and some cannot be taken
   */
  async confirm(by: Importer, id: string, which: WhichRows): Promise<ImportRecord> {
    await this.get(by, id);
    try {
      await this.db.transaction(() => this.apply(by, id, which));
    } catch (error) {
      // What changed since the preview is shown.
      if (error instanceof ImportHasErrors) await this.refresh(id);
      throw error;
    }
    return this.known(id);
  }

  /** Takes a confirmed import back, within 24 hours. @throws ImportNotOpen */
  async undo(by: Importer, id: string): Promise<ImportRecord> {
    await this.get(by, id);
    await this.db.transaction(async () => {
      const record = await this.store.lock(id);
      if (!record) throw new NotFound('import');
      const now = this.clock.now();
      const isLate = record.appliedAt !== null && record.appliedAt.getTime() + OPEN_MS <= now.getTime();
      if (record.state !== 'applied' || isLate) throw new ImportNotOpen(isLate ? 'kept' : record.state);
      await this.nominations.holdCampaign(record.campaignId);
      await this.writer.takeBack(await this.store.deeds<Deed>(id));
      await this.store.forgetRows([id]);
      await this.store.setState(id, 'undone', now);
      await this.record(by, 'people.undoImport', record);
    });
    return this.known(id);
  }

  /** Forgets the rows of imports whose time is over. @returns how many imports */
  async forgetOld(): Promise<number> {
    return this.db.transaction(async () => {
      const ids = await this.store.endOld(new Date(this.clock.now().getTime() - OPEN_MS));
      await this.store.forgetRows(ids);
      return ids.length;
    });
  }

  private async apply(by: Importer, id: string, which: WhichRows): Promise<void> {
    const record = await this.lockOpen(id);
    assertColumns(record.columns);
    await this.nominations.holdCampaign(record.campaignId);
    const read = await this.read(id, record.columns);
    const phones = read.flatMap(({ problems, candidate: { phone } }) =>
      problems.length === 0 && phone ? [phone] : [],
    );
    const phoneIds = await this.people.keepPhones(new Map(phones.map(({ e164, sms }) => [e164, sms])));
    const seen = await this.seen.of(record.campaignId);
    const rows = judge(read, seen);
    const errors = rows.filter(({ outcome }) => outcome === 'error').length;
    if (which === 'all' && errors > 0) throw new ImportHasErrors(errors, id);
    const now = this.clock.now();
    const deeds = await this.writer.write(record, rows, seen, phoneIds, now);
    await this.store.judged(id, record.columns, rows);
    await this.store.done(id, deeds);
    await this.store.setState(id, 'applied', now);
    await this.record(by, 'people.import', { ...record, counts: countsOf(rows) });
  }

  private async refresh(id: string): Promise<void> {
    await this.db.transaction(async () => {
      const record = await this.store.lock(id);
      if (record?.state === 'preview') await this.judgeAgain(id, record.campaignId, record.columns);
    });
  }

  private async judgeAgain(id: string, campaignId: string, columns: ImportColumns): Promise<void> {
    const rows = judge(await this.read(id, columns), await this.seen.of(campaignId));
    await this.store.judged(id, columns, rows);
  }

  private async read(id: string, columns: ImportColumns): Promise<ReadRow[]> {
    const now = this.clock.now();
    return (await this.store.cells(id)).map(({ n, cells }) => readRow(n, cells, columns, now));
  }

  private async lockOpen(id: string): Promise<ImportRecord> {
    const record = await this.store.lock(id);
    if (!record) throw new NotFound('import');
    const isOld = record.createdAt.getTime() + OPEN_MS <= this.clock.now().getTime();
    if (record.state !== 'preview' || isOld)
      throw new ImportNotOpen(record.state === 'preview' ? 'lapsed' : record.state);
    return record;
  }

  private async known(id: string): Promise<ImportRecord> {
    const record = await this.store.find(id);
    if (!record) throw new NotFound('import');
    return record;
  }

  private async record(by: Importer, action: string, record: ImportRecord): Promise<void> {
    const { create, update, same, error } = record.counts;
    await this.audit.record(by, {
      action,
      subjectKind: 'people-import',
      subjectId: record.id,
      organisationId: record.organisationId,
      facts: { campaignId: record.campaignId, create, update, same, error },
    });
  }
}

function assertColumns(columns: ImportColumns): void {
  const problem = columnsProblem(columns);
  if (problem) throw new InvalidFields([{ pointer: '/columns', code: problem.code }]);
}

function countsOf(rows: readonly Judged[]): Record<Outcome, number> {
  const count = (outcome: Outcome): number => rows.filter((row) => row.outcome === outcome).length;
  return { create: count('create'), update: count('update'), same: count('same'), error: count('error') };
}
