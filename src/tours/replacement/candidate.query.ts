import { Injectable } from '@nestjs/common';
import { Database } from '../../shared/database/database.js';
import { IS_QUALIFIED } from '../trainers/trainer.query.js';
import type { Days, TaughtUnit } from './candidate.js';

/** A half-day of a candidate, with whose it is: the reader's rights are applied later. */
export interface CandidateUnit extends TaughtUnit {
  campaignId: string;
  organisationId: string;
}

/** Somebody of the campaign's trainers. */
export interface CandidateRow {
  id: string;
  name: string;
  home: string | null;
  isQualified: boolean;
  daysOff: Days[];
}

// Whoever could not come to another session that day cannot come to this one either.
const PEOPLE = `
  SELECT a.id, a.name, p.home_city AS home, ${IS_QUALIFIED('a.id', '$2::uuid')} AS "isQualified",
         (SELECT coalesce(json_agg(json_build_object('from', o.first, 'to', o.last)), '[]')
            FROM (SELECT lower(t.days) AS first, upper(t.days) - 1 AS last
                    FROM trainer_absence t
                   WHERE t.account_id = a.id AND t.days && daterange($3::date, $4::date, '[]')
                   UNION ALL
                  SELECT lower(i.days), upper(i.days) - 1
                    FROM impediment i
                   WHERE i.account_id = a.id AND i.answer IS DISTINCT FROM 'withdrawn'
                     AND i.days && daterange($3::date, $4::date, '[]')) o) AS "daysOff"
    FROM account a
    LEFT JOIN trainer_profile p ON p.account_id = a.id
   WHERE a.id = ANY($1::uuid[])
   ORDER BY a.id`;
const UNITS = `
  SELECT x.resource_id AS "trainerId", s.campaign_id AS "campaignId", s.organisation_id AS "organisationId",
         CASE WHEN s.remote_url IS NULL THEN st.city_slug END AS city, u.local_date AS "localDate",
         to_char(u.local_start, 'HH24:MI') AS "localStart", to_char(u.local_end, 'HH24:MI') AS "localEnd",
         lower(u.during) AS "startsAt", upper(u.during) AS "endsAt"
    FROM unit_resource x
    JOIN unit u ON u.id = x.unit_id
    JOIN session s ON s.id = u.session_id
    JOIN stop st ON st.id = s.stop_id
   WHERE x.live
     AND x.resource_kind = 'trainer'
     AND x.resource_id = ANY($1::uuid[])
     AND u.local_date BETWEEN $2::date - 1 AND $3::date + 1
   ORDER BY x.resource_id, lower(u.during)
   LIMIT 5000`;

/** Reads of those who could step in: where they set out from, what they teach, when they are taken. */
@Injectable()
export class CandidateQuery {
  constructor(private readonly db: Database) {}

  people(ids: readonly string[], courseId: string, { from, to }: Days): Promise<CandidateRow[]> {
    return this.db.read('replacement.people', PEOPLE, [ids, courseId, from, to]);
  }

  /** Half-days from the day before to the day after, by trainer. */
  async units(ids: readonly string[], { from, to }: Days): Promise<Map<string, CandidateUnit[]>> {
    const values = [ids, from, to];
    const rows = await this.db.read<CandidateUnit & { trainerId: string }>(
      'replacement.units',
      UNITS,
      values,
    );
    const byTrainer = new Map<string, CandidateUnit[]>();
    for (const { trainerId, ...unit } of rows) {
      const known = byTrainer.get(trainerId);
      if (known) known.push(unit);
      else byTrainer.set(trainerId, [unit]);
    }
    return byTrainer;
  }
}
