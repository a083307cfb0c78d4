import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { deriveUnit } from '../shared/clock/wall-time.js';
import { Database } from '../shared/database/database.js';

const UNITS = `
  SELECT id, session_id AS "sessionId", to_char(local_date, 'YYYY-MM-DD') AS "localDate", zone,
         to_char(local_start, 'HH24:MI') AS "localStart", to_char(local_end, 'HH24:MI') AS "localEnd",
         lower(during) AS "startsAt", upper(during) AS "endsAt"
    FROM unit
   ORDER BY session_id, n
     FOR UPDATE`;
// A change of the zone moves units through each other's old places; only the end result has to be free of clashes.
const DEFER = `SET CONSTRAINTS unit_resource_one_place_at_a_time, enrolment_one_place_at_a_time DEFERRED`;
const MOVE = `UPDATE unit SET during = tstzrange($2, $3) WHERE id = $1`;
const MOVE_SESSIONS = `
  UPDATE session s
     SET during = fresh.during, revision = revision + 1, changed_at = $2
    FROM (SELECT session_id, range_agg(during) AS during FROM unit WHERE live GROUP BY session_id) fresh
   WHERE fresh.session_id = s.id
     AND s.id = ANY($1::uuid[])
     AND s.during <> fresh.during`;

interface UnitTimes {
  id: string;
  sessionId: string;
  localDate: string;
  localStart: string;
  localEnd: string;
  zone: string;
  startsAt: Date;
  endsAt: Date;
}

/** Derives every unit's instants anew from its wall time, after a change of the zone data: a decree moves the clock. */
@Injectable()
export class ClockRederiveService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns how many units were looked at and how many moved; all move, or none */
  async rederive(): Promise<{ units: number; moved: number }> {
    return this.db.transaction(async () => {
      await this.db.write('tours.rederive.defer', DEFER);
      const units = await this.db.read<UnitTimes>('tours.rederive.units', UNITS);
      const moved = new Set<string>();
      let count = 0;
      for (const unit of units) {
        const { startsAt, endsAt } = deriveUnit(unit);
        if (startsAt.getTime() === unit.startsAt.getTime() && endsAt.getTime() === unit.endsAt.getTime())
          continue;
        await this.db.write('tours.rederive.move', MOVE, [unit.id, startsAt, endsAt]);
        moved.add(unit.sessionId);
        count += 1;
      }
      await this.db.write('tours.rederive.sessions', MOVE_SESSIONS, [[...moved], this.clock.now()]);
      return { units: units.length, moved: count };
    });
  }
}
