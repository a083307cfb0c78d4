import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { EnrolmentWithSession } from './my-enrolments.query.js';

/** How long before each half-day the link of a session at a distance is shown. */
export const LINK_OPENS_MINUTES = 30;

const OPEN = `
  SELECT e.id, s.remote_url AS "remoteUrl"
    FROM enrolment e
    JOIN session s ON s.id = e.session_id
   WHERE e.id = ANY($1::uuid[])
     AND e.status = 'booked'
     AND s.status NOT IN ('cancelled', 'postponed')
     AND s.remote_url IS NOT NULL
     AND EXISTS (SELECT 1 FROM unit u
                  WHERE u.session_id = s.id
                    AND lower(u.during) - make_interval(mins => ${LINK_OPENS_MINUTES}) <= $2::timestamptz
                    AND upper(u.during) > $2::timestamptz)`;

/** Links of sessions at a distance, for people with a seat, while they are to be opened. */
@Injectable()
export class OpenLinkQuery {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * The links that are open now, by enrolment: from thirty minutes before a half-day until its end. Nothing is asked of
   * the database where no session is at a distance.
   */
  async of(rows: readonly EnrolmentWithSession[]): Promise<ReadonlyMap<string, string>> {
    const ids = rows.flatMap((row) => (row.isRemote ? [row.enrolmentId] : []));
    if (ids.length === 0) return new Map();
    const open = await this.db.read<{ id: string; remoteUrl: string }>('enrolment.openLinks', OPEN, [
      ids,
      this.clock.now(),
    ]);
    return new Map(open.map(({ id, remoteUrl }) => [id, remoteUrl]));
  }
}
