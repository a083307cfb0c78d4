import type { Words } from '../campaigns/public.js';

export const SESSION_STATUSES = ['planned', 'postponed', 'closed', 'cancelled'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** A half-day of a session as it is read. */
export interface UnitRow {
  id: string;
  n: number;
  /** `YYYY-MM-DD` */
  localDate: string;
  /** `HH:MM` */
  localStart: string;
  localEnd: string;
  zone: string;
  /** ISO 8601 */
  startsAt: string;
  endsAt: string;
  roomId: string | null;
  roomName: Words | null;
  trainers: Array<{ id: string; name: string }>;
  kitIds: string[];
}

/** A session with its place, course, counters and units. */
export interface SessionRow {
  id: string;
  organisationId: string;
  campaignId: string;
  campaignSlug: string;
  campaignName: Words;
  supportPhone: string;
  enrolmentOpensAt: Date | null;
  enrolmentClosesAt: Date | null;
  tourId: string;
  stopId: string;
  teamId: string;
  teamName: string;
  citySlug: string;
  cityName: Words;
  venue: { id: string; name: Words; landmark: Words; wheelchair: boolean } | null;
  venueNote: string | null;
  /** Held at a distance, without a place; its link stands in no row that is shown (RemoteLinkQuery). */
  isRemote: boolean;
  course: { id: string; slug: string; title: Words };
  language: 'ar' | 'fr' | 'en';
  status: SessionStatus;
  capacity: number;
  /** Seats given beyond the capacity, in percent of it; 0 to 50. */
  overbookPercent: number;
  booked: number;
  offered: number;
  held: number;
  waiting: number;
  revision: number;
  /** When the plan was last saved or called off. */
  changedAt: Date;
  cancelReason: string | null;
  /** Why it has no date for now; null unless it is postponed. */
  postponeReason: string | null;
  softReasons: Record<string, string>;
  startsAt: Date;
  endsAt: Date;
  units: UnitRow[];
}

const UNITS = `
  SELECT json_agg(json_build_object(
           'id', u.id, 'n', u.n, 'localDate', u.local_date,
           'localStart', to_char(u.local_start, 'HH24:MI'), 'localEnd', to_char(u.local_end, 'HH24:MI'), 'zone', u.zone,
           'startsAt', lower(u.during), 'endsAt', upper(u.during), 'roomId', u.room_id,
           'roomName', CASE WHEN r.id IS NULL THEN NULL ELSE json_build_object('fr', r.name_fr, 'ar', r.name_ar) END,
           'trainers', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'name', a.name) ORDER BY a.name, a.id), '[]')
                          FROM unit_resource x JOIN account a ON a.id = x.resource_id
                         WHERE x.unit_id = u.id AND x.resource_kind = 'trainer'),
           'kitIds', (SELECT coalesce(json_agg(x.resource_id ORDER BY x.resource_id), '[]')
                        FROM unit_resource x WHERE x.unit_id = u.id AND x.resource_kind = 'kit')) ORDER BY u.n)
    FROM unit u
    LEFT JOIN room r ON r.id = u.room_id
   WHERE u.session_id = s.id`;

/**
 * Columns and joins of every read of sessions; a statement adds its WHERE and ORDER BY. `us` gives the instants of the
 * units: `session.during` is empty once a session is cancelled, so that its seats stand in nobody's way. The
 * units' JSON stands among the columns: PostgreSQL makes it after LIMIT, for the rows that are shown only.
 */
export const SESSION_SELECT = `
  SELECT s.id, s.organisation_id AS "organisationId", s.campaign_id AS "campaignId", c.slug AS "campaignSlug",
         json_build_object('fr', c.name_fr, 'ar', c.name_ar, 'en', c.name_en) AS "campaignName",
         c.support_phone AS "supportPhone", c.enrolment_opens_at AS "enrolmentOpensAt", c.enrolment_closes_at AS "enrolmentClosesAt",
         st.tour_id AS "tourId", s.stop_id AS "stopId", st.team_id AS "teamId", te.name AS "teamName", st.city_slug AS "citySlug",
         json_build_object('fr', ci.name_fr, 'ar', ci.name_ar, 'en', ci.name_en) AS "cityName",
         CASE WHEN v.id IS NULL THEN NULL ELSE json_build_object('id', v.id, 'wheelchair', v.wheelchair,
           'name', json_build_object('fr', v.name_fr, 'ar', v.name_ar),
           'landmark', json_build_object('fr', v.landmark_fr, 'ar', v.landmark_ar)) END AS venue,
         s.venue_note AS "venueNote", s.remote_url IS NOT NULL AS "isRemote",
         json_build_object('id', k.id, 'slug', k.slug,
           'title', json_build_object('fr', k.title_fr, 'ar', k.title_ar, 'en', k.title_en)) AS course,
         s.language, s.status, s.capacity, s.overbook_percent AS "overbookPercent", s.booked, s.offered, s.held, s.waiting, s.revision, s.changed_at AS "changedAt", s.cancel_reason AS "cancelReason", s.postpone_reason AS "postponeReason",
         s.soft_clash_reasons AS "softReasons", us.starts_at AS "startsAt", us.ends_at AS "endsAt",
         (${UNITS}) AS units
    FROM session s
    JOIN campaign c ON c.id = s.campaign_id
    JOIN stop st ON st.id = s.stop_id
    JOIN team te ON te.id = st.team_id
    JOIN city ci ON ci.slug = st.city_slug
    JOIN course k ON k.id = s.course_id
    LEFT JOIN venue v ON v.id = s.venue_id
    CROSS JOIN LATERAL (SELECT min(lower(u.during)) AS starts_at, max(upper(u.during)) AS ends_at
                          FROM unit u WHERE u.session_id = s.id) us`;

type Size = Pick<SessionRow, 'capacity' | 'overbookPercent'>;

/** Seats that are given: the capacity and, rounded down, what is given beyond it; `session.seats` says the same. */
export function seatsGiven({ capacity, overbookPercent }: Size): number {
  return capacity + Math.floor((capacity * overbookPercent) / 100);
}

/** Seats that can still be booked. */
export function seatsLeft(row: Size & Pick<SessionRow, 'booked' | 'offered' | 'held'>): number {
  return Math.max(0, seatsGiven(row) - row.booked - row.offered - row.held);
}
