import { Injectable } from '@nestjs/common';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { judge, type Judged, type Outcome } from './import-judge.js';
import { assertColumns, type Importer, ImportService, OPEN_MS } from './import.service.js';
import { type ImportRecord, ImportStore } from './import.store.js';
import { type Deed, ImportWriter } from './import-writer.js';
import { ImportHasErrors, ImportNotOpen } from './nominations.errors.js';

/** Which rows are taken: all of them or none, or those without an error. */
export type WhichRows = 'all' | 'valid';

/** Writes the people of an import, and takes them back. Two at once: one does it, the other is told. */
@Injectable()
export class ImportConfirmation {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly imports: ImportService,
    private readonly store: ImportStore,
    private readonly writer: ImportWriter,
  ) {}

  /**
   * Writes the rows: judged anew, since the base may have changed after the preview.
   *
   * @throws ImportNotOpen for the second of two, ImportHasErrors when all were asked for and some cannot be taken
   */
  async confirm(by: Importer, id: string, which: WhichRows): Promise<ImportRecord> {
    await this.imports.get(by, id);
    try {
      await this.db.transaction(() => this.apply(by, id, which));
    } catch (error) {
      // What changed since the preview is shown.
      if (error instanceof ImportHasErrors) await this.imports.rejudge(id);
      throw error;
    }
    return this.imports.known(id);
  }

  /** Takes a confirmed import back, within 24 hours. @throws ImportNotOpen */
  async undo(by: Importer, id: string): Promise<ImportRecord> {
    await this.imports.get(by, id);
    await this.db.transaction(async () => {
      const record = await this.store.lock(id);
      if (!record) throw new NotFound('import');
      const now = this.clock.now();
      const isLate = record.appliedAt !== null && record.appliedAt.getTime() + OPEN_MS <= now.getTime();
      if (record.state !== 'applied') throw new ImportNotOpen(record.state);
      if (isLate) throw new ImportNotOpen('kept');
      await this.writer.takeBack(record.campaignId, await this.store.deeds<Deed>(id));
      await this.store.forgetRows([id]);
      await this.store.setState(id, 'undone', now);
      await this.record(by, 'people.undoImport', record);
    });
    return this.imports.known(id);
  }

  private async apply(by: Importer, id: string, which: WhichRows): Promise<void> {
    const record = await this.imports.lockOpen(id);
    assertColumns(record.columns);
    const read = await this.imports.read(id, record.columns);
    const held = await this.writer.hold(record.campaignId, read);
    const rows = judge(read, held.seen);
    const counts = countsOf(rows);
    if (which === 'all' && counts.error > 0) throw new ImportHasErrors(counts.error, id);
    const now = this.clock.now();
    const deeds = await this.writer.write(record, rows, held, now);
    await this.store.judged(id, record.columns, rows);
    await this.store.done(id, deeds);
    await this.store.setState(id, 'applied', now);
    await this.record(by, 'people.import', { ...record, counts });
  }

  private async record(by: Importer, action: string, record: ImportRecord): Promise<void> {
    await this.audit.record(by, {
      action,
      subjectKind: 'people-import',
      subjectId: record.id,
      organisationId: record.organisationId,
      facts: { campaignId: record.campaignId, ...record.counts },
    });
  }
}

function countsOf(rows: readonly Judged[]): Record<Outcome, number> {
  const count = (outcome: Outcome): number => rows.filter((row) => row.outcome === outcome).length;
  return { create: count('create'), update: count('update'), same: count('same'), error: count('error') };
}
