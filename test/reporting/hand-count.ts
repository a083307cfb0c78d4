import type { TestApp } from '../support/app.js';
import { INDICATORS, type Row } from './world.js';

/*
 * The agency's figures counted a second time, by the words of the specification and straight from what was recorded:
 * enrolments, the trainers' raw messages, completions and certificates. Nothing of `participation`, `presence` or the
 * product's own SQL is used, so a mistake in either shows as a difference.
 */

/** Dimensions, of an enrolment `e` at a stop `st`; Morocco's commune codes begin with their province's. */
const KEYS: Readonly<Record<string, string>> = {
  city: `st.city_slug`,
  province: `(SELECT pr.code FROM province pr JOIN commune c ON c.province_code = pr.code WHERE c.code = e.commune_code)`,
  gender: `e.gender`,
  ageBand: `(ARRAY['under-25', '25-34', '35-44', '45-59', '60-plus'])[1 + width_bucket(extract(year FROM st.local_date)::int - e.birth_year, ARRAY[25, 35, 45, 60])]`,
  category: `e.category`,
  sector: `e.sector`,
  milieu: `(SELECT c.milieu FROM commune c WHERE c.code = e.commune_code)`,
};

/** One line per person and session, from base tables. */
const FACTS = `
  WITH seat AS MATERIALIZED (
    SELECT DISTINCT ON (e.person_id, e.session_id) e.id, e.person_id, e.session_id, ses.course_id, ses.campaign_id, KEYS,
           bool_or(e.status = 'booked' OR (e.status = 'cancelled' AND e.status_at >= lower(ses.during)))
             OVER (PARTITION BY e.person_id, e.session_id) AS booked
      FROM campaign ca
      JOIN session ses ON ses.campaign_id = ca.id
      JOIN stop st ON st.id = ses.stop_id
      JOIN enrolment e ON e.session_id = ses.id
     WHERE ca.slug = $1
     ORDER BY e.person_id, e.session_id, e.enrolled_at DESC, e.id DESC
  ), said AS MATERIALIZED (
    SELECT s.person_id, s.session_id, u.n,
           extract(epoch FROM u.local_end - u.local_start) / 60 AS minutes,
           a.body->>'kind' AS kind, coalesce(a.body->>'value', a.body->>'kind') AS mark, a.id,
           (a.body->>'at')::timestamptz + make_interval(secs => a.skew_ms / 1000.0) AS at
      FROM attendance_event a
      JOIN enrolment e ON e.id = (a.body->>'enrolmentId')::uuid
      JOIN seat s ON s.person_id = e.person_id AND s.session_id = a.session_id
      JOIN unit u ON u.session_id = a.session_id AND u.n = (a.body->>'unit')::int
     WHERE a.review IS NULL
  ), half_day AS (
    SELECT person_id, session_id, n,
           CASE CASE WHEN bool_or(kind = 'correction') THEN (array_agg(mark ORDER BY at DESC, id DESC) FILTER (WHERE kind = 'correction'))[1]
                     WHEN bool_or(mark = 'present') THEN 'present'
                     WHEN bool_or(mark = 'partial') THEN 'partial'
                     ELSE 'absent' END
             WHEN 'present' THEN max(minutes)
             WHEN 'partial' THEN floor(max(minutes) / 2) END AS minutes
      FROM said
     GROUP BY person_id, session_id, n
  ), hours AS MATERIALIZED (
    SELECT person_id, session_id, sum(minutes) AS minutes FROM half_day WHERE minutes IS NOT NULL GROUP BY person_id, session_id
  ), fact AS MATERIALIZED (
    SELECT s.*, h.minutes,
           h.minutes IS NOT NULL AND EXISTS (
             SELECT 1 FROM completion c
              WHERE c.person_id = s.person_id AND c.course_id = s.course_id AND c.campaign_id = s.campaign_id) AS completed,
           h.minutes IS NOT NULL AND EXISTS (
             SELECT 1 FROM certificate c
              WHERE c.person_id = s.person_id AND c.course_id = s.course_id AND c.campaign_id = s.campaign_id
                AND c.status = 'valid') AS certified
      FROM seat s
      LEFT JOIN hours h USING (person_id, session_id)
  )`;

const people = (condition: string): string =>
  `(SELECT count(*)::int FROM (SELECT f.person_id FROM fact f WHERE SAME AND ${condition} GROUP BY f.person_id) x)`;
const FIGURES: Readonly<Record<(typeof INDICATORS)[number], string>> = {
  candidates: people('true'),
  booked: people('f.booked'),
  attended: people('f.minutes IS NOT NULL'),
  attendeeHours: `(SELECT coalesce(round(sum(f.minutes) / 60, 1), 0)::float8 FROM fact f WHERE SAME)`,
  completed: people('f.completed'),
  certified: people('f.certified'),
};

/** Counts a campaign by dimensions; `total` is the same over everybody. */
export async function handCount(
  t: TestApp,
  campaign: string,
  by: readonly string[],
): Promise<{ rows: Row[]; total: Row }> {
  const keys = by.map((name) => `coalesce(${KEYS[name]}, 'unknown') AS "${name}"`);
  const facts = FACTS.replace('KEYS', ['true AS all', ...keys].join(', '));
  const figures = (same: string): string =>
    INDICATORS.map((name) => `${FIGURES[name].replace('SAME', same)} AS "${name}"`).join(', ');
  const names = by.map((name) => `g."${name}"`).join(', ');
  const same = by.map((name) => `f."${name}" = g."${name}"`).join(' AND ');
  const rows = await t.db.read<Row>(
    `test.hand.${by.join('.')}`,
    `${facts} SELECT ${names}, ${figures(same)} FROM (SELECT DISTINCT ${names} FROM fact g) g`,
    [campaign],
  );
  const total = await t.db.readOne<Row>(
    `test.hand.total.${by.join('.')}`,
    `${facts} SELECT ${figures('true')}`,
    [campaign],
  );
  return { rows, total: total ?? {} };
}
