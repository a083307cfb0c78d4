import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { Database } from '../shared/database/database.js';
import { InvalidFields } from '../shared/errors/domain-error.js';
import { isUuid } from '../shared/new-id.js';
import { reachOf, READING_ROLES, type Words } from '../campaigns/public.js';
import { seatsLeft, SESSION_SELECT, type SessionRow, type SessionStatus } from './session.row.js';

/** What the table can be sorted by: the SQL of the key, its type, and the same value of a row. */
const SORTS = {
  date: { key: `us.starts_at`, type: 'timestamptz', of: (row: SessionRow) => row.startsAt.toISOString() },
  city: { key: `ci.name_fr COLLATE "fr-x-icu"`, type: 'text', of: (row: SessionRow) => row.cityName.fr },
  course: {
    key: `k.title_fr COLLATE "fr-x-icu"`,
    type: 'text',
    of: (row: SessionRow) => row.course.title.fr,
  },
  team: { key: `te.name COLLATE "fr-x-icu"`, type: 'text', of: (row: SessionRow) => row.teamName },
  booked: { key: `s.booked`, type: 'integer', of: (row: SessionRow) => row.booked },
  left: {
    key: `greatest(0, s.seats - s.booked - s.offered - s.held)`,
    type: 'integer',
    of: (row: SessionRow) => seatsLeft(row),
  },
  waiting: { key: `s.waiting`, type: 'integer', of: (row: SessionRow) => row.waiting },
} as const;

export type SortKey = keyof typeof SORTS;
export type SortDirection = 'asc' | 'desc';
export const SORT_KEYS = Object.keys(SORTS) as SortKey[];

export interface StaffFilter {
  campaignId?: string | undefined;
  city?: string | undefined;
  teamId?: string | undefined;
  status?: SessionStatus | undefined;
}

// A session is shown to whoever plans it, and to its own trainers ($4).
const REACH = `
   ($1 OR s.organisation_id = ANY($2::uuid[]) OR s.campaign_id = ANY($3::uuid[])
    OR EXISTS (SELECT 1 FROM unit u JOIN unit_resource x ON x.unit_id = u.id
                WHERE u.session_id = s.id AND x.resource_kind = 'trainer' AND x.resource_id = $4::uuid))`;

function statement(sort: SortKey, direction: SortDirection): string {
  const { key, type } = SORTS[sort];
  const [after, order] = direction === 'asc' ? ['>', 'ASC'] : ['<', 'DESC'];
  return `${SESSION_SELECT}
   WHERE ${REACH}
     AND ($5::uuid IS NULL OR s.campaign_id = $5)
     AND ($6::text IS NULL OR st.city_slug = $6)
     AND ($7::uuid IS NULL OR st.team_id = $7)
     AND ($8::text IS NULL OR s.status = $8)
     AND ($9::${type} IS NULL OR (${key}, s.id) ${after} ($9, $10::uuid))
   ORDER BY ${key} ${order}, s.id ${order}
   LIMIT $11`;
}

const STATEMENTS = Object.fromEntries(
  SORT_KEYS.flatMap((sort) =>
    (['asc', 'desc'] as const).map((direction) => [`${sort}.${direction}`, statement(sort, direction)]),
  ),
);

const TEAMS = `
  SELECT te.id, te.name, json_build_object('fr', t.name_fr, 'ar', t.name_ar) AS tour
    FROM team te
    JOIN tour t ON t.id = te.tour_id
   WHERE ($1 OR t.organisation_id = ANY($2::uuid[]) OR t.campaign_id = ANY($3::uuid[])
          OR EXISTS (SELECT 1 FROM team_trainer x WHERE x.team_id = te.id AND x.account_id = $4::uuid))
     AND ($5::uuid IS NULL OR t.campaign_id = $5)
   ORDER BY t.name_fr, te.name, te.id
   LIMIT 200`;

const POSTPONED = `SELECT count(*)::int AS n FROM session s WHERE s.status = 'postponed' AND ${REACH}`;

/** Where a page of the table begins. */
interface Mark {
  key: string | number;
  id: string;
}

function readMark(cursor: string | undefined): Mark | undefined {
  if (!cursor) return undefined;
  try {
    const [key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown];
    if ((typeof key === 'string' || typeof key === 'number') && typeof id === 'string' && isUuid(id))
      return { key, id };
  } catch {
    // Not one of ours.
  }
  throw new InvalidFields([{ pointer: '/cursor', code: 'wrong-shape' }]);
}

/** Reads of the coordinator's table. With 2,000 sessions a page takes 165 ms on two busy cores (README). */
@Injectable()
export class StaffSessionQuery {
  constructor(private readonly db: Database) {}

  /** A page of the sessions that the actor plans or trains, and the cursor of the next. */
  async list(
    actor: StaffActor,
    filter: StaffFilter,
    {
      sort,
      direction,
      cursor,
      limit,
    }: { sort: SortKey; direction: SortDirection; cursor?: string | undefined; limit: number },
  ): Promise<{ rows: SessionRow[]; next: string | null }> {
    const mark = readMark(cursor);
    const where = [
      filter.campaignId ?? null,
      filter.city ?? null,
      filter.teamId ?? null,
      filter.status ?? null,
    ];
    const values = [...reachValues(actor), ...where, mark?.key ?? null, mark?.id ?? null, limit + 1];
    const name = `${sort}.${direction}`;
    const found = await this.db.read<SessionRow>(`session.staff.${name}`, STATEMENTS[name] ?? '', values);
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const more = found.length > limit && last;
    return {
      rows,
      next: more ? Buffer.from(JSON.stringify([SORTS[sort].of(last), last.id])).toString('base64url') : null,
    };
  }

  /** How many of them wait for a new date. */
  async postponed(actor: StaffActor): Promise<number> {
    return (await this.db.readOne<{ n: number }>('session.postponed', POSTPONED, reachValues(actor)))?.n ?? 0;
  }

  /** Teams to filter by. */
  teams(
    actor: StaffActor,
    campaignId: string | undefined,
  ): Promise<Array<{ id: string; name: string; tour: Words }>> {
    return this.db.read('session.staffTeams', TEAMS, [...reachValues(actor), campaignId ?? null]);
  }
}

function reachValues(actor: StaffActor): [boolean, readonly string[], readonly string[], string] {
  const { everything, organisationIds, campaignIds } = reachOf(actor.grants, READING_ROLES);
  return [everything, organisationIds, campaignIds, actor.accountId];
}
