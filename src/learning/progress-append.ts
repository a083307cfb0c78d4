import { allowanceMs } from './credit.js';
import type { ReceivedEvent } from './progress-events.js';
import { head, toMultirange, union, type Watched } from './watched.js';

/** Whose progress on what; `moduleIds` are those whose quiz verifies it. */
export interface ProgressKey {
  readonly personId: string;
  readonly videoId: string;
  readonly moduleIds: readonly string[];
  readonly durationMs: number;
  readonly receivedAt: Date;
}

/**
 * The common case in one round trip, for several calls at once: the events are new and later than all before. Keeps them
 * raw and adds what they credit; the credit of the first hangs on the time of the event before, which only the row knows.
 * The database cuts its claim at the end of the allowance, by its stretches (`lower`, `length`, and `before`, the length of
 * those before). Gives no row for a call whose events were known or come late: then the whole set is interpreted again.
 * Takes the list of {@link appendCall}, no person and video in it twice.
 */
export const APPEND = `
  WITH call AS MATERIALIZED (
    SELECT *
      FROM jsonb_to_recordset($1::jsonb) AS c (
             person_id uuid, video_id uuid, module_ids uuid[], received_at timestamptz, ids uuid[], times timestamptz[],
             bodies text[], watched int4multirange, claimed int4multirange, position_ms int, later int4multirange,
             first int4multirange, lower int[], length int[], before int[])
  ),
  fresh AS (
    INSERT INTO progress_event (person_id, video_id, id, at, body, received_at)
    SELECT c.person_id, c.video_id, e.id, e.at, e.body::jsonb, c.received_at
      FROM call c, unnest(c.ids, c.times, c.bodies) AS e(id, at, body)
    ON CONFLICT DO NOTHING
    RETURNING person_id, video_id
  ),
  added AS (
    INSERT INTO video_progress AS p (person_id, video_id, watched, claimed, position_ms, last_event_at, last_event_id)
    SELECT c.person_id, c.video_id, c.watched, c.claimed, c.position_ms,
           c.times[cardinality(c.times)], c.ids[cardinality(c.ids)]
      FROM call c
     WHERE (SELECT count(*) FROM fresh f WHERE f.person_id = c.person_id AND f.video_id = c.video_id) = cardinality(c.ids)
    ON CONFLICT (person_id, video_id) DO UPDATE SET
      watched = p.watched + (
        SELECT c.later + c.first * int4multirange(coalesce((
                 SELECT int4range(0, max(s.lower + least(s.length, a.ms - s.before)))
                   FROM unnest(c.lower, c.length, c.before) AS s(lower, length, before),
                        (SELECT least(2 * extract(epoch FROM c.times[1] - p.last_event_at) * 1000, 1e9)::int + 30000 AS ms) AS a
                  WHERE s.before < a.ms), 'empty'))
          FROM call c
         WHERE c.person_id = EXCLUDED.person_id AND c.video_id = EXCLUDED.video_id),
      claimed = p.claimed + EXCLUDED.claimed,
      position_ms = EXCLUDED.position_ms, last_event_at = EXCLUDED.last_event_at, last_event_id = EXCLUDED.last_event_id
     WHERE (p.last_event_at, p.last_event_id) < (
             SELECT c.times[1], c.ids[1] FROM call c
              WHERE c.person_id = EXCLUDED.person_id AND c.video_id = EXCLUDED.video_id)
    RETURNING p.person_id, p.video_id, p.position_ms, p.watched_ms, p.claimed_ms
  )
  SELECT a.person_id AS "personId", a.video_id AS "videoId",
         a.position_ms AS "positionMs", a.watched_ms AS "watchedMs", a.claimed_ms AS "claimedMs",
         EXISTS (SELECT 1 FROM quiz_attempt q
                  WHERE q.person_id = c.person_id AND q.module_id = ANY (c.module_ids) AND q.passed) AS "quizPassed"
    FROM added a
    JOIN call c ON c.person_id = a.person_id AND c.video_id = a.video_id`;

/** One call of {@link APPEND}. @param sorted its events by time, at least one */
export function appendCall(key: ProgressKey, sorted: readonly [ReceivedEvent, ...ReceivedEvent[]]): object {
  const [first] = sorted;
  const last = sorted.at(-1) ?? first;
  const later = sorted
    .slice(1)
    .flatMap((event, index) =>
      head(event.claim, allowanceMs(event.atMs - (sorted[index]?.atMs ?? event.atMs))),
    );
  return {
    ...{ person_id: key.personId, video_id: key.videoId, module_ids: key.moduleIds },
    received_at: key.receivedAt,
    ids: sorted.map(({ id }) => id),
    times: sorted.map(({ atMs }) => new Date(atMs)),
    bodies: sorted.map(({ body }) => body),
    watched: toMultirange(union(head(first.claim, allowanceMs()), later)),
    claimed: toMultirange(union(...sorted.map(({ claim }) => claim))),
    position_ms: last.positionMs,
    later: toMultirange(union(later)),
    first: toMultirange(first.claim),
    ...stretches(first.claim),
  };
}

function stretches(claim: Watched): { lower: number[]; length: number[]; before: number[] } {
  let sum = 0;
  const before = claim.map(([from, to]) => {
    const here = sum;
    sum += to - from;
    return here;
  });
  return { lower: claim.map(([from]) => from), length: claim.map(([from, to]) => to - from), before };
}
