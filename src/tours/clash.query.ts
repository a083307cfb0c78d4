import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { Road } from '../shared/geography/road-matrix.js';
import type { HardClash } from './session.errors.js';
import type { PlacedUnit, TrainerUnit, TrainerUnits } from './soft-clash.js';

/** A clash with whose it is, before the reader's rights have been applied. */
export interface FoundClash extends HardClash {
  campaignId: string;
  organisationId: string;
}

const OTHER = `
         o.campaign_id AS "campaignId", o.organisation_id AS "organisationId",
         json_build_object('id', o.id, 'city', json_build_object('slug', ci.slug,
           'name', json_build_object('fr', ci.name_fr, 'ar', ci.name_ar, 'en', ci.name_en))) AS other,
         ou.local_date AS "localDate", to_char(ou.local_start, 'HH24:MI') AS "localStart", to_char(ou.local_end, 'HH24:MI') AS "localEnd"`;

// Served by the exclusion constraint's own GiST index on (resource_id, during).
const RESOURCES = `
  SELECT DISTINCT ON (mine.resource_kind, mine.resource_id, ou.id) mine.resource_kind AS kind, u.session_id AS "sessionId",
         json_build_object('id', mine.resource_id,
           'name', CASE mine.resource_kind
                     WHEN 'room' THEN json_build_object('fr', r.name_fr || ', ' || v.name_fr, 'ar', r.name_ar || '، ' || v.name_ar)
                     WHEN 'trainer' THEN json_build_object('fr', a.name, 'ar', a.name)
                     ELSE json_build_object('fr', te.name, 'ar', te.name) END) AS resource,
         0 AS people, ${OTHER}
    FROM unit u
    JOIN unit_resource mine ON mine.unit_id = u.id AND mine.live
    JOIN unit_resource x ON x.resource_id = mine.resource_id AND x.during && mine.during AND x.live AND x.unit_id <> mine.unit_id
    JOIN unit ou ON ou.id = x.unit_id
    JOIN session o ON o.id = ou.session_id
    JOIN stop st ON st.id = o.stop_id
    JOIN city ci ON ci.slug = st.city_slug
    LEFT JOIN account a ON a.id = mine.resource_id
    LEFT JOIN room r ON r.id = mine.resource_id
    LEFT JOIN venue v ON v.id = r.venue_id
    LEFT JOIN team te ON te.id = mine.resource_id
   WHERE u.session_id = ANY($1::uuid[])
   ORDER BY mine.resource_kind, mine.resource_id, ou.id, u.n
   LIMIT 50`;

// Booked people whose other seats a moved session would now overlap: counted, never named.
const PEOPLE = `
  SELECT 'person' AS kind, e.session_id AS "sessionId", NULL AS resource, count(*)::int AS people, ${OTHER}
    FROM enrolment e
    JOIN enrolment oe ON oe.person_id = e.person_id AND oe.holds_seat AND oe.id <> e.id AND oe.during && e.during
    JOIN session o ON o.id = oe.session_id
    JOIN stop st ON st.id = o.stop_id
    JOIN city ci ON ci.slug = st.city_slug
    JOIN unit ou ON ou.session_id = o.id AND ou.n = 1
   WHERE e.session_id = ANY($1::uuid[])
     AND e.holds_seat
   GROUP BY e.session_id, o.id, ci.slug, ou.id
   ORDER BY o.id
   LIMIT 50`;

const AROUND_DAYS = 1;
const TRAINER_UNITS = `
  SELECT x.resource_id AS "trainerId", a.name, u.session_id AS "sessionId", st.city_slug AS city, u.local_date AS "localDate",
         to_char(u.local_start, 'HH24:MI') AS "localStart", to_char(u.local_end, 'HH24:MI') AS "localEnd",
         lower(u.during) AS "startsAt", upper(u.during) AS "endsAt",
         EXISTS (SELECT 1 FROM trainer_absence o WHERE o.account_id = x.resource_id AND o.days @> u.local_date) AS "isOff"
    FROM unit_resource x
    JOIN unit u ON u.id = x.unit_id
    JOIN session s ON s.id = u.session_id
    JOIN stop st ON st.id = s.stop_id
    JOIN account a ON a.id = x.resource_id
   WHERE x.live
     AND x.resource_kind = 'trainer'
     AND x.resource_id IN (SELECT y.resource_id FROM unit_resource y JOIN unit w ON w.id = y.unit_id
                            WHERE w.session_id = $1 AND y.resource_kind = 'trainer')
     AND u.local_date BETWEEN (SELECT min(local_date) - ${AROUND_DAYS} FROM unit WHERE session_id = $1)
                          AND (SELECT max(local_date) + ${AROUND_DAYS} FROM unit WHERE session_id = $1)
   ORDER BY x.resource_id, lower(u.during)
   LIMIT 2000`;

const UNITS = `
  SELECT u.session_id AS "sessionId", st.city_slug AS city, u.local_date AS "localDate", to_char(u.local_start, 'HH24:MI') AS "localStart",
         to_char(u.local_end, 'HH24:MI') AS "localEnd", lower(u.during) AS "startsAt", upper(u.during) AS "endsAt",
         CASE WHEN r.id IS NULL THEN NULL ELSE json_build_object('name', r.name_fr, 'capacity', r.capacity) END AS room
    FROM unit u
    JOIN session s ON s.id = u.session_id
    JOIN stop st ON st.id = s.stop_id
    LEFT JOIN room r ON r.id = u.room_id
   WHERE u.session_id = $1
   ORDER BY u.n`;

const ROADS = `SELECT from_city AS "from", to_city AS "to", minutes, km FROM leg`;

type TrainerUnitRow = TrainerUnit & { trainerId: string; name: string };

/** Reads of the clash engine; they look at rows already written in the open transaction. */
@Injectable()
export class ClashQuery {
  constructor(private readonly db: Database) {}

  /** Trainers, rooms and kit of these sessions that another live unit needs at the same time, then booked people. */
  async hard(sessionIds: readonly string[]): Promise<FoundClash[]> {
    const resources = await this.db.read<FoundClash>('clash.resources', RESOURCES, [sessionIds]);
    const people = await this.db.read<FoundClash>('clash.people', PEOPLE, [sessionIds]);
    return [...resources, ...people];
  }

  async units(
    sessionId: string,
  ): Promise<Array<PlacedUnit & { room: { name: string; capacity: number } | null }>> {
    return this.db.read('clash.units', UNITS, [sessionId]);
  }

  /** Every trainer of the session with their half-days from the day before to the day after. */
  async trainers(sessionId: string): Promise<TrainerUnits[]> {
    const rows = await this.db.read<TrainerUnitRow>('clash.trainers', TRAINER_UNITS, [sessionId]);
    const byTrainer = new Map<string, { trainer: string; units: TrainerUnit[] }>();
    for (const { trainerId, name, ...unit } of rows) {
      const known = byTrainer.get(trainerId) ?? { trainer: name, units: [] };
      known.units.push(unit);
      byTrainer.set(trainerId, known);
    }
    return [...byTrainer.values()];
  }

  roads(): Promise<Road[]> {
    return this.db.read('clash.roads', ROADS);
  }
}
