import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { type Dimension, DIMENSIONS } from './dimensions.js';
import { type Indicator, INDICATOR_NAMES, INDICATORS } from './indicators.js';

export type Figures = Record<Indicator, number>;

/** One group of people: its value in each asked dimension, and the figures. */
export interface ParticipationRow {
  key: string[];
  figures: Figures;
}

export interface Participation {
  rows: ParticipationRow[];
  /** Everybody once, however many rows they are in. */
  total: Figures;
  asOf: Date;
}

interface RawRow extends Figures {
  grouped: boolean;
  [dimension: `d${number}`]: string | null;
}

/** The one builder of figures: the asked dimensions, every indicator, rows and total in one reading. */
function statement(by: readonly Dimension[]): { name: string; sql: string } {
  const dimensions = by.map((dimension, n) => `${DIMENSIONS[dimension]} AS d${n}`);
  const measures = INDICATOR_NAMES.map((name) => `coalesce(${INDICATORS[name]}, 0) AS "${name}"`);
  const keys = by.map((_, n) => `d${n}`).join(', ');
  const inner = `
    SELECT p.person_id, p.booked, p.units_attended, p.minutes_present, p.completed_at, p.certified_at${dimensions.map((d) => `, ${d}`).join('')}
      FROM participation p
      JOIN session s ON s.id = p.session_id
      LEFT JOIN commune co ON co.code = p.commune_code
     WHERE p.campaign_id = $1`;
  const sql = `
    SELECT ${keys ? `${keys}, grouping(${keys}) = 0` : 'false'} AS grouped, ${measures.join(', ')}
      FROM (${inner}) p
     GROUP BY ${keys ? `GROUPING SETS ((${keys}), ())` : '()'}
     ORDER BY grouped DESC${keys ? `, ${keys}` : ''}`;
  const name = `report.${createHash('sha1').update(sql).digest('hex').slice(0, 12)}`;
  return { name, sql };
}

function figuresOf(row: RawRow): Figures {
  return Object.fromEntries(INDICATOR_NAMES.map((name) => [name, row[name]])) as Figures;
}

const NOTHING = Object.fromEntries(INDICATOR_NAMES.map((name) => [name, 0])) as Figures;

/** Participation in a campaign by any dimensions. */
@Injectable()
export class ParticipationQuery {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Reads on the reports' connections. A person is counted once in each row and once in the total. */
  async by(campaignId: string, by: readonly Dimension[]): Promise<Participation> {
    const { name, sql } = statement(by);
    const asOf = this.clock.now();
    const raw = await this.db.on('reports', () => this.db.read<RawRow>(name, sql, [campaignId]));
    const total = raw.find((row) => !row.grouped);
    const rows = raw
      .filter((row) => row.grouped)
      .map((row) => ({ key: by.map((_, n) => row[`d${n}`] ?? 'unknown'), figures: figuresOf(row) }));
    return { rows, total: total ? figuresOf(total) : NOTHING, asOf };
  }
}
