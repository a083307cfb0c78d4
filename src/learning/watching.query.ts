import { Injectable } from '@nestjs/common';
import type { PublishedCourse, PublishedModule, PublishedVideo } from '../courses/public.js';
import { Database } from '../shared/database/database.js';
import { partsOf } from './video-parts.js';

/** Under so many people, a curve says more of one of them than of the video. */
export const FEWEST_WATCHERS = 5;

// A part was seen by whoever played its middle, and seen again where two events say so. Whoever has claimed less than
// the rule asks for stopped at the furthest that they came. Claims, not what the clock made credible of them: a lesson
// followed without a network says where it was left, too.
const WATCHED = `
  WITH viewer AS MATERIALIZED (
    SELECT p.person_id, p.claimed, p.watched_ms, p.claimed_ms, upper(p.claimed) AS reached,
           EXISTS (SELECT 1 FROM quiz_attempt q WHERE q.person_id = p.person_id AND q.module_id = $5 AND q.passed) AS passed
      FROM video_progress p
     WHERE p.video_id = $1 AND p.claimed_ms > 0),
  part AS (
    SELECT n, lower, upper, (lower + upper) / 2 AS middle
      FROM unnest($2::int[], $3::int[]) WITH ORDINALITY AS p(lower, upper, n)),
  again AS (
    SELECT n, count(*)::int AS people
      FROM (SELECT a.n, e.person_id
              FROM viewer v
              JOIN progress_event e ON e.person_id = v.person_id AND e.video_id = $1
              CROSS JOIN jsonb_array_elements(e.body -> 'ranges') AS r
              JOIN part a ON (r ->> 0)::float8 * 1000 <= a.middle AND a.middle < (r ->> 1)::float8 * 1000
             GROUP BY a.n, e.person_id
            HAVING count(DISTINCT e.id) > 1) twice
     GROUP BY n)
  SELECT (SELECT count(*)::int FROM viewer) AS people,
         (SELECT count(*)::int FROM viewer v WHERE (CASE WHEN v.passed THEN v.claimed_ms ELSE v.watched_ms END) >= $4) AS completed,
         (SELECT coalesce(sum(v.claimed_ms), 0)::float8 FROM viewer v) AS "claimedMs",
         (SELECT coalesce(sum(CASE WHEN v.passed THEN v.claimed_ms ELSE v.watched_ms END), 0)::float8 FROM viewer v) AS "verifiedMs",
         (SELECT json_agg(json_build_array(
                   (SELECT count(*) FROM viewer v WHERE v.claimed @> a.middle),
                   coalesce(g.people, 0),
                   (SELECT count(*) FROM viewer v WHERE v.claimed_ms < $4 AND a.lower < v.reached AND v.reached <= a.upper))
                 ORDER BY a.n)
            FROM part a LEFT JOIN again g USING (n)) AS parts`;

interface Row {
  people: number;
  completed: number;
  claimedMs: number;
  verifiedMs: number;
  parts: [seen: number, replayed: number, stopped: number][];
}

/** A part of a video, in milliseconds, and how many people did what there. */
export interface WatchedPart {
  readonly fromMs: number;
  readonly toMs: number;
  /** Played it. */
  readonly seen: number;
  /** Played it more than once. */
  readonly replayed: number;
  /** Came no further, with less seen than the module asks for. */
  readonly stopped: number;
}

/** How a module's video is watched. Shares from 0 to 1; they and the parts are null under five people. */
export interface VideoWatching {
  readonly module: PublishedModule;
  readonly video: PublishedVideo;
  /** People who have played any of it; null under five. */
  readonly people: number | null;
  /** People who have seen what the module asks for. */
  readonly completed: number | null;
  /** Of the video, what a person has played on average. */
  readonly coverage: number | null;
  /** Of all that was played, what is verified: by the clock, or by a quiz passed afterwards. */
  readonly verified: number | null;
  readonly parts: readonly WatchedPart[] | null;
}

/** Where people stop and what they play again, over everybody who watches the published version's videos. */
@Injectable()
export class WatchingQuery {
  constructor(private readonly db: Database) {}

  /** Every module of the course that has a video, in its order. */
  async of(course: PublishedCourse): Promise<VideoWatching[]> {
    const found: VideoWatching[] = [];
    for (const module of course.modules)
      if (module.video) found.push(await this.ofModule(module, module.video));
    return found;
  }

  private async ofModule(module: PublishedModule, video: PublishedVideo): Promise<VideoWatching> {
    const parts = partsOf(video.durationMs);
    const row = await this.db.on('reports', () =>
      this.db.readOne<Row>('learning.watching', WATCHED, [
        video.id,
        parts.map(([from]) => from),
        parts.map(([, to]) => to),
        (video.durationMs * module.watchedPercent) / 100,
        module.id,
      ]),
    );
    if (!row || row.people < FEWEST_WATCHERS) {
      const none = { people: null, completed: null, coverage: null, verified: null, parts: null };
      return { module, video, ...none };
    }
    const { people, completed, claimedMs, verifiedMs } = row;
    return {
      ...{ module, video, people, completed },
      coverage: claimedMs / (people * video.durationMs),
      verified: verifiedMs / claimedMs,
      parts: parts.map(([fromMs, toMs], n) => {
        const [seen, replayed, stopped] = row.parts[n] ?? [0, 0, 0];
        return { fromMs, toMs, seen, replayed, stopped };
      }),
    };
  }
}
