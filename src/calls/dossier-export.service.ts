import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Database } from '../shared/database/database.js';
import { directionOf, type Locale, t } from '../shared/i18n/i18n.js';
import { csvOfTexts, xlsxOfTexts } from '../shared/tables/table-writer.js';
import type { Call } from './call.js';
import { dossierTable } from './dossier-table.js';
import { type DossierFilter, DossierQuery } from './dossier.query.js';

export const DOSSIER_FORMATS = ['csv', 'xlsx'] as const;
export type DossierFormat = (typeof DOSSIER_FORMATS)[number];

/** The dossiers of a call as a file that no spreadsheet runs; each export is audited. */
@Injectable()
export class DossierExport {
  constructor(
    private readonly db: Database,
    private readonly audit: AuditLog,
    private readonly dossiers: DossierQuery,
  ) {}

  async write(
    actor: StaffActor,
    call: Call,
    { filter, format, locale }: { filter: DossierFilter; format: DossierFormat; locale: Locale },
  ): Promise<string | Buffer> {
    const rows = await this.db.on('reports', () => this.dossiers.all(call.id, filter));
    await this.audit.record(actor, {
      ...{ action: 'application.export', subjectKind: 'call', subjectId: call.id },
      organisationId: call.organisationId,
      facts: { format, applications: rows.length },
    });
    const table = dossierTable(call, rows, locale);
    if (format === 'csv') return csvOfTexts(table);
    return xlsxOfTexts(table, t(locale, 'calls:sheet'), directionOf(locale) === 'rtl');
  }
}
