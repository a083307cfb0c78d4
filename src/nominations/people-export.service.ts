import { Injectable } from '@nestjs/common';
import type { CampaignScope } from '../campaigns/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Database } from '../shared/database/database.js';
import { directionOf, type Locale, t } from '../shared/i18n/i18n.js';
import { csvOfTexts, xlsxOfTexts } from '../shared/tables/table-writer.js';
import { peopleTable } from './people-table.js';
import { SeenPeople } from './seen-people.query.js';

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The people of a campaign as a file that an import reads back unchanged. Each export is audited. */
@Injectable()
export class PeopleExport {
  constructor(
    private readonly db: Database,
    private readonly audit: AuditLog,
    private readonly seen: SeenPeople,
  ) {}

  async write(
    actor: StaffActor,
    { campaignId, organisationId }: CampaignScope,
    format: ExportFormat,
    locale: Locale,
  ): Promise<string | Buffer> {
    const people = await this.db.on('reports', () => this.seen.of(campaignId));
    await this.audit.record(actor, {
      action: 'people.export',
      subjectKind: 'campaign',
      subjectId: campaignId,
      organisationId,
      facts: { format, people: people.length },
    });
    const table = peopleTable(people, locale);
    if (format === 'csv') return csvOfTexts(table);
    return xlsxOfTexts(table, t(locale, 'nominations:sheet'), directionOf(locale) === 'rtl');
  }
}
