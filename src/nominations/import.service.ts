import { Injectable } from '@nestjs/common';
import type { CampaignScope } from '../campaigns/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { isUuid, newId } from '../shared/new-id.js';
import { TableReader } from '../shared/tables/table-reader.js';
import { columnsProblem, guessColumns, type ImportColumns } from './import-columns.js';
import { judge, type Outcome } from './import-judge.js';
import { readRow, type ReadRow } from './import-row.js';
import { type ImportRecord, type ImportRow, ImportStore } from './import.store.js';
import { mayNominate } from './nomination.policy.js';
import { ImportNotOpen } from './nominations.errors.js';
import { SeenPeople } from './seen-people.query.js';

/** An import waits so long to be confirmed, and can be undone so long, in milliseconds. */
export const OPEN_MS = 24 * 3600 * 1000;

/** Who imports: a member of the staff, or the operator at the command line, for whom nobody signs. */
export type Importer = StaffActor | 'system';

/** Imports of people into a campaign, until they are confirmed: read, and looked at. No person is written here. */
@Injectable()
export class ImportService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tables: TableReader,
    private readonly store: ImportStore,
    private readonly seen: SeenPeople,
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

  /** Forgets the rows of imports whose time is over. @returns how many imports */
  async forgetOld(): Promise<number> {
    return this.db.transaction(async () => {
      const ids = await this.store.endOld(new Date(this.clock.now().getTime() - OPEN_MS));
      await this.store.forgetRows(ids);
      return ids.length;
    });
  }

  /** Says anew what each row would do, while the import is open. */
  async rejudge(id: string): Promise<void> {
    await this.db.transaction(async () => {
      const record = await this.store.lock(id);
      if (record?.state === 'preview') await this.judgeAgain(id, record.campaignId, record.columns);
    });
  }

  private async judgeAgain(id: string, campaignId: string, columns: ImportColumns): Promise<void> {
    const rows = judge(await this.read(id, columns), await this.seen.of(campaignId));
    await this.store.judged(id, columns, rows);
  }

  /** The rows as they read by these columns. */
  async read(id: string, columns: ImportColumns): Promise<ReadRow[]> {
    const now = this.clock.now();
    return (await this.store.cells(id)).map(({ n, cells }) => readRow(n, cells, columns, now));
  }

  /** Holds an import that waits to be confirmed. @throws ImportNotOpen */
  async lockOpen(id: string): Promise<ImportRecord> {
    const record = await this.store.lock(id);
    if (!record) throw new NotFound('import');
    const isOld = record.createdAt.getTime() + OPEN_MS <= this.clock.now().getTime();
    if (record.state !== 'preview' || isOld)
      throw new ImportNotOpen(record.state === 'preview' ? 'lapsed' : record.state);
    return record;
  }

  async known(id: string): Promise<ImportRecord> {
    const record = await this.store.find(id);
    if (!record) throw new NotFound('import');
    return record;
  }
}

/** @throws InvalidFields when columns say a thing twice, or not who somebody is */
export function assertColumns(columns: ImportColumns): void {
  const problem = columnsProblem(columns);
  if (problem) throw new InvalidFields([{ pointer: '/columns', code: problem.code }]);
}
