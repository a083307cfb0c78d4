import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { type Dimension, DIMENSION_NAMES } from './dimensions.js';
import { type Indicator, INDICATOR_NAMES, PEOPLE_BEHIND } from './indicators.js';
import { type Figures, type ParticipationRow, ParticipationQuery } from './participation.query.js';
import { type ReportScope, sightOf } from './report.policy.js';
import { isFew } from './suppressed-table.js';
import { type Cell, hiddenCells } from './suppression.js';

/** A campaign as a report names it. */
export interface ReportedCampaign {
  id: string;
  slug: string;
  name: { fr: string; ar: string; en: string };
  /** `YYYY-MM-DD` */
  startsOn: string;
  endsOn: string;
}

export interface ReportRow {
  /** Codes of the row in the order of `by`. */
  key: string[];
  cells: Record<Indicator, Cell>;
}

/** The figures as one may see them: the same rows for screen, CSV, XLSX and API. */
export interface Report {
  campaign: ReportedCampaign;
  by: readonly Dimension[];
  rows: ReportRow[];
  total: Record<Indicator, Cell>;
  asOf: Date;
  /** True when small cells are hidden from this reader. */
  isProtected: boolean;
}

const CAMPAIGN = `
  SELECT c.id AS "campaignId", c.slug, c.organisation_id AS "organisationId",
         json_build_object('fr', c.name_fr, 'ar', c.name_ar, 'en', c.name_en) AS name,
         c.starts_on AS "startsOn", c.ends_on AS "endsOn",
         array(SELECT a.funder_id FROM agreement a WHERE a.campaign_id = c.id) AS "funderIds"
    FROM campaign c
   WHERE c.id::text = $1 OR c.slug = $1`;

const REACHABLE = `
  SELECT c.id AS "campaignId", c.slug, c.organisation_id AS "organisationId",
         json_build_object('fr', c.name_fr, 'ar', c.name_ar, 'en', c.name_en) AS name,
         c.starts_on AS "startsOn", c.ends_on AS "endsOn",
         array(SELECT a.funder_id FROM agreement a WHERE a.campaign_id = c.id) AS "funderIds"
    FROM campaign c
   ORDER BY c.starts_on
   LIMIT 200`;

interface CampaignRow extends ReportScope, Omit<ReportedCampaign, 'id'> {}

@Injectable()
export class ReportService {
  constructor(
    private readonly db: Database,
    private readonly participation: ParticipationQuery,
  ) {}

  /** Campaigns whose figures this reader may see, oldest first. */
  async campaigns(actor: Actor): Promise<ReportedCampaign[]> {
    const rows = await this.db.read<CampaignRow>('report.campaigns', REACHABLE);
    return rows.filter((row) => sightOf(actor.grants, row) !== 'none').map(campaignOf);
  }

  /** @throws NotFound when there is no such campaign or it is not this reader's business */
  async campaign(actor: Actor, campaign: string): Promise<ReportedCampaign> {
    return campaignOf((await this.reach(actor, campaign)).row);
  }

  /** @throws NotFound when there is no such campaign or it is not this reader's business */
  async report(actor: Actor, campaign: string, by: readonly Dimension[]): Promise<Report> {
    const { row, isProtected } = await this.reach(actor, campaign);
    const { rows, total, asOf } = await this.participation.by(row.campaignId, by);
    return {
      campaign: campaignOf(row),
      by,
      rows: isProtected ? protect(rows, by) : rows.map(({ key, figures }) => ({ key, cells: figures })),
      total: isProtected ? protectTotal(total) : total,
      asOf,
      isProtected,
    };
  }

  private async reach(actor: Actor, campaign: string): Promise<{ row: CampaignRow; isProtected: boolean }> {
    const row = await this.db.readOne<CampaignRow>('report.campaign', CAMPAIGN, [campaign]);
    const sight = row ? sightOf(actor.grants, row) : 'none';
    if (!row || sight === 'none') throw new NotFound('campaign');
    return { row, isProtected: sight === 'protected' };
  }
}

function campaignOf({ campaignId, slug, name, startsOn, endsOn }: CampaignRow): ReportedCampaign {
  return { id: campaignId, slug, name, startsOn, endsOn };
}

function protect(rows: readonly ParticipationRow[], by: readonly Dimension[]): ReportRow[] {
  const shown: ReportRow[] = rows.map(({ key, figures }) => ({ key, cells: { ...figures } }));
  // The same dimensions asked for in another order are the same table, and hide the same cells.
  const places = DIMENSION_NAMES.filter((name) => by.includes(name)).map((name) => by.indexOf(name));
  const keys = rows.map(({ key }) => places.map((place) => key[place] ?? ''));
  for (const indicator of INDICATOR_NAMES) {
    const hidden = hiddenCells(
      rows.map(({ figures }, n) => ({ key: keys[n] ?? [], people: figures[PEOPLE_BEHIND[indicator]] })),
    );
    shown.forEach(({ cells }, n) => {
      if (hidden[n] === 'few') cells[indicator] = '<5';
      if (hidden[n] === 'partner') cells[indicator] = '*';
    });
  }
  return shown;
}

function protectTotal(total: Figures): Record<Indicator, Cell> {
  const cells: Record<Indicator, Cell> = { ...total };
  for (const indicator of INDICATOR_NAMES) {
    if (isFew(total[PEOPLE_BEHIND[indicator]])) cells[indicator] = '<5';
  }
  return cells;
}
